"""Trust money: it belongs to the clients, and nobody's is ever spent for somebody else.

A ledger is what one trust account holds for one account and one of its matters, or for the account in general.
It is the sum of the live payments in it, and never below zero.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import BankAccount, Payment
from app.models.payments import TRUST
from app.services.money.totals import ZERO
from app.services.scoping import Actor, of_firm


class Ledger(NamedTuple):
    """Whose money in which trust account; without a matter, the account's general ledger."""

    bank_account_id: str
    account_id: str
    matter_id: str | None

    @property
    def whose(self) -> str:
        return "this matter" if self.matter_id else "the account in general"


def ledger_of(payment: Any) -> Ledger:
    """The ledger that a payment would stand in; it is one where the bank account is a trust account."""
    return Ledger(payment.bank_account_id, payment.account_id, payment.matter_id)


def balance(session: Session, actor: Actor, ledger: Ledger) -> Decimal:
    """What the ledger holds."""
    mine = of_firm(Payment, actor).filter_by(**ledger._asdict())
    return session.scalar(mine.with_only_columns(func.sum(Payment.amount))) or ZERO


def ledgers_of(session: Session, actor: Actor, account_id: str, matter_id: str | None) -> list[Ledger]:
    """The trust ledgers that may pay for a matter: its own, then the account's general ones, oldest first."""
    statement = (
        select(Payment.bank_account_id, Payment.account_id, Payment.matter_id)
        .join(
            BankAccount,
            (BankAccount.firm_id == Payment.firm_id) & (BankAccount.id == Payment.bank_account_id),
        )
        .where(
            Payment.firm_id == actor.firm_id,
            Payment.deleted_at.is_(None),
            Payment.account_id == account_id,
            Payment.matter_id.is_(None) | (Payment.matter_id == matter_id),
            BankAccount.type == TRUST,
        )
        .group_by(Payment.bank_account_id, Payment.account_id, Payment.matter_id)
        .order_by(Payment.matter_id.is_(None), func.min(Payment.created_at), Payment.bank_account_id)
    )
    return [Ledger(*row) for row in session.execute(statement)]


def refuse_overdraft(
    session: Session, actor: Actor, bank: BankAccount, ledger: Ledger, change: Decimal, field: str
) -> None:
    """Refuse what would take more out of a ledger than it holds.

    Args:
        bank: only a trust account has ledgers; the firm's own money it may spend as it likes.
        change: what the ledger would gain, or with a negative amount, lose.
        field: the value to blame.

    Raises:
        InvalidBody: says how much there is.
    """
    if bank.type != TRUST or change >= 0:
        return
    held = balance(session, actor, ledger)
    if held + change < 0:
        raise InvalidBody(
            {field: [f"The trust account holds {held:.2f} for {ledger.whose}, not {-change:.2f}."]}
        )


def refuse_if_held(session: Session, actor: Actor, column: str, key: str) -> None:
    """Refuse to delete whom the firm holds trust money for.

    Args:
        column: `account_id` or `matter_id`; `key` is the id in it.

    Raises:
        InvalidBody: says how much is held.
    """
    of_trust = of_firm(BankAccount, actor).with_only_columns(BankAccount.id).where(BankAccount.type == TRUST)
    mine = of_firm(Payment, actor).filter_by(**{column: key}).where(Payment.bank_account_id.in_(of_trust))
    held = session.scalar(mine.with_only_columns(func.sum(Payment.amount))) or ZERO
    if held:
        raise InvalidBody({"id": [f"The firm holds {held:.2f} in trust for it; pay that out first."]})
