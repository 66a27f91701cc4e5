"""An invoice that was sent stays as it was printed, and so does what it bills: at every door."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import Invoice, InvoiceLine
from app.services.records import Values
from app.services.scoping import Actor

PRINTED = (
    *("number", "matter_id", "issue_date", "due_date", "currency_code", "discount_percent", "subtotal"),
    *("discount", "tax", "total", "po_number", "terms", "customer_notes"),
)
"""What of an invoice the client has read."""
FOR_THE_FIRM = ("private_notes",)
"""What of a charge the client has not."""
STAYS = "It was sent and stays as it was; give a credit note instead."


def refuse_if_sent(invoice: Invoice, values: Values) -> None:
    """Keep a sent invoice as it was printed.

    Args:
        values: what it is replaced with, complete with defaults.

    Raises:
        InvalidBody: something that the client has read would change.
    """
    if invoice.sent_at is None:
        return
    changed = [name for name in PRINTED if name in values and values[name] != getattr(invoice, name)]
    if changed:
        raise InvalidBody({name: [STAYS] for name in changed})


def refuse_if_charge_sent(session: Session, actor: Actor, charge: Any, values: Values) -> None:
    """Keep what a sent invoice bills as it was printed; what only the firm reads can change.

    Raises:
        InvalidBody: a charge on a sent invoice would change.
    """
    if charge.line_id is None:
        return
    columns = type(charge).__table__.c
    changed = [
        name
        for name, value in values.items()
        if name in columns and name not in FOR_THE_FIRM and value != getattr(charge, name)
    ]
    if changed and (number := _sent_with(session, actor, charge.line_id)) is not None:
        raise InvalidBody(
            {name: [f"Invoice {number} was sent with it, so it stays as it is."] for name in changed}
        )


def _sent_with(session: Session, actor: Actor, line_id: str) -> int | None:
    """The number of the invoice that a line is on, where it was sent; nobody sends it before the commit."""
    line = select(InvoiceLine.invoice_id).where(
        InvoiceLine.firm_id == actor.firm_id, InvoiceLine.id == line_id
    )
    on = select(Invoice).where(Invoice.firm_id == actor.firm_id, Invoice.id == line.scalar_subquery())
    held = on.with_for_update(read=True).execution_options(populate_existing=True)
    invoice = session.scalars(held).one()
    return invoice.number if invoice.sent_at is not None else None
