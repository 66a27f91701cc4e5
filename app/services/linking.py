"""The rows that a record is linked to: references that must exist, and lists kept in tables of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import MODELS, Tag
from app.models.base import FirmRow, Link
from app.services import numbering
from app.services.scoping import Actor, owned

WORDS = re.compile("(?<!^)(?=[A-Z])")


def check_references(session: Session, actor: Actor, row: FirmRow, values: dict[str, Any]) -> None:
    """Refuse references to rows that are not there; one that stays as it was may outlive its row.

    Raises:
        InvalidBody: names the columns that point nowhere.
    """
    problems = {}
    for link in row.links.values():
        wanted = values.get(link.local) if link.owned else None
        if wanted is None or wanted == getattr(row, link.local):
            continue
        if missing(session, actor, link.target, [wanted]):
            problems[link.local] = [f"There is no such {noun(link.target)}."]
    if problems:
        raise InvalidBody(problems)


def missing(session: Session, actor: Actor, target: str, ids: Iterable[str]) -> set[str]:
    """Those of the ids that no row of the firm has."""
    model = MODELS[target]
    wanted = set(ids)
    found = session.scalars(owned(model, actor).with_only_columns(model.id).where(model.id.in_(wanted)))
    return wanted - set(found)


def noun(target: str) -> str:
    """What one row of a model is called in a sentence, such as `time entry`."""
    return WORDS.sub(" ", target).lower()


def relink(session: Session, actor: Actor, row: FirmRow, name: str, ids: Iterable[str]) -> bool:
    """Make the list `name` of a flushed row hold just these ids.

    Returns:
        whether that changed anything.

    Raises:
        InvalidBody: an id that is new in the list has no row.
    """
    link = row.links[name]
    table = cast(Table, link.through)
    mine = (table.c.firm_id == row.firm_id, table.c[link.local] == row.id)
    before = set(session.scalars(select(table.c[link.remote]).where(*mine)))
    after = set(ids)
    if missing(session, actor, link.target, after - before):
        raise InvalidBody({name: [f"There is no such {noun(link.target)}."]})
    if gone := before - after:
        session.execute(delete(table).where(*mine, table.c[link.remote].in_(gone)))
    if new := sorted(after - before):
        keys = {"firm_id": row.firm_id, link.local: row.id}
        session.execute(insert(table), [{**keys, link.remote: member} for member in new])
    return before != after


def linked_ids(session: Session, row: FirmRow, name: str) -> list[str]:
    """The ids of the rows in a list of a row's links."""
    link = row.links[name]
    if link.through is not None:
        joined = link.through.c
        mine = select(joined[link.remote]).where(joined.firm_id == row.firm_id, joined[link.local] == row.id)
    else:
        columns = MODELS[link.target].__table__.c
        mine = select(columns.id).where(
            columns.firm_id == row.firm_id, columns[link.remote] == row.id, columns.deleted_at.is_(None)
        )
    return list(session.scalars(mine))


def tag_ids(session: Session, actor: Actor, tag_for: str, names: Iterable[str]) -> list[str]:
    """The ids of tags by name; a tag that is not there yet is made."""
    wanted = list(dict.fromkeys(names))
    known = _tags(session, actor, tag_for, wanted)
    if len(known) < len(wanted):
        # Whoever makes tags waits for the others who do, so that two requests do not make the same one.
        numbering.take(session, actor.firm_id, Tag.__name__, 0)
        known = _tags(session, actor, tag_for, wanted)
    for name in wanted:
        if name not in known:
            known[name] = Tag(firm_id=actor.firm_id, tag_for=tag_for, name=name)
            session.add(known[name])
    session.flush()
    return [known[name].id for name in wanted]


def _tags(session: Session, actor: Actor, tag_for: str, names: list[str]) -> dict[str, Tag]:
    found = session.scalars(owned(Tag, actor).where(Tag.tag_for == tag_for, Tag.name.in_(names)))
    return {tag.name: tag for tag in found}


def lists_of(model: type[FirmRow]) -> dict[str, Link]:
    """The links that are lists kept in tables of their own, and written with this side of them."""
    return {name: link for name, link in model.links.items() if link.through is not None and not link.listed}
