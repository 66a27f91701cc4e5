"""Time entries: whose account they are for, and what they come to."""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import Matter, User
from app.services.records import Rules, Values
from app.services.scoping import Actor

CENT = Decimal("0.01")


def total(hours: Decimal, rate: Decimal) -> Decimal:
    """What the hours come to, to the cent.

    >>> total(Decimal("0.25"), Decimal("350.50"))
    Decimal('87.62')
    """
    return (hours * rate).quantize(CENT, decimal.ROUND_HALF_EVEN)


def complete(session: Session, actor: Actor, entry: Any, values: Values) -> None:
    matter = session.get_one(Matter, (actor.firm_id, values["matter_id"]))
    values["account_id"] = _account_of(matter, values.get("account_id"))
    if values.get("rate") is None:
        values["rate"] = default_rate(session, actor, matter, values["billed_by_user_id"])
    values["total"] = total(values["hours"], values["rate"])


def _account_of(matter: Matter, account_id: str | None) -> str:
    if matter.account_id is None and account_id is None:
        raise InvalidBody({"account_id": ["The matter has no account; name the one that the work is for."]})
    if account_id and matter.account_id and account_id != matter.account_id:
        raise InvalidBody({"account_id": ["The matter belongs to another account."]})
    return account_id or matter.account_id or ""


def default_rate(session: Session, actor: Actor, matter: Matter, user_id: str) -> Decimal:
    """The hourly rate of an entry that names none: the matter's where it has one, else the user's."""
    if matter.rate_type == "ProjectRate" and matter.hourly_rate is not None:
        return matter.hourly_rate
    return session.get_one(User, (actor.firm_id, user_id)).hourly_rate or Decimal(0)


RULES = Rules(before=complete)
