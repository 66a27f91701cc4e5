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
    # Held until the commit, so that the matter does not move to another account meanwhile.
    key = (actor.firm_id, values["matter_id"])
    matter = session.get_one(Matter, key, with_for_update={"read": True}, populate_existing=True)
    values["account_id"] = account_of(entry, matter, values.get("account_id"))
    if values.get("rate") is None:
        values["rate"] = default_rate(session, actor, matter, values["billed_by_user_id"])
    values["total"] = total(values["hours"], values["rate"])


def account_of(entry: Any, matter: Matter, wanted: str | None) -> str:
    """The account that the work is for: the matter's, wherever it has one.

    Args:
        wanted: what the body says; an account that the entry had before follows the matter.

    Raises:
        InvalidBody: the client names another account than the matter's, or there is none at all.
    """
    if wanted != entry.account_id and matter.account_id not in (None, wanted) and wanted is not None:
        raise InvalidBody({"account_id": ["The matter belongs to another account."]})
    account_id = matter.account_id or wanted
    if account_id is None:
        raise InvalidBody({"account_id": ["The matter has no account; name the one that the work is for."]})
    return account_id


def default_rate(session: Session, actor: Actor, matter: Matter, user_id: str) -> Decimal:
    """The hourly rate of an entry that names none: the matter's where it has one, else the user's."""
    if matter.rate_type == "ProjectRate" and matter.hourly_rate is not None:
        return matter.hourly_rate
    return session.get_one(User, (actor.firm_id, user_id)).hourly_rate or Decimal(0)


RULES = Rules(before=complete)
