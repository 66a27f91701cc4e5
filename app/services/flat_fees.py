"""Flat fees: services at the price of their item, unless the client says another."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.services import charges
from app.services.records import Rules, Values
from app.services.scoping import Actor


def complete(session: Session, actor: Actor, fee: Any, values: Values) -> None:
    charges.settle_account(session, actor, fee, values)
    price = charges.price_so_far(fee, values, "price")
    if price is None:
        item = charges.item_of(session, actor, values)
        price = item.rate if item else None
    if price is None:
        raise InvalidBody({"price": ["The item has no price; give one."]})
    values["price"] = price
    charges.settle_total(session, actor, fee, values, "quantity", "price")


RULES = Rules(before=complete, delete=charges.refuse_to_delete)
