"""Money that comes and goes: bank accounts, payments, and what of them is applied to invoices."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, FromClause, Index, String, case, cast, literal
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, FirmRow, live, refers, to_one, to_row_of
from app.models.types import CENTS, Guid, PlainText, UtcDateTime

OPERATING, TRUST, CREDIT_CARD = "Operating", "Trust", "CreditCard"
SUCCESS, REFUNDED = "Success", "Refunded"
TRANSFER = "Transfer"


class BankAccount(FirmRow):
    """Where the firm keeps money. What lies in a trust account belongs to the clients."""

    __tablename__ = "bank_accounts"

    type: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(PlainText)

    links = {"payments": to_row_of("Payment", "bank_account_id"), **AUTHORS}


def payment_name(payment: FromClause) -> ColumnElement[str]:
    """What a payment is called, such as `Payment 31`."""
    return literal("Payment ").concat(cast(payment.c.number, String))


def available(payment: FromClause) -> ColumnElement[decimal.Decimal]:
    """What of the payment is neither applied to invoices nor given back. Money that left has nothing."""
    rest = payment.c.amount - payment.c.applied - payment.c.refunded
    return case((payment.c.amount > 0, rest), else_=literal(0, CENTS))


class Payment(FirmRow):
    """Money received, or with a negative amount, money that left: a refund, a check, a transfer."""

    __tablename__ = "payments"

    number: Mapped[int]
    account_id: Mapped[str] = mapped_column(Guid)
    matter_id: Mapped[str | None] = mapped_column(Guid)
    """The matter that it is for; without one it is for any of the account's."""
    bank_account_id: Mapped[str] = mapped_column(Guid)
    date: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    amount: Mapped[decimal.Decimal] = mapped_column(CENTS)
    applied: Mapped[decimal.Decimal] = mapped_column(CENTS, default=decimal.Decimal(0))
    """The sum of what was applied to invoices."""
    refunded: Mapped[decimal.Decimal] = mapped_column(CENTS, default=decimal.Decimal(0))
    """The sum of what was given back by refunds of this payment."""
    currency_code: Mapped[str] = mapped_column(String(3), default="USD")
    method: Mapped[str] = mapped_column(String(24), default="Other")
    status: Mapped[str] = mapped_column(String(16), default=SUCCESS)
    notes: Mapped[str | None] = mapped_column(PlainText)
    payee: Mapped[str | None] = mapped_column(PlainText)
    is_to_print: Mapped[bool] = mapped_column(default=False)
    check_number: Mapped[int | None]
    is_check_printed: Mapped[bool] = mapped_column(default=False)
    is_deposit_slip_printed: Mapped[bool] = mapped_column(default=False)
    transaction_id: Mapped[str | None] = mapped_column(PlainText)
    authorization_number: Mapped[str | None] = mapped_column(PlainText)
    is_reconciled: Mapped[bool] = mapped_column(default=False)
    reconciled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    fee_in_cents: Mapped[decimal.Decimal | None] = mapped_column(CENTS)
    surcharge: Mapped[decimal.Decimal] = mapped_column(CENTS, default=decimal.Decimal(0))
    refund_of_id: Mapped[str | None] = mapped_column(Guid)
    """The payment that this one gives back, in whole or in part."""
    transfer_of_id: Mapped[str | None] = mapped_column(Guid)
    """The withdrawal from trust that this payment brought into an operating account."""

    links = {
        "account": to_one("Account", "account_id"),
        "matter": to_one("Matter", "matter_id"),
        "bank_account": to_one("BankAccount", "bank_account_id"),
        "refund_of": to_one("Payment", "refund_of_id"),
        "transfer_of": to_one("Payment", "transfer_of_id"),
        "applications": to_row_of("InvoicePayment", "payment_id"),
        **AUTHORS,
    }
    listed_by = ("date",)
    computed = {
        "name": payment_name,
        "available": available,
        "total_with_surcharge": lambda payment: payment.c.amount + payment.c.surcharge,
    }

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("account_id", "accounts"),
            refers("matter_id", "matters"),
            refers("bank_account_id", "bank_accounts"),
            refers("refund_of_id", "payments"),
            refers("transfer_of_id", "payments"),
            CheckConstraint(
                "applied >= 0 AND refunded >= 0 AND (amount < 0 OR applied + refunded <= amount)",
                name="ck_payments_applied",
            ),
            Index("uq_payments_number", "firm_id", "number", unique=True, **live()),
            Index("ix_payments_account", "firm_id", "account_id", **live()),
            Index("ix_payments_matter", "firm_id", "matter_id", **live()),
            Index("ix_payments_bank_account", "firm_id", "bank_account_id", "account_id", **live()),
            Index(
                "ix_payments_transfer_of", "firm_id", "transfer_of_id", **live("transfer_of_id IS NOT NULL")
            ),
            Index("ix_payments_date", "firm_id", cls.date.desc(), "id", **live()),
            Index("ix_payments_updated_at", "firm_id", "updated_at", **live()),
        )


class InvoicePayment(FirmRow):
    """What of a payment, or of a credit note, was applied to an invoice."""

    __tablename__ = "invoice_payments"

    invoice_id: Mapped[str] = mapped_column(Guid)
    payment_id: Mapped[str | None] = mapped_column(Guid)
    credit_id: Mapped[str | None] = mapped_column(Guid)
    """The credit note, which is an invoice too; exactly one of the two is set."""
    amount: Mapped[decimal.Decimal] = mapped_column(CENTS)

    links = {
        "invoice": to_one("Invoice", "invoice_id"),
        "payment": to_one("Payment", "payment_id"),
        "credit": to_one("Invoice", "credit_id"),
        **AUTHORS,
    }
    listed_by = ("created_at",)

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("invoice_id", "invoices"),
            refers("payment_id", "payments"),
            refers("credit_id", "invoices"),
            CheckConstraint("(payment_id IS NULL) <> (credit_id IS NULL)", name="ck_invoice_payments_source"),
            CheckConstraint("amount > 0", name="ck_invoice_payments_amount"),
            Index("ix_invoice_payments_invoice", "firm_id", "invoice_id", **live()),
            Index("ix_invoice_payments_payment", "firm_id", "payment_id", **live()),
            Index("ix_invoice_payments_credit", "firm_id", "credit_id", **live()),
        )
