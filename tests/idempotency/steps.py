"""What the tests of `Idempotency-Key` do again and again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Account
from tests.firms import Workplace

ACCOUNT = {"company_name": "Acme", "primary_contact": {"first_name": "Jo", "last_name": "Doe"}}


def post(place: Workplace, path: str, key: str, **kwargs: Any) -> Any:
    return place.request("POST", path, headers={"Idempotency-Key": key}, **kwargs)


def accounts(place: Workplace, session: Session) -> int:
    session.rollback()
    mine = select(Account.id).where(Account.firm_id == place.firm_id, Account.deleted_at.is_(None))
    found = len(session.scalars(mine).all())
    session.rollback()  # on SQLite an open transaction would keep the writers out
    return found
