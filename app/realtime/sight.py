"""What of the log a caller is told: only records of the kinds that the token may read, and only those in sight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.auth import Caller
from app.models.base import FirmRow
from app.services.scoping import portions, seen_ids
from oauth.scopes import allows

Areas: TypeAlias = Mapping[type[FirmRow], str]
"""The kinds of records that are told of, each with the scope area that guards it."""


class Logged(NamedTuple):
    """A line of the log of changes."""

    number: int
    entity: str
    entity_id: str
    action: str


def kinds_for(areas: Areas, scopes: frozenset[str]) -> dict[str, type[FirmRow]]:
    """The kinds that a token with these scopes may be told of, by the name that the log has for them."""
    return {model.__name__: model for model, area in areas.items() if allows(scopes, f"{area}:read")}


def told(session: Session, caller: Caller, areas: Areas, lines: Sequence[Logged]) -> list[Logged]:
    """The lines that the caller may know of, in their order."""
    kinds = kinds_for(areas, caller.scopes)
    ids: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.entity in kinds:
            ids[line.entity].add(line.entity_id)
    known = {name: _known(session, caller, kinds[name], some) for name, some in ids.items()}
    return [line for line in lines if line.entity_id in known.get(line.entity, ())]


def _known(session: Session, caller: Caller, model: type[FirmRow], ids: set[str]) -> set[str]:
    """Those in sight, and those whose row is gone for good, of which nothing but the id is told."""
    if caller.sight is None:
        return ids
    seen = seen_ids(session, caller, model, ids)
    return seen | (ids - seen - _there(session, caller, model, ids - seen))


def _there(session: Session, caller: Caller, model: type[FirmRow], ids: set[str]) -> set[str]:
    mine = select(model.id).where(model.firm_id == caller.firm_id)
    return {key for some in portions(ids) for key in session.scalars(mine.where(model.id.in_(some)))}
