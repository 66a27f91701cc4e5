"""All the money of some matters of the demo firm: what was recorded, billed and paid, in rows that add up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from app.models import Expense, FlatFee, Invoice, InvoiceLine, InvoicePayment, Payment, TimeEntry
from app.models.base import FirmRow
from app.models.invoices import EXPENSE_LINE, FEE_LINE, TIME_LINE
from app.services.demo.billing import Planned
from app.services.demo.brief import Brief, Row
from app.services.demo.fees import flat_fees
from app.services.demo.invoices import Terms, charge_line, invoice, invoice_id
from app.services.demo.ledger import Ledger
from app.services.demo.numbers_by_day import Numbering
from app.services.demo.outlays import expenses
from app.services.demo.plans import plans_of
from app.services.demo.settlements import settle
from app.services.demo.timesheets import time_entries

IN_ORDER = (Payment, Invoice, InvoiceLine, TimeEntry, Expense, FlatFee, InvoicePayment)
"""So that everything is there before something points at it."""

Charged = tuple[type[FirmRow], str, list[Row], list[Planned]]
"""Charges of a kind, with the kind of line that bills them, and with their plan."""


class Books:
    """Rows by kind."""

    def __init__(self) -> None:
        self.rows: dict[type[FirmRow], list[Row]] = {model: [] for model in IN_ORDER}

    def keep(self, brief: Brief, numbering: Numbering, matter: int) -> None:
        """Enter everything about a matter."""
        charged = list(_charges(brief, matter))
        sales = _sales(brief, matter, charged)
        ledger = Ledger(brief, matter)
        settle(brief, matter, sales, ledger)
        for payment in ledger.payments:
            payment["number"] = numbering.payments.take(payment["day"])
        invoices = [*sales, *ledger.documents]
        for each in invoices:
            each["number"] = numbering.invoices.take(each["day"])
            self.rows[InvoiceLine] += each["lines"]
        self.rows[Payment] += ledger.payments
        self.rows[Invoice] += invoices
        self.rows[InvoicePayment] += ledger.applications
        for model, _, rows, _ in charged:
            self.rows[model] += rows


def _charges(brief: Brief, matter: int) -> Iterator[Charged]:
    plans = plans_of(brief, matter)
    yield TimeEntry, TIME_LINE, list(time_entries(brief, matter, plans.entries)), plans.entries
    yield Expense, EXPENSE_LINE, list(expenses(brief, matter, plans.expenses)), plans.expenses
    planned_fees = [planned for _, planned in plans.fees]
    yield FlatFee, FEE_LINE, list(flat_fees(brief, matter, plans.fees)), planned_fees


def _sales(brief: Brief, matter: int, charged: list[Charged]) -> list[Row]:
    terms = Terms.of(brief, matter)
    lines: dict[dt.date, list[Row]] = {}
    for _, kind, rows, plan in charged:
        for row, planned in zip(rows, plan, strict=True):
            if planned.billed_on:
                line = charge_line(brief, kind, row, terms.discount_percent)
                lines.setdefault(planned.billed_on, []).append(line)
    return [
        invoice(brief, matter, invoice_id(brief, matter, day), day, lines[day], terms)
        for day in sorted(lines)
    ]
