"""Whom money is for: the account, and perhaps the matter, of an invoice or a payment."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import Account, Invoice, Payment
from app.services.on_matters import held_matter
from app.services.records import Values
from app.services.scoping import Actor, of_firm

DOLLARS = "USD"


def settle_parties(session: Session, actor: Actor, row: Any, values: Values) -> None:
    """Complete the account and the currency, and hold both parties until the commit.

    Args:
        row: an invoice or a payment; what it already names may have been deleted since.

    Raises:
        InvalidBody: the matter is another account's, there is no account, or the currency is not the account's.
    """
    if (matter_id := values.get("matter_id")) is not None:
        matter = held_matter(session, actor, row, matter_id)
        values["account_id"] = values.get("account_id") or matter.account_id
        if matter.account_id not in (None, values["account_id"]):
            raise InvalidBody({"matter_id": ["The matter belongs to another account."]})
    if values.get("account_id") is None:
        raise InvalidBody({"account_id": ["Name the account, or a matter that has one."]})
    account = _held_account(session, actor, row, values["account_id"])
    values["currency_code"] = _currency(row, account, values.get("currency_code"))


def refuse_new_currency(session: Session, actor: Actor, account: Account, wanted: str | None) -> None:
    """Keep an account's currency while it has invoices or payments: sums of two currencies mean nothing.

    Raises:
        InvalidBody: the account has some, and another currency is wanted.
    """
    if (wanted or DOLLARS) == (account.currency_code or DOLLARS):
        return
    for model, noun in ((Invoice, "invoices"), (Payment, "payments")):
        of_account = of_firm(model, actor).where(model.account_id == account.id)
        if session.scalars(of_account.limit(1)).first() is not None:
            raise InvalidBody({"currency_code": [f"The account has {noun}, so its currency stays."]})


def _held_account(session: Session, actor: Actor, row: Any, account_id: str) -> Account:
    key = (actor.firm_id, account_id)
    account = session.get_one(Account, key, with_for_update={"read": True}, populate_existing=True)
    if account.deleted_at is not None and account_id != row.account_id:
        raise InvalidBody({"account_id": ["The account has been deleted."]})
    return account


def _currency(row: Any, account: Account, wanted: str | None) -> str:
    usual = account.currency_code or DOLLARS
    if row.currency_code is not None and wanted in (None, row.currency_code):
        return str(row.currency_code)
    if wanted not in (None, usual):
        raise InvalidBody({"currency_code": [f"Must be the account's currency, {usual}."]})
    return usual
