"""Bank accounts: one that money went through stays what it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import BankAccount, Payment
from app.models.payments import OPERATING
from app.services.records import Rules, Values
from app.services.scoping import Actor, of_firm


def complete(session: Session, actor: Actor, bank: Any, values: Values) -> None:
    if bank.type not in (None, values.get("type")) and _is_used(session, actor, bank):
        raise InvalidBody({"type": ["The bank account has payments, so its type does not change."]})


def refuse_if_used(session: Session, actor: Actor, bank: BankAccount) -> None:
    if _is_used(session, actor, bank):
        raise InvalidBody({"id": ["The bank account has payments; it cannot be deleted."]})


def oldest_operating(session: Session, actor: Actor) -> BankAccount | None:
    """Where the firm's own money goes, unless somebody says otherwise."""
    operating = of_firm(BankAccount, actor).where(BankAccount.type == OPERATING)
    return session.scalars(operating.order_by(BankAccount.created_at, BankAccount.id).limit(1)).first()


def _is_used(session: Session, actor: Actor, bank: BankAccount) -> bool:
    payments = of_firm(Payment, actor).where(Payment.bank_account_id == bank.id)
    return session.scalars(payments.limit(1)).first() is not None


RULES = Rules(before=complete, delete=refuse_if_used, lock="money")
