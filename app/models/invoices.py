"""Invoices and their lines."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    FromClause,
    Index,
    String,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, FirmRow, live, refers, to_one, to_row_of
from app.models.identity import Firm
from app.models.moments import is_past_due
from app.models.payments import InvoicePayment
from app.models.rollups import over
from app.models.types import CENTS, ExactDecimal, Guid, PlainText, UtcDateTime

SALE, REFUND, CREDIT = "Sale", "Refund", "Credit"
TIME_LINE, EXPENSE_LINE, FEE_LINE = "TimeEntry", "Expense", "FlatFee"
"""What a line charges for. A line that no record stands behind counts among the fees."""

DOWNLOADS = "/api/v2/files/download"
COMMA: Any = literal_column("','")
"""In the statement's text: SQLAlchemy writes a separator given as text only when the statement runs."""


def name_of(invoice: FromClause) -> ColumnElement[str]:
    """What an invoice is called, such as `Credit 17`."""
    kind = case((invoice.c.invoice_type == SALE, literal("Invoice")), else_=invoice.c.invoice_type)
    return kind.concat(literal(" ")).concat(cast(invoice.c.number, String))


def outstanding(invoice: FromClause) -> ColumnElement[decimal.Decimal]:
    """What the client still has to pay on it."""
    due = invoice.c.total - invoice.c.paid
    return case((invoice.c.invoice_type == SALE, due), else_=literal(0, CENTS))


def of_a_credit(amount: str) -> Any:
    """A column of the invoice where it is a credit note, else null."""

    def value(invoice: FromClause) -> ColumnElement[decimal.Decimal]:
        columns = {"available": invoice.c.total - invoice.c.paid, "applied": invoice.c.paid}
        return case((invoice.c.invoice_type == CREDIT, columns.get(amount, invoice.c.total)))

    return value


def is_overdue(invoice: FromClause) -> ColumnElement[bool]:
    late = is_past_due(invoice.c.due_date) & (invoice.c.invoice_type == SALE)
    return func.coalesce(late & (invoice.c.paid < invoice.c.total), False)


def invoice_status(invoice: FromClause) -> ColumnElement[str]:
    return case(
        (invoice.c.paid >= invoice.c.total, literal("Paid")),
        (is_overdue(invoice), literal("Overdue")),
        else_=literal("Due"),
    )


def progress(invoice: FromClause) -> ColumnElement[str]:
    """Where it stands on its way from a draft to the money."""
    return case(
        (invoice.c.paid >= invoice.c.total, literal("Paid")),
        (is_overdue(invoice), literal("Overdue")),
        (invoice.c.sent_at.is_(None), literal("Draft")),
        else_=literal("Sent"),
    )


def pdf_url(invoice: FromClause) -> ColumnElement[str]:
    """Where the PDF that was sent can be fetched, as a path on this server."""
    return literal(f"{DOWNLOADS}/").concat(cast(invoice.c.pdf_file_id, String))


def firm_name(invoice: FromClause) -> ColumnElement[str]:
    """Who sends the invoice."""
    firm = Firm.__table__.alias()
    return select(firm.c.name).where(firm.c.id == invoice.c.firm_id).correlate_except(firm).scalar_subquery()


def number_of_payments(invoice: FromClause) -> ColumnElement[int]:
    """How many payments and credits were applied to it."""
    return over(InvoicePayment.__table__.alias(), "invoice_id", invoice, func.count())


class Invoice(FirmRow):
    """A bill for work (a sale), money that goes back (a refund), or a credit note (a credit)."""

    __tablename__ = "invoices"

    number: Mapped[int]
    account_id: Mapped[str] = mapped_column(Guid)
    matter_id: Mapped[str | None] = mapped_column(Guid)
    invoice_type: Mapped[str] = mapped_column(String(10), default=SALE)
    issue_date: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    due_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    currency_code: Mapped[str] = mapped_column(String(3), default="USD")
    discount_percent: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(7, 4), default=decimal.Decimal(0))
    subtotal: Mapped[decimal.Decimal] = mapped_column(CENTS, default=decimal.Decimal(0))
    discount: Mapped[decimal.Decimal] = mapped_column(CENTS, default=decimal.Decimal(0))
    tax: Mapped[decimal.Decimal] = mapped_column(CENTS, default=decimal.Decimal(0))
    total: Mapped[decimal.Decimal] = mapped_column(CENTS, default=decimal.Decimal(0))
    paid: Mapped[decimal.Decimal] = mapped_column(CENTS, default=decimal.Decimal(0))
    """The sum of what was applied to it; of a credit note, of what was applied from it; a refund's total."""
    po_number: Mapped[str | None] = mapped_column(PlainText)
    terms: Mapped[str | None] = mapped_column(PlainText)
    customer_notes: Mapped[str | None] = mapped_column(PlainText)
    sends_payment_reminders: Mapped[bool] = mapped_column(default=False)
    notifies_when_viewed: Mapped[bool] = mapped_column(default=False)
    notifies_when_paid: Mapped[bool] = mapped_column(default=False)
    allows_online_payment: Mapped[bool] = mapped_column(default=False)
    allows_partial_payment: Mapped[bool] = mapped_column(default=False)
    refund_payment_id: Mapped[str | None] = mapped_column(Guid)
    """The payment by which a refund's money left."""
    sent_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When it was issued to the client; from then on it stays as it was printed."""
    pdf_file_id: Mapped[str | None] = mapped_column(Guid)
    """The file that was printed then; no foreign key, for the file is the firm's to delete."""

    links = {
        "account": to_one("Account", "account_id"),
        "matter": to_one("Matter", "matter_id"),
        "refund_payment": to_one("Payment", "refund_payment_id"),
        "lines": to_row_of("InvoiceLine", "invoice_id"),
        "time_lines": to_row_of("InvoiceLine", "invoice_id", kind=TIME_LINE),
        "expense_lines": to_row_of("InvoiceLine", "invoice_id", kind=EXPENSE_LINE),
        "fee_lines": to_row_of("InvoiceLine", "invoice_id", kind=FEE_LINE),
        "applications": to_row_of("InvoicePayment", "invoice_id"),
        "credit_applications": to_row_of("InvoicePayment", "credit_id"),
        **AUTHORS,
    }
    listed_by = ("number",)
    computed = {
        "name": name_of,
        "outstanding": outstanding,
        "status": invoice_status,
        "progress": progress,
        "pdf_url": pdf_url,
        "is_sent": lambda invoice: invoice.c.sent_at.is_not(None),
        "is_overdue": is_overdue,
        "number_of_payments": number_of_payments,
        "firm_name": firm_name,
        "is_for_all_matters": lambda invoice: invoice.c.matter_id.is_(None),
        "credit_amount": of_a_credit("amount"),
        "credit_applied": of_a_credit("applied"),
        "credit_available": of_a_credit("available"),
    }

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("account_id", "accounts"),
            refers("matter_id", "matters"),
            refers("refund_payment_id", "payments"),
            CheckConstraint("paid >= 0 AND paid <= total", name="ck_invoices_paid"),
            Index("uq_invoices_number", "firm_id", "number", unique=True, **live()),
            Index("ix_invoices_account", "firm_id", "account_id", **live()),
            Index("ix_invoices_matter", "firm_id", "matter_id", **live()),
            Index(
                "ix_invoices_refund_payment",
                "firm_id",
                "refund_payment_id",
                **live("refund_payment_id IS NOT NULL"),
            ),
            Index("ix_invoices_issue_date", "firm_id", cls.issue_date.desc(), "id", **live()),
            Index("ix_invoices_updated_at", "firm_id", "updated_at", **live()),
        )


def guids_of(table: str) -> Any:
    """The ids of the charges on a line, with commas between."""

    def joined(line: FromClause) -> ColumnElement[str]:
        charge = FirmRow.metadata.tables[table].alias()
        ids = func.aggregate_strings(cast(charge.c.id, String), COMMA)
        return over(charge, "line_id", line, ids)

    return joined


class InvoiceLine(FirmRow):
    """One line of an invoice, as it was printed: what it charges for may be renamed later."""

    __tablename__ = "invoice_lines"

    invoice_id: Mapped[str] = mapped_column(Guid)
    row_index: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    matter_id: Mapped[str | None] = mapped_column(Guid)
    item_id: Mapped[str | None] = mapped_column(Guid)
    item_name: Mapped[str | None] = mapped_column(PlainText)
    description: Mapped[str | None] = mapped_column(PlainText)
    date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    billed_by: Mapped[str | None] = mapped_column(PlainText)
    task_code: Mapped[str | None] = mapped_column(PlainText)
    quantity: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(12, 4))
    rate: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(12, 4))
    subtotal: Mapped[decimal.Decimal] = mapped_column(CENTS)
    discount: Mapped[decimal.Decimal] = mapped_column(CENTS)
    tax1_name: Mapped[str | None] = mapped_column(PlainText)
    tax1_rate: Mapped[decimal.Decimal | None] = mapped_column(ExactDecimal(7, 4))
    tax1_is_compound: Mapped[bool] = mapped_column(default=False)
    tax1_amount: Mapped[decimal.Decimal] = mapped_column(CENTS)
    tax2_name: Mapped[str | None] = mapped_column(PlainText)
    tax2_rate: Mapped[decimal.Decimal | None] = mapped_column(ExactDecimal(7, 4))
    tax2_is_compound: Mapped[bool] = mapped_column(default=False)
    tax2_amount: Mapped[decimal.Decimal] = mapped_column(CENTS)
    tax1_percent: Mapped[str | None] = mapped_column(PlainText)
    tax2_percent: Mapped[str | None] = mapped_column(PlainText)
    """The rates as they are printed, such as `8.25`."""
    total: Mapped[decimal.Decimal] = mapped_column(CENTS)

    links = {
        "invoice": to_one("Invoice", "invoice_id"),
        "matter": to_one("Matter", "matter_id"),
        "item": to_one("Item", "item_id"),
        "time_entries": to_row_of("TimeEntry", "line_id"),
        "expenses": to_row_of("Expense", "line_id"),
        "flat_fees": to_row_of("FlatFee", "line_id"),
    }
    listed_by = ("row_index",)
    computed = {
        "time_entry_guids": guids_of("time_entries"),
        "expense_guids": guids_of("expenses"),
        "flat_fee_guids": guids_of("flat_fees"),
    }

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("invoice_id", "invoices"),
            refers("matter_id", "matters"),
            refers("item_id", "items"),
            Index("ix_invoice_lines_invoice", "firm_id", "invoice_id", "row_index", **live()),
        )
