"""Paying an invoice with what the client has with the firm already: credit, or money in trust."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import BankAccount, Invoice, InvoicePayment, Payment
from app.models.invoices import CREDIT
from app.models.payments import OPERATING, TRANSFER
from app.services.money import trust
from app.services.money.applications import apply, available, outstanding
from app.services.money.bank_accounts import oldest_operating
from app.services.money.payments import book
from app.services.scoping import Actor, held, of_firm, owned


def use_credit(session: Session, actor: Actor, invoice: Invoice) -> None:
    """Apply what is available of payments, then of credit notes: the matter's first, then the account's
    general ones, each oldest first."""
    sources: list[Payment | Invoice] = [
        *_payments(session, actor, invoice),
        *_credits(session, actor, invoice),
    ]
    for source in sources:
        amount = min(available(source), outstanding(invoice))
        if amount > 0:
            apply(session, actor, source, invoice, amount)
    session.flush()


def _payments(session: Session, actor: Actor, invoice: Invoice) -> Sequence[Payment]:
    operating = owned(BankAccount, actor).where(BankAccount.type == OPERATING)
    query = owned(Payment, actor).where(
        Payment.account_id == invoice.account_id,
        Payment.matter_id.is_(None) | (Payment.matter_id == invoice.matter_id),
        Payment.amount > Payment.applied + Payment.refunded,
        Payment.bank_account_id.in_(operating.with_only_columns(BankAccount.id)),
    )
    oldest = query.order_by(Payment.matter_id.is_(None), Payment.date, Payment.number)
    return held(session, oldest)


def _credits(session: Session, actor: Actor, invoice: Invoice) -> Sequence[Invoice]:
    query = owned(Invoice, actor).where(
        Invoice.invoice_type == CREDIT,
        Invoice.account_id == invoice.account_id,
        Invoice.matter_id.is_(None) | (Invoice.matter_id == invoice.matter_id),
        Invoice.total > Invoice.paid,
    )
    oldest = query.order_by(Invoice.matter_id.is_(None), Invoice.issue_date, Invoice.number)
    return held(session, oldest)


def use_trust(session: Session, actor: Actor, invoice: Invoice) -> None:
    """Move what the client holds in trust to an operating account, as far as it is owed, and apply it.

    Raises:
        InvalidBody: there is money to move, and no operating account to move it to.
    """
    for ledger in trust.ledgers_of(session, actor, invoice.account_id, invoice.matter_id):
        amount = min(trust.balance(session, actor, ledger), outstanding(invoice))
        if amount > 0:
            deposit = _transfer(session, actor, invoice, ledger, amount)
            apply(session, actor, deposit, invoice, amount)
            session.flush()


def transfers_for(session: Session, actor: Actor, invoice: Invoice) -> Sequence[Payment]:
    """The money that was moved from trust for this invoice, and for nothing else; it belongs back there without it."""
    applied = of_firm(InvoicePayment, actor).where(InvoicePayment.invoice_id == invoice.id)
    moved = of_firm(Payment, actor).where(
        Payment.id.in_(applied.with_only_columns(InvoicePayment.payment_id)),
        Payment.transfer_of_id.is_not(None),
        Payment.refunded == 0,
    )
    elsewhere = of_firm(InvoicePayment, actor).where(
        InvoicePayment.payment_id == Payment.id, InvoicePayment.invoice_id != invoice.id
    )
    return held(session, moved.where(~elsewhere.exists()))


def _transfer(
    session: Session, actor: Actor, invoice: Invoice, ledger: trust.Ledger, amount: Decimal
) -> Payment:
    """Two payments: one leaves the trust account, the other comes into the operating account."""
    bank = oldest_operating(session, actor)
    if bank is None:
        raise InvalidBody({"use_trust": ["There is no operating account to move the trust money to."]})
    shared = {"account_id": invoice.account_id, "currency_code": invoice.currency_code, "method": TRANSFER}
    withdrawal = book(session, actor, **{**ledger._asdict(), **shared}, amount=-amount)
    return book(
        session,
        actor,
        **shared,
        matter_id=invoice.matter_id,
        bank_account_id=bank.id,
        amount=amount,
        transfer_of_id=withdrawal.id,
    )
