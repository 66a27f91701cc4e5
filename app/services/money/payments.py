"""Payments: money received, applied to invoices, given back; and money that leaves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import BankAccount, Invoice, Payment
from app.models.base import new_id, now
from app.models.payments import REFUNDED, SUCCESS
from app.services import numbering
from app.services.money import trust
from app.services.money.applications import (
    apply_each,
    available,
    current,
    refuse_unless_applicable,
    take_back,
)
from app.services.money.parties import settle_parties
from app.services.money.totals import ZERO
from app.services.records import Rules, Values
from app.services.scoping import Actor, of_firm


def complete(session: Session, actor: Actor, payment: Any, values: Values) -> None:
    settle_parties(session, actor, payment, values)
    values |= {"applied": ZERO, "refunded": ZERO, "status": SUCCESS, "transfer_of_id": None}
    bank = current(session, actor, BankAccount, values["bank_account_id"])
    if bank is None:
        raise InvalidBody({"bank_account_id": ["There is no such bank account."]})
    if not values["amount"]:
        raise InvalidBody({"amount": ["Must not be 0."]})
    if values.get("refund_of_id") is not None:
        _give_back(session, actor, values)
    if values.get("applications"):
        refuse_unless_applicable(bank, "applications")
    ledger = trust.Ledger(bank.id, values["account_id"], values.get("matter_id"))
    trust.refuse_overdraft(session, actor, bank, ledger, values["amount"], "amount")
    values["number"] = numbering.number_for(session, actor, payment, values.get("number"))


def _give_back(session: Session, actor: Actor, values: Values) -> None:
    """Complete a refund: a part of a payment leaves the bank account that it came into."""
    parent = current(session, actor, Payment, values["refund_of_id"])
    if parent is None:
        raise InvalidBody({"refund_of_id": ["There is no such payment."]})
    values["matter_id"] = values.get("matter_id") or parent.matter_id
    for column in ("account_id", "matter_id", "bank_account_id"):
        if values[column] != getattr(parent, column):
            raise InvalidBody({column: ["Must be that of the payment that is given back."]})
    amount = abs(values["amount"])
    if amount > available(parent):
        raise InvalidBody({"amount": [f"Only {available(parent):.2f} of the payment is left to give back."]})
    values["amount"] = -amount
    _count_refund(parent, amount)


def _count_refund(parent: Payment, amount: Decimal) -> None:
    parent.refunded += amount
    parent.status = REFUNDED if parent.refunded == parent.amount else SUCCESS


def apply_as_asked(session: Session, actor: Actor, payment: Payment, values: Values) -> None:
    apply_each(session, actor, payment, values.get("applications") or ())


def book(session: Session, actor: Actor, **values: Any) -> Payment:
    """Write a payment of our own making: a refund invoice's, or one half of a transfer."""
    payment = Payment(firm_id=actor.firm_id, id=new_id(), **{"date": now(), **values})
    payment.number = numbering.number_for(session, actor, payment, None)
    session.add(payment)
    session.flush()
    return payment


def delete(session: Session, actor: Actor, payment: Payment) -> None:
    """Undo what the payment did; both halves of a transfer go together.

    Raises:
        InvalidBody: some of its money has gone elsewhere since.
    """
    if (invoice := _refund_invoice(session, actor, payment)) is not None:
        raise InvalidBody({"id": [f"Refund {invoice.number} paid it out; delete that invoice instead."]})
    strike_with_other_half(session, actor, current(session, actor, Payment, payment.id) or payment)


def strike_with_other_half(session: Session, actor: Actor, payment: Payment) -> None:
    """Take a payment out of the books, and where it is half of a transfer, the other half too.

    Raises:
        InvalidBody: some of it was given back.
    """
    halves = [half for half in (payment, _other_half(session, actor, payment)) if half is not None]
    if any(half.refunded for half in halves):
        raise InvalidBody({"id": ["Some of it was given back; delete the refund first."]})
    for half in halves:
        strike(session, actor, half)


def strike(session: Session, actor: Actor, payment: Payment) -> None:
    """Take one payment out of the books."""
    bank = session.get_one(BankAccount, (actor.firm_id, payment.bank_account_id))
    trust.refuse_overdraft(session, actor, bank, trust.ledger_of(payment), -payment.amount, "id")
    take_back(session, actor, payment_id=payment.id)
    if payment.refund_of_id is not None:
        parent = current(session, actor, Payment, payment.refund_of_id)
        if parent is not None:
            _count_refund(parent, payment.amount)
    payment.deleted_at = now()
    session.flush()


def _refund_invoice(session: Session, actor: Actor, payment: Payment) -> Invoice | None:
    if payment.amount > 0:
        return None
    return session.scalars(of_firm(Invoice, actor).where(Invoice.refund_payment_id == payment.id)).first()


def _other_half(session: Session, actor: Actor, payment: Payment) -> Payment | None:
    if payment.transfer_of_id is not None:
        return current(session, actor, Payment, payment.transfer_of_id)
    if payment.amount > 0:
        return None
    deposit = session.scalars(of_firm(Payment, actor).where(Payment.transfer_of_id == payment.id)).first()
    return current(session, actor, Payment, deposit.id) if deposit else None


RULES = Rules(before=complete, after=apply_as_asked, delete=delete, lock="money")
