"""The parts of a record: rows that are written with it and by nothing else, such as an email's addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import MODELS
from app.models.base import FirmRow, Link, new_id, now
from app.services.linking import missing, noun
from app.services.scoping import Actor

Body = dict[str, Any]

POSITION = "position"
KEPT = ("id", "firm_id")


def parts_of(model: type[FirmRow]) -> dict[str, Link]:
    """The links to a model's parts."""
    return {name: link for name, link in model.links.items() if link.part}


def write_parts(
    session: Session, actor: Actor, row: FirmRow, name: str, given: Sequence[Body] | Body | None
) -> bool:
    """Make the parts `name` of a flushed row just those of the bodies; what is as it was stays untouched.

    Args:
        given: the columns of each part; one body or None for a link that leads to one part.

    Returns:
        whether that changed anything.

    Raises:
        InvalidBody: a part refers to a row that is not there.
    """
    link = row.links[name]
    model = MODELS[link.target]
    bodies = given if link.many and given is not None else [given] if given is not None else []
    present = {getattr(part, model.part_key): part for part in _present(session, row, link)}
    written: list[tuple[str, FirmRow, Body]] = []
    for index, body in enumerate(bodies):
        body = {**body, **link.where}  # type: ignore[dict-item]
        if model.part_key == POSITION:
            body[POSITION] = index
        part = present.pop(body[model.part_key], None)
        if part is None:
            part = model(firm_id=row.firm_id, id=new_id(), **{link.remote: row.id})
        written.append((f"{name}[{index}]" if link.many else name, part, body))
    _check(session, actor, model, written)
    changed = False
    for _, part, body in written:
        changed |= _fill(part, body)
        session.add(part)
    for part in present.values():
        part.deleted_at = now()
    session.flush()
    return changed or bool(present)


def _present(session: Session, row: FirmRow, link: Link) -> list[Any]:
    model = MODELS[link.target]
    columns = model.__table__.c
    mine = select(model).where(
        columns.firm_id == row.firm_id, columns[link.remote] == row.id, columns.deleted_at.is_(None)
    )
    return list(session.scalars(mine.where(*(columns[name] == value for name, value in link.where.items()))))


def _check(
    session: Session, actor: Actor, model: type[FirmRow], written: Sequence[tuple[str, FirmRow, Body]]
) -> None:
    """Refuse references to rows that are not there: one question for each kind, however many parts there are."""
    problems = {}
    for link in model.links.values():
        if not link.owned:
            continue
        wanted = {
            f"{where}.{link.local}": body[link.local]
            for where, part, body in written
            if body.get(link.local) is not None and body[link.local] != getattr(part, link.local)
        }
        strangers = missing(session, actor, link.target, wanted.values()) if wanted else set()
        for place, key in wanted.items():
            if key in strangers:
                problems[place] = [f"There is no such {noun(link.target)}."]
    if problems:
        raise InvalidBody(problems)


def _fill(part: FirmRow, body: Body) -> bool:
    """Set the part's columns; a part that is new, or not as it was, has changed."""
    columns = type(part).__table__.c
    changed = False
    for column, value in body.items():
        if column in columns and column not in KEPT and getattr(part, column) != value:
            setattr(part, column, value)
            changed = True
    return changed
