"""What an invoice line says where its body does not: from the charges that it bills, or from an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import Expense, ExpenseCategory, Item, SalesTax, TimeEntry, User
from app.services.money.billed_charges import AnyCharge
from app.services.money.totals import ZERO, cents
from app.services.records import Values
from app.services.scoping import Actor

T = TypeVar("T")
ONE = Decimal(1)


def from_charges(session: Session, actor: Actor, charges: Sequence[AnyCharge], where: str) -> Values:
    """The line that bills these charges; what they do not have in common stays empty.

    Args:
        where: the line's name in error texts.

    Raises:
        InvalidBody: they are not taxed alike, so one line cannot show their taxes.
    """
    quantity, rate = amounts([(*quantity_and_price(charge), charge.total) for charge in charges])
    items = [_get(session, actor, Item, getattr(charge, "item_id", None)) for charge in charges]
    taxes = [_taxes(session, actor, item) for item in items]
    if any(each != taxes[0] for each in taxes):
        raise InvalidBody({where: ["The charges on a line must be taxed alike; give each its own line."]})
    return {
        **taxes[0],
        "quantity": quantity,
        "rate": rate,
        "item_id": shared(getattr(charge, "item_id", None) for charge in charges),
        "item_name": shared(
            _name(session, actor, charge, item) for charge, item in zip(charges, items, strict=True)
        ),
        "description": shared(charge.description for charge in charges),
        "date": shared(charge.date for charge in charges),
        "billed_by": shared(_biller(session, actor, charge.billed_by_user_id) for charge in charges),
        "task_code": shared(getattr(charge, "task_code", None) for charge in charges),
    }


def from_item(session: Session, actor: Actor, item_id: str | None) -> Values:
    """The line that sells one piece of an item."""
    item = _get(session, actor, Item, item_id)
    said = {"item_name": item.name, "description": item.description, "rate": item.rate} if item else {}
    return {"quantity": ONE, **said, **_taxes(session, actor, item)}


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


def _taxes(session: Session, actor: Actor, item: Item | None) -> Values:
    taxes: Values = {}
    for name, key in (("tax1", item.tax1_id), ("tax2", item.tax2_id)) if item else ():
        if (tax := _get(session, actor, SalesTax, key)) is not None and tax.deleted_at is None:
            taxes |= {
                f"{name}_name": tax.name,
                f"{name}_rate": tax.rate,
                f"{name}_is_compound": tax.is_compound,
            }
    return taxes


def _name(session: Session, actor: Actor, charge: AnyCharge, item: Item | None) -> str | None:
    if isinstance(charge, Expense):
        category = _get(session, actor, ExpenseCategory, charge.expense_category_id)
        return category.name if category else None
    return item.name if item else None


def _biller(session: Session, actor: Actor, user_id: str | None) -> str | None:
    user = _get(session, actor, User, user_id)
    return user.display_name if user else None


def _get(session: Session, actor: Actor, model: Any, key: str | None) -> Any:
    """A row that a charge or an item refers to; read once a session."""
    return session.get(model, (actor.firm_id, key)) if key else None
