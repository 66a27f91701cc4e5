"""What lines take their words and prices from: the items, taxes, categories, people and matters that the charges
and the bodies of one invoice name. They are read at once, however many lines there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.models import Expense, ExpenseCategory, Item, Matter, SalesTax, User
from app.services.money.billed_charges import AnyCharge
from app.services.records import Values
from app.services.scoping import Actor, portions, seen_by

Rows = Mapping[str, Row[Any]]

COLUMNS: dict[Any, tuple[str, ...]] = {
    Item: ("name", "description", "rate", "tax1_id", "tax2_id", "deleted_at"),
    SalesTax: ("name", "rate", "is_compound", "deleted_at"),
    ExpenseCategory: ("name",),
    User: ("display_name",),
    Matter: ("account_id", "deleted_at"),
}


@dataclass(frozen=True)
class Sources:
    """The rows by id, deleted ones too: what was charged under an item stays so."""

    items: Rows
    taxes: Rows
    categories: Rows
    people: Rows
    matters: Rows

    def taxes_of(self, item: Row[Any] | None) -> Values:
        """The taxes of an item, in the columns of a line; a tax that was deleted is no longer charged."""
        taxes: Values = {}
        for name, key in (("tax1", item.tax1_id), ("tax2", item.tax2_id)) if item else ():
            if key and (tax := self.taxes[key]).deleted_at is None:
                taxes |= {
                    f"{name}_name": tax.name,
                    f"{name}_rate": tax.rate,
                    f"{name}_is_compound": tax.is_compound,
                }
        return taxes

    def item_of(self, charge: AnyCharge) -> Row[Any] | None:
        return self.items.get(getattr(charge, "item_id", None) or "")

    def name_of(self, charge: AnyCharge) -> str | None:
        """What a line for the charge is called."""
        if isinstance(charge, Expense):
            category = self.categories.get(charge.expense_category_id or "")
            return category.name if category else None
        item = self.item_of(charge)
        return item.name if item else None

    def biller_of(self, charge: AnyCharge) -> str | None:
        person = self.people.get(charge.billed_by_user_id or "")
        return person.display_name if person else None


def sources_of(
    session: Session, actor: Actor, charges: Sequence[AnyCharge], bodies: Sequence[Values] = ()
) -> Sources:
    """What these charges and bodies of lines name."""
    named = [getattr(charge, "item_id", None) for charge in charges] + [
        body.get("item_id") for body in bodies
    ]
    items = _rows(session, actor, Item, named)
    taxes = [key for item in items.values() for key in (item.tax1_id, item.tax2_id)]
    categories = [charge.expense_category_id for charge in charges if isinstance(charge, Expense)]
    return Sources(
        items,
        _rows(session, actor, SalesTax, taxes),
        _rows(session, actor, ExpenseCategory, categories),
        _rows(session, actor, User, [charge.billed_by_user_id for charge in charges]),
        _rows(session, actor, Matter, [body.get("matter_id") for body in bodies]),
    )


def _rows(session: Session, actor: Actor, model: Any, keys: Iterable[str | None]) -> Rows:
    columns = [getattr(model, name) for name in ("id", *COLUMNS[model])]
    mine = select(*columns).where(model.firm_id == actor.firm_id, *seen_by(actor, model))
    return {
        row.id: row
        for some in portions(key for key in keys if key)
        for row in session.execute(mine.where(model.id.in_(some)))
    }
