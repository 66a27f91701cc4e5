"""Refund invoices: money that goes back to a client as soon as the invoice is written."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import BankAccount, Invoice, Payment
from app.models.invoices import REFUND
from app.services.money import trust
from app.services.money.applications import current
from app.services.money.payments import book
from app.services.records import Values
from app.services.scoping import Actor


def check(session: Session, actor: Actor, invoice: Invoice, values: Values) -> None:
    """See that a refund can be paid out, and that nothing else asks to be.

    Raises:
        InvalidBody: there is no bank account to pay it from, or nothing to pay.
    """
    bank_id = values.get("refund_bank_account_id")
    if values["invoice_type"] != REFUND:
        if bank_id is not None:
            raise InvalidBody({"refund_bank_account_id": ["Only a refund pays money out."]})
        return
    if bank_id is None and invoice.refund_payment_id is None:
        raise InvalidBody({"refund_bank_account_id": ["Name the bank account that the refund is paid from."]})
    if bank_id is not None and current(session, actor, BankAccount, bank_id) is None:
        raise InvalidBody({"refund_bank_account_id": ["There is no such bank account."]})
    if not values["total"]:
        raise InvalidBody({"total": ["A refund of nothing is no refund."]})


def pay_out(session: Session, actor: Actor, invoice: Invoice, values: Values) -> None:
    """Write the payment by which a refund leaves, or bring it up to date.

    Raises:
        InvalidBody: the refund is paid from trust, and the client does not have as much there.
    """
    before = payment_of(session, actor, invoice)
    wanted = values.get("refund_bank_account_id") or (before.bank_account_id if before else None)
    bank = session.get_one(BankAccount, (actor.firm_id, wanted))
    ledger = trust.Ledger(bank.id, invoice.account_id, invoice.matter_id)
    change = -invoice.total
    if before is not None and trust.ledger_of(before) == ledger:
        change -= before.amount
    trust.refuse_overdraft(session, actor, bank, ledger, change, "refund_bank_account_id")
    leaving: Values = {"bank_account_id": bank.id, "matter_id": invoice.matter_id, "amount": -invoice.total}
    if values.get("refund_method"):
        leaving["method"] = values["refund_method"]
    if before is None:
        shared = {"account_id": invoice.account_id, "currency_code": invoice.currency_code}
        payment = book(session, actor, **shared, date=invoice.issue_date, **leaving)
        invoice.refund_payment_id = payment.id
    else:
        for name, value in leaving.items():
            setattr(before, name, value)


def payment_of(session: Session, actor: Actor, invoice: Invoice) -> Payment | None:
    """The payment by which a refund left."""
    if invoice.refund_payment_id is None:
        return None
    return current(session, actor, Payment, invoice.refund_payment_id)
