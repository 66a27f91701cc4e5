"""What of the log a caller is told: only records of the kinds that the token may read, and only those in sight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from sqlalchemy.orm import Session

from app.auth import Caller
from app.models import Role, User
from app.models.base import FirmRow
from app.services.scoping import seen_ids
from oauth.scopes import allows

Areas: TypeAlias = Mapping[type[FirmRow], str]
"""The kinds of records that are told of, each with the scope area that guards it."""
RIGHTS = {Role.__name__, User.__name__}
"""The kinds of records that say what somebody may see, besides the token and what is seen itself."""


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
    if caller.sight is not None:
        ids = {name: seen_ids(session, caller, kinds[name], some) for name, some in ids.items()}
    return [line for line in lines if line.entity_id in ids.get(line.entity, ())]


def may_change_rights(lines: Sequence[Logged]) -> bool:
    """Whether somebody may have seen less, or more, since one of these lines was written."""
    return any(line.entity in RIGHTS for line in lines)
