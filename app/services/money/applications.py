"""Applying money to invoices, and taking it back.

What is applied is written down three times: a row of `invoice_payments`, the invoice's `paid`, and the
payment's `applied` or the credit note's `paid`. They only ever change here, together, under the lock "money".
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import BankAccount, Invoice, InvoicePayment, Payment
from app.models.base import FirmRow, now
from app.models.invoices import CREDIT, SALE
from app.models.payments import CREDIT_CARD, OPERATING, TRUST
from app.services.money.totals import ZERO
from app.services.scoping import Actor, held, held_by_id, of_firm

Row = TypeVar("Row", bound=FirmRow)

NOT_APPLICABLE = {
    TRUST: "Trust money is never applied directly; have the invoice move it to an operating account first "
    "(isUseTrustToPayBalance at v1).",
    CREDIT_CARD: "Only payments into an operating account are applied to invoices.",
}


def current(session: Session, actor: Actor, model: type[Row], key: str) -> Row | None:
    """The row as it is now, and not as the session may remember it; None where it is deleted."""
    return next(iter(held(session, of_firm(model, actor).where(model.id == key))), None)


def outstanding(invoice: Invoice) -> Decimal:
    """What the client still has to pay on the invoice."""
    return invoice.total - invoice.paid if invoice.invoice_type == SALE else ZERO


def available(source: Payment | Invoice) -> Decimal:
    """What of a payment or a credit note is neither applied nor given back."""
    if isinstance(source, Invoice):
        return source.total - source.paid if source.invoice_type == CREDIT else ZERO
    return max(source.amount - source.applied - source.refunded, ZERO)


def refuse_unless_applicable(bank: BankAccount, field: str) -> None:
    """Only the firm's own money pays its invoices.

    Raises:
        InvalidBody: blames `field`.
    """
    if bank.type != OPERATING:
        raise InvalidBody({field: [NOT_APPLICABLE[bank.type]]})


def apply(
    session: Session, actor: Actor, source: Payment | Invoice, invoice: Invoice, amount: Decimal
) -> None:
    """Apply some of a payment or a credit note to an invoice; the caller knows that there is as much."""
    application = InvoicePayment(firm_id=actor.firm_id, invoice_id=invoice.id, amount=amount)
    if isinstance(source, Invoice):
        application.credit_id = source.id
    else:
        application.payment_id = source.id
    session.add(application)
    invoice.paid += amount
    _count(source, amount)


def apply_each(session: Session, actor: Actor, payment: Payment, wanted: Iterable[dict[str, Any]]) -> None:
    """Apply a new payment as its body says.

    Args:
        wanted: the `invoice_id` and the `amount` of each application.

    Raises:
        InvalidBody: names the application that asks for what is not there.
    """
    bodies = list(wanted)
    invoices = held_by_id(session, actor, Invoice, {body.get("invoice_id") or "" for body in bodies})
    for index, body in enumerate(bodies):
        where = f"applications[{index}]"
        invoice = _payable(payment, invoices.get(body.get("invoice_id") or ""), f"{where}.invoice_id")
        amount = body.get("amount") or ZERO
        if amount <= 0:
            raise InvalidBody({f"{where}.amount": ["Must be more than 0."]})
        if amount > outstanding(invoice):
            raise InvalidBody({f"{where}.amount": [f"Only {outstanding(invoice):.2f} is outstanding on it."]})
        if amount > available(payment):
            raise InvalidBody({f"{where}.amount": [f"Only {available(payment):.2f} of the payment is left."]})
        apply(session, actor, payment, invoice, amount)
    session.flush()


def _payable(payment: Payment, invoice: Invoice | None, field: str) -> Invoice:
    if invoice is None:
        raise InvalidBody({field: ["There is no such invoice."]})
    if invoice.invoice_type != SALE:
        raise InvalidBody({field: [f"A {invoice.invoice_type.lower()} is not something to pay."]})
    if invoice.account_id != payment.account_id:
        raise InvalidBody({field: ["The invoice is another account's."]})
    if payment.matter_id not in (None, invoice.matter_id):
        raise InvalidBody({field: ["The payment is for another matter only."]})
    return invoice


def take_back(session: Session, actor: Actor, **of: str) -> None:
    """Undo applications: the invoices are owed again, and their payments and credits are available again.

    Args:
        of: which: `invoice_id`, `payment_id` or `credit_id`.
    """
    applications = session.scalars(of_firm(InvoicePayment, actor).filter_by(**of)).all()
    # What a credit note pays may be gone, and so may the note; then there is nothing to count.
    named = {key for each in applications for key in (each.invoice_id, each.credit_id) if key}
    invoices = held_by_id(session, actor, Invoice, named, of_firm)
    payments = held_by_id(
        session, actor, Payment, {each.payment_id for each in applications if each.payment_id}, of_firm
    )
    for each in applications:
        each.deleted_at = now()
        if each.invoice_id in invoices:
            invoices[each.invoice_id].paid -= each.amount
        source = invoices.get(each.credit_id or "") or payments.get(each.payment_id or "")
        if source is not None:
            _count(source, -each.amount)
    session.flush()


def _count(source: Payment | Invoice, amount: Decimal) -> None:
    if isinstance(source, Invoice):
        source.paid += amount
    else:
        source.applied += amount
