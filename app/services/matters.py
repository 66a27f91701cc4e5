"""Matters: numbers, names, and the account that the work on them is for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from app.models import Activity, Expense, File, FlatFee, Matter, Message, TimeEntry
from app.models.base import now
from app.services import assignments, numbering
from app.services.custom_values import Holder, check_values
from app.services.display_names import matter_name
from app.services.money.invoicing import refuse_to_move
from app.services.money.trust import refuse_if_held
from app.services.records import Rules, Values
from app.services.scoping import Actor, of_firm

LEGACY = "Matter.legacy"
CLOSED, GOES_ON = "Closed", ("Open", "Pending")
WORK: tuple[Any, ...] = (TimeEntry, Expense, FlatFee, Activity, Message, File)


def complete(session: Session, actor: Actor, matter: Any, values: Values) -> None:
    check_values(session, actor, Matter, [Holder(matter.id, values)])
    values["number"] = numbering.number_for(session, actor, matter, values.get("number"))
    values["display_name"] = matter_name(values["number"], values["name"])
    if matter.legacy_id is None:
        matter.legacy_id = numbering.take(session, actor.firm_id, LEGACY)
    moved_to = values.get("account_id")
    if matter in session and moved_to != matter.account_id:
        refuse_to_move(session, actor, matter.id, moved_to)
        if moved_to:
            _move_work(session, actor, matter, moved_to)


def follow_status(session: Session, actor: Actor, matter: Any, values: Values) -> None:
    """Note when a matter is closed, where clients say only that it is; one that goes on is not closed any more."""
    status, was = values.get("status"), matter.status if matter in session else None
    if status == CLOSED and values.get("close_date") is None:
        values["close_date"] = now()
    elif was == CLOSED and status in GOES_ON and values.get("close_date") == matter.close_date:
        values["close_date"] = None
    complete(session, actor, matter, values)


def _move_work(session: Session, actor: Actor, matter: Matter, account_id: str) -> None:
    """What is done and charged on a matter is always for the matter's account."""
    for kind in WORK:
        for record in session.scalars(of_firm(kind, actor).where(kind.matter_id == matter.id)):
            record.account_id = account_id


def keep_trust(session: Session, actor: Actor, matter: Matter) -> None:
    refuse_if_held(session, actor, "matter_id", matter.id)


RULES = Rules(before=complete, after=assignments.follow, delete=keep_trust, lock="money")
"""Under the lock of money: a matter does not move while somebody bills the work on it."""
RULES_OF_CASES = replace(RULES, before=follow_status)
