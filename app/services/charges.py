"""What time entries, expenses and flat fees have in common: whose they are, and what they come to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import Item, Matter
from app.services.money.billed_charges import refuse_if_invoiced
from app.services.money.sent import refuse_if_charge_sent
from app.services.money.totals import cents, fits
from app.services.on_matters import account_of, held_matter
from app.services.records import Values
from app.services.scoping import Actor


def total(quantity: Decimal, price: Decimal) -> Decimal:
    """What the hours or pieces come to, to the cent.

    Args:
        price: of one hour or piece.

    >>> total(Decimal("0.25"), Decimal("350.50"))
    Decimal('87.62')
    """
    return cents(quantity * price)


def settle_account(session: Session, actor: Actor, charge: Any, values: Values) -> Matter:
    """Give the charge its matter's account.

    Returns:
        the matter.

    Raises:
        InvalidBody: the client names another account than the matter's, or there is none at all.
    """
    matter = held_matter(session, actor, charge, values["matter_id"])
    values["account_id"] = account_of(charge, matter, values.get("account_id"))
    if values["account_id"] is None:
        problem = "The matter has no account, and the work has to be for one."
        raise InvalidBody({"account_id": [problem]})
    return matter


def settle_total(
    session: Session, actor: Actor, charge: Any, values: Values, quantity: str, price: str
) -> None:
    """Work out the total, unless an invoice has fixed what it comes from.

    Args:
        quantity, price: the names of the columns that are multiplied.

    Raises:
        InvalidBody: the total is larger than a column of money holds, or the charge is on an invoice.
    """
    values["total"] = total(values[quantity], values[price])
    if not fits(values["total"]):
        raise InvalidBody({price: ["The total would be too large."]})
    refuse_if_invoiced(charge, values)
    refuse_if_charge_sent(session, actor, charge, values)


def price_so_far(charge: Any, values: Values, price: str) -> Decimal | None:
    """What the client asks for one; on an invoice, a price that is left out stays."""
    asked = values.get(price)
    if asked is None and charge.line_id is not None:
        asked = getattr(charge, price)
    return None if asked is None else Decimal(asked)


def item_of(session: Session, actor: Actor, values: Values) -> Item | None:
    item_id = values.get("item_id")
    return None if item_id is None else session.get_one(Item, (actor.firm_id, item_id))


def refuse_to_delete(session: Session, actor: Actor, charge: Any) -> None:
    """What is on an invoice stays."""
    refuse_if_invoiced(charge)
