"""More people for the firm of a test."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEvent, User
from app.models.identity import MEMBER
from tests.firms import Workplace, password_hash


def administrator_of(session: Session, workplace: Workplace) -> User:
    return session.get_one(User, (workplace.firm_id, workplace.user_id))


def colleague(session: Session, workplace: Workplace, **values: object) -> User:
    """Somebody else at the firm, a member unless `values` say otherwise."""
    email = f"grace.{secrets.token_hex(6)}@example.com"
    row = {"role": MEMBER, "display_name": "Grace Hopper", "password_hash": password_hash(), **values}
    user = User(firm_id=workplace.firm_id, email=email, login=email, **row)
    session.add(user)
    session.flush()
    return user


def events_of(session: Session, user: User) -> list[str]:
    """The actions in the audit trail of the user's firm, by name; without the app of the fixture."""
    session.flush()
    mine = select(AuditEvent.action).where(AuditEvent.firm_id == user.firm_id)
    actions = sorted(session.scalars(mine))
    actions.remove("app.registered")
    return actions
