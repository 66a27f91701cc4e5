"""Whose rows a statement may touch: the one place where a caller is held to the firm, and to the matters in sight.

`visible` is the policy that the query engine asks for every table of every statement, and `visible_in_sight` the
same for those who do not see all of the firm's matters: two policies, so that nobody else pays for theirs.
`owned` is for the statements that the rules write themselves: what a caller may see, name and change. `of_firm`
takes no account of the caller: it is for rules that must be right for the books whoever writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, FromClause, Integer, Select, bindparam, select
from sqlalchemy.orm import Session

from app.models.base import FirmRow
from app.services.rights import Holder
from app.services.sight import BOUND, Sight, in_sight, terms_of
from odata.metadata import Use

Row = TypeVar("Row", bound=FirmRow)

AT_ONCE = 500
"""How many ids go into one statement; a database takes only so many."""


class Actor(Holder, Protocol):
    """Who acts, in which firm, and with which rights."""

    @property
    def firm_id(self) -> int: ...
    @property
    def user_id(self) -> str | None: ...
    @property
    def client_id(self) -> str | None: ...
    @property
    def sight(self) -> Sight | None:
        """How far the actor sees; None without any restriction."""

    @property
    def not_enabled(self) -> str | None:
        """The groups of premium operations that the firm has switched off, with spaces between."""


def visible(table: FromClause, use: Use) -> list[ColumnElement[bool]]:
    """The conditions on a table: of the firm, and not deleted.

    A deleted row is gone from every list, but what already points at it can still show it: the past of a
    matter stays readable (docs/decisions/0005).
    """
    conditions: list[ColumnElement[bool]] = [table.c.firm_id == bindparam("firm_id", type_=Integer())]
    if use is Use.ROW and "deleted_at" in table.c:
        conditions.append(table.c.deleted_at.is_(None))
    return conditions


def visible_in_sight(table: FromClause, use: Use) -> list[ColumnElement[bool]]:
    """The same for whoever is restricted. What is out of sight is not even referred to: no name of it shows."""
    return [*visible(table, use), *in_sight(table, BOUND)]


def bound(actor: Actor) -> dict[str, Any]:
    """The values of the parameters that the policy takes for an actor."""
    values: dict[str, Any] = {"firm_id": actor.firm_id}
    return values if actor.sight is None else values | actor.sight.values()


def of_firm(model: type[Row], actor: Actor) -> Select[Row]:
    """The firm's rows of a kind that are not deleted, whoever may see them."""
    return select(model).where(model.firm_id == actor.firm_id, model.deleted_at.is_(None))


def owned(model: type[Row], actor: Actor) -> Select[Row]:
    """Those of them that the actor may see, name in a body, and change."""
    return of_firm(model, actor).where(*seen_by(actor, model))


def seen_ids(session: Session, actor: Actor, model: type[FirmRow], ids: Iterable[str]) -> set[str]:
    """Which of these ids are of rows that the actor may see, or could until they were deleted."""
    mine = select(model.id).where(model.firm_id == actor.firm_id, *seen_by(actor, model))
    return {key for some in portions(ids) for key in session.scalars(mine.where(model.id.in_(some)))}


def seen_by(actor: Actor, model: type[FirmRow]) -> list[ColumnElement[bool]]:
    """The conditions that the actor's sight puts on rows of a kind; none for most people, and for most kinds."""
    return [] if actor.sight is None else in_sight(model.__table__, terms_of(actor.sight))


def held(session: Session, query: Select[Row]) -> list[Row]:
    """The rows as they are now, and not as the session may remember them; nobody changes them before the commit."""
    locked = query.with_for_update(key_share=True)
    return list(session.scalars(locked, execution_options={"populate_existing": True}))


def held_by_id(
    session: Session,
    actor: Actor,
    model: type[Row],
    keys: Iterable[str],
    of: Callable[[type[Row], Actor], Select[Row]] = owned,
) -> dict[str, Row]:
    """The same for the rows with these ids that are not deleted, in one statement for many; locked in one order.

    Args:
        of: `owned`, or `of_firm` where the caller's sight is not to matter.
    """
    return {
        row.id: row
        for some in portions(keys)
        for row in held(session, of(model, actor).where(model.id.in_(some)).order_by(model.id))
    }


def portions(keys: Iterable[str]) -> Iterator[list[str]]:
    """The keys, each once and in order, in as many lists as they need."""
    ordered = sorted(set(keys))
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))
