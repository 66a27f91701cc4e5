"""Paying one invoice in one step: a payment that is applied to it, under the rules of every payment."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.errors import Conflict, InvalidBody
from app.models import BankAccount, Invoice, Payment
from app.models.base import now
from app.models.invoices import SALE
from app.services import records
from app.services.money import payments
from app.services.money.applications import outstanding
from app.services.money.bank_accounts import oldest_operating
from app.services.records import Values
from app.services.scoping import Actor

OF_APPLICATION = "applications[0].amount"


def pay(session: Session, actor: Actor, invoice: Invoice, given: Values) -> Payment:
    """Record a payment of the invoice.

    Args:
        invoice: held under the lock of money.
        given: `amount`, `date`, `method`, `bank_account_id` and `notes`, each None where the caller leaves it
            out: then it is what is due, now, into the oldest operating account.

    Raises:
        Conflict: nothing is due.
        InvalidBody: the payment cannot be as it is wanted.
    """
    if invoice.invoice_type != SALE:
        raise Conflict(f"A {invoice.invoice_type.lower()} is not something to pay.")
    due = outstanding(invoice)
    if due <= 0:
        raise Conflict("Nothing is due on this invoice.")
    amount = due if given.get("amount") is None else given["amount"]
    if amount <= 0:
        raise InvalidBody({"amount": ["Must be more than 0."]})
    values = {
        "account_id": invoice.account_id,
        "matter_id": invoice.matter_id,
        "bank_account_id": given.get("bank_account_id") or _bank(session, actor).id,
        "date": given.get("date") or now(),
        "amount": amount,
        "method": given.get("method") or "Other",
        "notes": given.get("notes"),
        "applications": [{"invoice_id": invoice.id, "amount": amount}],
    }
    try:
        return records.create(session, actor, Payment, payments.RULES, values)
    except InvalidBody as error:
        blamed = {"applications": "bank_account_id", OF_APPLICATION: "amount"}
        raise InvalidBody({blamed.get(name, name): texts for name, texts in error.fields.items()}) from None


def _bank(session: Session, actor: Actor) -> BankAccount:
    bank = oldest_operating(session, actor)
    if bank is None:
        problem = "The firm has no operating account; make one at /api/v2/bankaccounts first."
        raise InvalidBody({"bank_account_id": [problem]})
    return bank
