"""What an account or a matter has paid, owes and has in trust, as SQL over its charges, invoices and payments.

Each is one scalar subquery in the statement of the page, over an index that leads with the firm and the owner.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy import ColumnElement, FromClause, false, func, select, true

from app.models.charges import Expense, FlatFee, TimeEntry
from app.models.invoices import CREDIT, SALE, Invoice
from app.models.payments import CREDIT_CARD, OPERATING, TRUST, BankAccount, Payment, available
from app.models.rollups import over
from app.models.types import CENTS

Amount: TypeAlias = Callable[[FromClause], ColumnElement[decimal.Decimal]]


def balances(owner: str) -> dict[str, Amount]:
    """The summary fields of a record that charges, invoices and payments name in their column `owner`."""

    def charged(row: FromClause) -> ColumnElement[decimal.Decimal]:
        return (
            _unbilled(TimeEntry, owner, row) + _unbilled(Expense, owner, row) + _unbilled(FlatFee, owner, row)
        )

    def invoiced(row: FromClause, kind: str) -> ColumnElement[decimal.Decimal]:
        invoice = Invoice.__table__.alias()
        return _sum(invoice.c.total - invoice.c.paid, invoice, owner, row, invoice.c.invoice_type == kind)

    def received(row: FromClause, kind: str) -> ColumnElement[decimal.Decimal]:
        payment, of_kind = _payments_of(kind)
        return _sum(payment.c.amount, payment, owner, row, of_kind)

    def unapplied(row: FromClause) -> ColumnElement[decimal.Decimal]:
        payment, of_kind = _payments_of(OPERATING)
        return _sum(available(payment), payment, owner, row, of_kind) + invoiced(row, CREDIT)

    return {
        "billable": charged,
        "invoices_due": lambda row: invoiced(row, SALE),
        "trust_balance": lambda row: received(row, TRUST),
        "operating_paid": lambda row: received(row, OPERATING),
        "card_paid": lambda row: received(row, CREDIT_CARD),
        "paid": lambda row: received(row, OPERATING) + received(row, CREDIT_CARD),
        "unapplied_credit": unapplied,
        "operating_balance": lambda row: unapplied(row) - invoiced(row, SALE),
    }


def _unbilled(
    charge: type[TimeEntry | Expense | FlatFee], owner: str, row: FromClause
) -> ColumnElement[decimal.Decimal]:
    table = charge.__table__.alias()
    return _sum(table.c.total, table, owner, row, table.c.is_billable == true(), table.c.is_billed == false())


def _payments_of(kind: str) -> tuple[FromClause, ColumnElement[bool]]:
    """The payments, and the condition that they are in bank accounts of a kind."""
    payment, bank = Payment.__table__.alias(), BankAccount.__table__.alias()
    of_kind = select(bank.c.id).where(bank.c.firm_id == payment.c.firm_id, bank.c.type == kind)
    return payment, payment.c.bank_account_id.in_(of_kind.correlate_except(bank))


def _sum(
    amount: ColumnElement[decimal.Decimal],
    table: FromClause,
    owner: str,
    row: FromClause,
    *conditions: ColumnElement[bool],
) -> ColumnElement[decimal.Decimal]:
    """The sum over the owner's rows of a table, to the cent; zero where there are none."""
    return func.coalesce(over(table, owner, row, func.sum(amount), *conditions), 0, type_=CENTS)
