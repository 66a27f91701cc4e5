"""Matters: numbers, names, and the account that the work on them is for."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.models import Matter, TimeEntry
from app.services import numbering
from app.services.display_names import matter_name
from app.services.records import Rules, Values
from app.services.scoping import Actor, owned

LEGACY = "Matter.legacy"


def complete(session: Session, actor: Actor, matter: Any, values: Values) -> None:
    values["number"] = numbering.number_for(session, actor, matter, values.get("number"))
    values["display_name"] = matter_name(values["number"], values["name"])
    if matter.legacy_id is None:
        matter.legacy_id = numbering.take(session, actor.firm_id, LEGACY)
    moved_to = values.get("account_id")
    if moved_to and moved_to != matter.account_id:
        _move_work(session, actor, matter, moved_to)


def _move_work(session: Session, actor: Actor, matter: Matter, account_id: str) -> None:
    """The work on a matter is always for the matter's account."""
    for entry in session.scalars(owned(TimeEntry, actor).where(TimeEntry.matter_id == matter.id)):
        entry.account_id = account_id


RULES = Rules(before=complete)
