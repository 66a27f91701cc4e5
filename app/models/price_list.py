"""What a firm charges for, and the lists that charges are chosen from: items, expense categories, taxes."""

from __future__ import annotations

import decimal
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, FirmRow, live, refers, to_one
from app.models.types import ExactDecimal, Guid, PlainText


class ExpenseCategory(FirmRow):
    """A kind of expense, such as filing fees."""

    __tablename__ = "expense_categories"

    name: Mapped[str] = mapped_column(PlainText)
    code: Mapped[str | None] = mapped_column(PlainText)

    links = {**AUTHORS}


class SalesTax(FirmRow):
    """A tax on what the firm sells."""

    __tablename__ = "sales_taxes"

    name: Mapped[str] = mapped_column(PlainText)
    description: Mapped[str | None] = mapped_column(PlainText)
    rate: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(7, 4))
    """In percent."""
    is_compound: Mapped[bool] = mapped_column(default=False)
    """Whether it is worked out on top of the other tax."""

    links = {**AUTHORS}


class Item(FirmRow):
    """A service or product on the firm's price list."""

    __tablename__ = "items"

    name: Mapped[str] = mapped_column(PlainText)
    code: Mapped[str | None] = mapped_column(PlainText)
    description: Mapped[str | None] = mapped_column(PlainText)
    rate: Mapped[decimal.Decimal | None] = mapped_column(ExactDecimal(12, 4))
    overrides_hourly_rate: Mapped[bool] = mapped_column(default=False)
    """Whether time entered under it is charged at its rate, whatever the matter's or the user's."""
    tax1_id: Mapped[str | None] = mapped_column(Guid)
    tax2_id: Mapped[str | None] = mapped_column(Guid)

    links = {"tax1": to_one("SalesTax", "tax1_id"), "tax2": to_one("SalesTax", "tax2_id"), **AUTHORS}

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("tax1_id", "sales_taxes"),
            refers("tax2_id", "sales_taxes"),
            Index("ix_items_name", "firm_id", "name", "id", **live()),
        )
