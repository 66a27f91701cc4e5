"""What an invoice line says where its body does not: from the charges that it bills, or from an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from app.errors import InvalidBody
from app.models import TimeEntry
from app.services.money.billed_charges import AnyCharge
from app.services.money.line_sources import Sources
from app.services.money.totals import ZERO, cents
from app.services.records import Values

T = TypeVar("T")
ONE = Decimal(1)


def from_charges(sources: Sources, charges: Sequence[AnyCharge], where: str) -> Values:
    """The line that bills these charges; what they do not have in common stays empty.

    Args:
        where: the line's name in error texts.

    Raises:
        InvalidBody: they are not taxed alike, so one line cannot show their taxes.
    """
    quantity, rate = amounts([(*quantity_and_price(charge), charge.total) for charge in charges])
    taxes = [sources.taxes_of(sources.item_of(charge)) for charge in charges]
    if any(each != taxes[0] for each in taxes):
        raise InvalidBody({where: ["The charges on a line must be taxed alike; give each its own line."]})
    return {
        **taxes[0],
        "quantity": quantity,
        "rate": rate,
        "item_id": shared(getattr(charge, "item_id", None) for charge in charges),
        "item_name": shared(map(sources.name_of, charges)),
        "description": shared(charge.description for charge in charges),
        "date": shared(charge.date for charge in charges),
        "billed_by": shared(map(sources.biller_of, charges)),
        "task_code": shared(getattr(charge, "task_code", None) for charge in charges),
    }


def from_item(sources: Sources, item_id: str | None) -> Values:
    """The line that sells one piece of an item."""
    item = sources.items.get(item_id or "")
    said = {"item_name": item.name, "description": item.description, "rate": item.rate} if item else {}
    return {"quantity": ONE, **said, **sources.taxes_of(item)}


def quantity_and_price(charge: AnyCharge) -> tuple[Decimal, Decimal]:
    """How much of what: hours at a rate, or pieces at a price."""
    if isinstance(charge, TimeEntry):
        return charge.hours, charge.rate
    return charge.quantity, charge.price


def amounts(charges: Sequence[tuple[Decimal, Decimal, Decimal]]) -> tuple[Decimal, Decimal]:
    """The quantity and the rate of a line for several charges.

    Args:
        charges: the quantity, price and total of each.

    >>> amounts([(Decimal(1), Decimal(90), Decimal(90)), (Decimal(2), Decimal(90), Decimal(180))])
    (Decimal('3'), Decimal('90'))

    Where prices differ there is no rate to print, and where each was rounded the product may be a cent off;
    then the line is one piece at the sum:

    >>> amounts([(Decimal(1), Decimal(90), Decimal(90)), (Decimal(2), Decimal(10), Decimal(20))])
    (Decimal('1'), Decimal('110.00'))
    >>> half_cents = (Decimal("0.25"), Decimal("350.50"), Decimal("87.62"))
    >>> amounts([half_cents, half_cents])
    (Decimal('1'), Decimal('175.24'))
    """
    price = shared(price for _, price, _ in charges)
    quantity = sum((quantity for quantity, _, _ in charges), Decimal(0))
    total = sum((total for _, _, total in charges), ZERO)
    if price is not None and cents(quantity * price) == total:
        return quantity, price
    return ONE, total


def shared(values: Iterable[T | None]) -> T | None:
    """The value that all have, or None.

    >>> shared(["a", "a"]), shared(["a", "b"])
    ('a', None)
    """
    first, *others = values
    return first if all(value == first for value in others) else None
