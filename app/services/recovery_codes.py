"""Codes that stand in, once each, for a second factor that is lost. They are random, so a plain digest does."""

from __future__ import annotations

import secrets

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from app.models import RecoveryCode, User
from app.models.base import now
from oauth.credentials import digest

HOW_MANY = 10
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""32 letters and digits that are not taken for one another."""
GROUPS, GROUP = 4, 4


def renew(session: Session, user: User) -> list[str]:
    """Ten new codes of 80 random bits in place of whatever there was; they are shown only here."""
    forget(session, user)
    codes = [_new_code() for _ in range(HOW_MANY)]
    session.add_all(
        RecoveryCode(firm_id=user.firm_id, user_id=user.id, hash=digest(_typed(code))) for code in codes
    )
    session.flush()
    return codes


def spend(session: Session, user: User, code: str) -> bool:
    """Use up a code; True if it was one, and unused."""
    this = (RecoveryCode.hash == digest(_typed(code)), *_of_person(user))
    spending = update(RecoveryCode).where(*this).values(used_at=now())
    return bool(session.execute(spending).rowcount == 1)  # type: ignore[attr-defined]


def left(session: Session, user: User) -> int:
    """How many still work."""
    return session.scalar(select(func.count(RecoveryCode.hash)).where(*_of_person(user))) or 0


def forget(session: Session, user: User) -> None:
    session.execute(
        delete(RecoveryCode).where(RecoveryCode.firm_id == user.firm_id, RecoveryCode.user_id == user.id)
    )


def _of_person(user: User) -> tuple[ColumnElement[bool], ...]:
    return (
        RecoveryCode.firm_id == user.firm_id,
        RecoveryCode.user_id == user.id,
        RecoveryCode.used_at.is_(None),
    )


def _new_code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def _typed(code: str) -> str:
    """The code as it is hashed: people add spaces and leave hyphens out."""
    return "".join(code.lower().replace("-", "").split())
