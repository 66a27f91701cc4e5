"""The demo firm's invoices: a line for each charge, and the sums over the lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.models.invoices import FEE_LINE, SALE
from app.services.demo.brief import Brief, Row
from app.services.demo.casework import case_of
from app.services.demo.plan import midnight, moment_of
from app.services.demo.prices import SALES_TAXES, TAXED_SERVICES
from app.services.money.totals import ZERO, Tax, line_totals

TAXED = {name for _, name, _, _ in TAXED_SERVICES}
TAXES = tuple(Tax(Decimal(rate), is_compound) for _, _, rate, is_compound in SALES_TAXES)
NO_TAXES = (None, None)
TAX_COLUMNS = {
    f"tax{number}_{column}": value
    for number, (name, _, rate, is_compound) in zip((1, 2), SALES_TAXES, strict=True)
    for column, value in (
        ("name", name),
        ("rate", Decimal(rate)),
        ("percent", rate),
        ("is_compound", is_compound),
    )
}
NO_TAX_COLUMNS = {column: False if "is_" in column else None for column in TAX_COLUMNS}

NOTES = (
    "Thank you for your business.",
    "Please write the invoice number on your check.",
    "Call us with any question about this invoice.",
)


@dataclass(frozen=True)
class Terms:
    """What holds for all invoices of a matter."""

    discount_percent: Decimal
    days: int
    note: str | None
    po_number: str | None

    @classmethod
    def of(cls, brief: Brief, matter: int) -> Terms:
        dice = brief.plan.chance.of("terms", matter)
        return cls(
            Decimal(dice.choice((5, 10))) if dice.random() < 0.07 else ZERO,
            dice.choice((15, 30, 30, 30)),
            dice.choice(NOTES) if dice.random() < 0.4 else None,
            f"PO-{dice.randrange(10_000, 99_999)}" if dice.random() < 0.05 else None,
        )


def invoice_id(brief: Brief, matter: int, day: dt.date) -> str:
    """The id of the matter's invoice of a day."""
    return brief.id(f"invoice of {matter}", day.toordinal())


def charge_line(brief: Brief, kind: str, charge: Row, discount_percent: Decimal) -> Row:
    """The line for a time entry, an expense or a flat fee; it still has to be put on an invoice."""
    is_time = "hours" in charge
    quantity, rate = (charge["hours"], charge["rate"]) if is_time else (charge["quantity"], charge["price"])
    return {
        "id": charge["line_id"],
        "kind": kind,
        "matter_id": charge["matter_id"],
        "item_id": charge["item_id"],
        "item_name": charge["item_name"],
        "description": charge["description"],
        "date": charge["date"],
        "billed_by": brief.names[charge["billed_by_user_id"]],
        "task_code": charge.get("task_code"),
        "quantity": quantity,
        "rate": rate,
        **_amounts(quantity, rate, discount_percent, charge["item_name"] in TAXED),
    }


def other_line(brief: Brief, matter: int, key: str, text: str, amount: Decimal, day: dt.date) -> Row:
    """The line of a credit note or a refund with the id `key`: no charge stands behind it."""
    return {
        "id": brief.id(f"line of {key}", 0),
        "kind": FEE_LINE,
        "matter_id": brief.id("matter", matter),
        "item_id": None,
        "item_name": text,
        "description": text,
        "date": midnight(day),
        "billed_by": None,
        "task_code": None,
        "quantity": Decimal(1),
        "rate": amount,
        **_amounts(Decimal(1), amount, ZERO, is_taxed=False),
    }


def _amounts(quantity: Decimal, rate: Decimal, discount_percent: Decimal, is_taxed: bool) -> Row:
    comes_to = line_totals(quantity, rate, discount_percent, *(TAXES if is_taxed else NO_TAXES))
    return {
        **(TAX_COLUMNS if is_taxed else NO_TAX_COLUMNS),
        "subtotal": comes_to.subtotal,
        "discount": comes_to.discount,
        "tax1_amount": comes_to.tax1,
        "tax2_amount": comes_to.tax2,
        "total": comes_to.total,
    }


def invoice(
    brief: Brief, matter: int, key: str, day: dt.date, lines: Iterable[Row], terms: Terms, kind: str = SALE
) -> Row:
    """An invoice with its lines, which are numbered and pointed at it; what was paid is still nothing.

    Args:
        key: its id.
    """
    made = moment_of(day, matter)
    rows = sorted(lines, key=lambda line: (line["kind"] == FEE_LINE, line["date"]))
    for index, line in enumerate(rows):
        line.update(invoice_id=key, row_index=index, created_at=made)
    return {
        "id": key,
        "day": day,
        "lines": rows,
        "account_id": brief.id("account", case_of(brief, matter).account),
        "matter_id": brief.id("matter", matter),
        "invoice_type": kind,
        "issue_date": midnight(day),
        "due_date": midnight(day + dt.timedelta(days=terms.days)) if kind == SALE else None,
        "discount_percent": terms.discount_percent if kind == SALE else ZERO,
        "subtotal": sum((line["subtotal"] for line in rows), ZERO),
        "discount": sum((line["discount"] for line in rows), ZERO),
        "tax": sum((line["tax1_amount"] + line["tax2_amount"] for line in rows), ZERO),
        "total": sum((line["total"] for line in rows), ZERO),
        "paid": ZERO,
        "refund_payment_id": None,
        "po_number": terms.po_number,
        "terms": f"Due within {terms.days} days." if kind == SALE else None,
        "customer_notes": terms.note if kind == SALE else None,
        "allows_online_payment": kind == SALE,
        "created_at": made,
    }
