"""Creating, replacing and deleting any kind of record; what is particular to a kind is in its `Rules`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.errors import Forbidden, InvalidBody, NotFound
from app.models import Activity
from app.models.base import FirmRow, new_id, now
from app.services import numbering
from app.services.choosing import choose
from app.services.exclusions import refuse_if_excluded
from app.services.external_ids import refuse_taken
from app.services.linking import check_references, linked_ids, lists_of, relink, tag_ids
from app.services.parts import parts_of, write_parts
from app.services.premium import CREATE, DELETE, UPDATE, refuse_unless_enabled
from app.services.rights import refuse_unless_entitled
from app.services.scoping import Actor, owned, seen_ids

Row = TypeVar("Row", bound=FirmRow)
Values = dict[str, Any]
Rule = Callable[[Session, Actor, Any, Values], None]
EMPTY = "00000000-0000-0000-0000-000000000000"
"""What a .NET client sends for an id that it has not set."""
OUT_OF_SIGHT = (
    "You would not see what you write: your role is restricted to matters of your own office or program, or to "
    "those that you are assigned to."
)

NONE: Mapping[str, Any] = MappingProxyType({})


def nothing(session: Session, actor: Actor, row: Any, values: Values) -> None:
    """The rule of a kind that has none."""


@dataclass(frozen=True)
class PartOf:
    """How a kind of record is written that is a part of another, and goes by that one's rules."""

    create: Callable[[Session, Actor, Values], Any]
    replace: Callable[[Session, Actor, Any, Values], None]
    delete: Callable[[Session, Actor, Any], None]


@dataclass(frozen=True)
class Rules:
    """What a kind of record asks for beyond its columns.

    Args:
        before: completes `values` before they are set on the row: defaults, numbers, derived values.
        after: once the row is flushed: the records that belong to it.
        delete: before it is marked as deleted.
        merge: before some of its values change: adds to `values` what else the other rules have to know of the
            record as it is.
        lock: a series of the firm's numbers that is held while such a record is written, so that all who
            write one wait for each other.
        part_of: who writes such a record instead, as a part of another.
    """

    before: Rule = nothing
    after: Rule = nothing
    delete: Callable[[Session, Actor, Any], None] = lambda session, actor, row: None
    merge: Rule = nothing
    lock: str | None = None
    part_of: PartOf | None = None

    def wait(self, session: Session, actor: Actor) -> None:
        """Take the lock, before any row is read that it guards."""
        if self.lock:
            numbering.take(session, actor.firm_id, self.lock, 0)


def create(session: Session, actor: Actor, model: type[Row], rules: Rules, values: Values) -> Row:
    """Make a record. The client may choose its id.

    Raises:
        InvalidBody: names the values that will not do, as the model names them.
    """
    _refuse_unless_allowed(actor, model, CREATE, values.get("type") if model is Activity else None)
    rules.wait(session, actor)
    if rules.part_of is not None:
        made: Row = rules.part_of.create(session, actor, values)
        return made
    wanted = values.get("id")
    if wanted == EMPTY:
        wanted = None
    if wanted is not None and session.get(model, (actor.firm_id, wanted)) is not None:
        raise InvalidBody({"id": ["A record with this id exists."]})
    row = model(firm_id=actor.firm_id, id=wanted or new_id())
    _write(session, actor, row, rules, values)
    return row


def replace(session: Session, actor: Actor, row: Row, rules: Rules, values: Values) -> None:
    """Replace every value that the door's shape has; sent back as it was, nothing changes."""
    _refuse_unless_allowed(actor, type(row), UPDATE, _activity_type(row))
    wanted = values.get("id")
    if wanted is not None and wanted != row.id:
        raise InvalidBody({"id": ["The id of a record does not change."]})
    if rules.part_of is not None:
        rules.part_of.replace(session, actor, row, values)
        return
    _write(session, actor, row, rules, values)


def merged(
    session: Session,
    actor: Actor,
    row: FirmRow,
    rules: Rules,
    values: Values,
    added: Mapping[str, Iterable[str]],
    columns: Iterable[str],
) -> Values:
    """What a replacement has to carry so that only some values change.

    Args:
        values: those that change.
        added: ids that go to lists of links, beside those that are there.
        columns: those that stay where `values` do not say otherwise.
    """
    whole = {name: getattr(row, name) for name in columns} | values
    for name, ids in added.items():
        whole[name] = list(dict.fromkeys([*linked_ids(session, row, name), *ids]))
    rules.merge(session, actor, row, whole)
    return whole


def delete(session: Session, actor: Actor, row: FirmRow, rules: Rules) -> None:
    """Mark as deleted: it is gone from every list, and nothing that points at it breaks."""
    _refuse_unless_allowed(actor, type(row), DELETE, _activity_type(row))
    if rules.part_of is not None:
        rules.part_of.delete(session, actor, row)
        return
    rules.delete(session, actor, row)
    row.deleted_at = now()
    session.flush()


def find(
    session: Session,
    actor: Actor,
    model: type[Row],
    key: str,
    noun: str,
    rules: Rules,
    only: Mapping[str, Any] = NONE,
) -> Row:
    """The record with this id, locked until the transaction ends.

    Args:
        only: fixed values that the record must have.

    Raises:
        NotFound: the firm has none, or it is deleted, or out of the actor's sight.
        Forbidden: it is a matter that the actor is excluded from.
    """
    rules.wait(session, actor)
    wanted = owned(model, actor).where(model.id == key).filter_by(**only)
    row = session.scalars(wanted.with_for_update(key_share=True)).first()
    if row is None:
        refuse_if_excluded(session, actor, model, key)
        raise NotFound(f"There is no {noun} with the id {key}.")
    return row


def _refuse_unless_allowed(actor: Actor, model: type[FirmRow], operation: str, kind: str | None) -> None:
    """
    Raises:
        PaymentRequired: the firm has switched the operation off.
        Forbidden: it takes a right that the actor's role does not have.
    """
    refuse_unless_enabled(actor, model, operation, kind)
    refuse_unless_entitled(actor, model)


def _activity_type(row: FirmRow) -> str | None:
    return row.type if isinstance(row, Activity) else None


def _write(session: Session, actor: Actor, row: FirmRow, rules: Rules, values: Values) -> None:
    choose(session, actor, row, values)
    check_references(session, actor, row, values)
    refuse_taken(session, actor, row, values)
    rules.before(session, actor, row, values)
    columns = type(row).__table__.c
    for name, value in values.items():
        if name in columns and name not in ("id", "firm_id"):
            setattr(row, name, value)
    is_new = row not in session
    session.add(row)
    session.flush()
    changed = [
        _relink(session, actor, row, name, values[name]) for name in lists_of(type(row)) if name in values
    ] + [
        write_parts(session, actor, row, name, values[name]) for name in parts_of(type(row)) if name in values
    ]
    if any(changed) and not is_new:
        flag_modified(row, "updated_at")  # a list is part of the record, though it is not in its row
    rules.after(session, actor, row, values)
    session.flush()
    if actor.sight is not None and not seen_ids(session, actor, type(row), [row.id]):
        raise Forbidden(OUT_OF_SIGHT)


def _relink(session: Session, actor: Actor, row: FirmRow, name: str, members: list[str]) -> bool:
    if row.links[name].target == "Tag":
        members = tag_ids(session, actor, type(row).__name__, members)
    return relink(session, actor, row, name, members)
