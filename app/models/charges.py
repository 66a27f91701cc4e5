"""What is charged to clients: time entries, expenses and flat fees, all recorded on matters."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Index, case, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, FirmRow, known_elsewhere, live, refers, to_one
from app.models.invoices import Invoice, InvoiceLine
from app.models.types import CENTS, ExactDecimal, Guid, PlainText, UtcDateTime

SOFT_COST, HARD_COST = "SoftCost", "HardCost"


def billing_status(charge: FromClause) -> ColumnElement[str]:
    """Where the charge stands on its way to being paid."""
    line, invoice = InvoiceLine.__table__.alias(), Invoice.__table__.alias()
    paid = select(literal(1)).where(
        line.c.firm_id == charge.c.firm_id,
        line.c.id == charge.c.line_id,
        invoice.c.firm_id == line.c.firm_id,
        invoice.c.id == line.c.invoice_id,
        invoice.c.paid >= invoice.c.total,
    )
    return case(
        (charge.c.line_id.is_not(None) & paid.correlate_except(line, invoice).exists(), literal("Paid")),
        (charge.c.is_billed, literal("Billed")),
        (charge.c.is_billable, literal("Billable")),
        else_=literal("NotBillable"),
    )


class Charge(FirmRow):
    """What time entries, expenses and flat fees have in common."""

    __abstract__ = True

    is_billable: Mapped[bool] = mapped_column(default=True)
    is_billed: Mapped[bool] = mapped_column(default=False)
    """Whether it is on an invoice, or the firm has marked it as billed by other means."""
    date: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    total: Mapped[decimal.Decimal] = mapped_column(CENTS)
    """Quantity times price, to the cent; kept by the rules so that it can be summed and sorted."""
    description: Mapped[str | None] = mapped_column(PlainText)
    account_id: Mapped[str] = mapped_column(Guid)
    matter_id: Mapped[str] = mapped_column(Guid)
    line_id: Mapped[str | None] = mapped_column(Guid)
    """The invoice line that bills it."""
    private_notes: Mapped[str | None] = mapped_column(PlainText)
    external_id: Mapped[str | None] = mapped_column(PlainText)

    computed = {"status": billing_status}

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        name = cls.__tablename__
        return (
            refers("account_id", "accounts"),
            refers("matter_id", "matters"),
            refers("billed_by_user_id", "users"),
            refers("line_id", "invoice_lines"),
            Index(f"ix_{name}_date", "firm_id", cls.date.desc(), "id", **live()),
            Index(f"ix_{name}_matter", "firm_id", "matter_id", **live()),
            Index(f"ix_{name}_account", "firm_id", "account_id", **live()),
            Index(f"ix_{name}_updated_at", "firm_id", "updated_at", **live()),
            Index(f"ix_{name}_user", "firm_id", "billed_by_user_id", **live()),
            Index(f"ix_{name}_line", "firm_id", "line_id", **live("line_id IS NOT NULL")),
            known_elsewhere(name, "external_id"),
        )


CHARGED_TO = {
    "account": to_one("Account", "account_id"),
    "matter": to_one("Matter", "matter_id"),
    "billed_by_user": to_one("User", "billed_by_user_id"),
    "line": to_one("InvoiceLine", "line_id"),
    **AUTHORS,
}


class TimeEntry(Charge):
    """Hours that somebody worked on a matter."""

    __tablename__ = "time_entries"

    hours: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(12, 4))
    rate: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(12, 4))
    billed_by_user_id: Mapped[str] = mapped_column(Guid)
    item_id: Mapped[str | None] = mapped_column(Guid)
    activity_id: Mapped[str | None] = mapped_column(Guid)
    task_code: Mapped[str | None] = mapped_column(PlainText)
    task_name: Mapped[str | None] = mapped_column(PlainText)

    links = {
        **CHARGED_TO,
        "item": to_one("Item", "item_id"),
        "activity": to_one("Activity", "activity_id"),
    }
    listed_by = ("date",)

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            *super().constraints(),
            refers("item_id", "items"),
            refers("activity_id", "activities"),
            Index("ix_time_entries_activity", "firm_id", "activity_id", **live("activity_id IS NOT NULL")),
        )


class Expense(Charge):
    """Money that the firm laid out for a matter."""

    __tablename__ = "expenses"

    quantity: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(12, 4))
    price: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(12, 4))
    cost_type: Mapped[str] = mapped_column(PlainText, default=SOFT_COST)
    """Hard costs are paid to a vendor for the client; soft costs, such as copies, are the firm's own."""
    billed_by_user_id: Mapped[str | None] = mapped_column(Guid)
    expense_category_id: Mapped[str | None] = mapped_column(Guid)
    task_code: Mapped[str | None] = mapped_column(PlainText)
    task_name: Mapped[str | None] = mapped_column(PlainText)

    links = {**CHARGED_TO, "expense_category": to_one("ExpenseCategory", "expense_category_id")}
    listed_by = ("date",)

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (*super().constraints(), refers("expense_category_id", "expense_categories"))


class FlatFee(Charge):
    """A service at a fixed price."""

    __tablename__ = "flat_fees"

    quantity: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(12, 4))
    price: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(12, 4))
    billed_by_user_id: Mapped[str] = mapped_column(Guid)
    item_id: Mapped[str] = mapped_column(Guid)

    links = {**CHARGED_TO, "item": to_one("Item", "item_id")}
    listed_by = ("date",)

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (*super().constraints(), refers("item_id", "items"))
