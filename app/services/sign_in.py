"""Signing in with an email address and a password.

Slowing down those who guess belongs here: every attempt, and whether it succeeded, passes through `sign_in`.
"""

from __future__ import annotations

from sqlalchemy.orm import Session, sessionmaker

from app.models import User
from app.services import passwords, people


def sign_in(sessions: sessionmaker[Session], email: str, password: str) -> User | None:
    """The user with this address and password; None without a reason for anybody else.

    Args:
        sessions: opens the two short transactions. The slow hash is computed between them: on SQLite an open
            transaction keeps every other writer waiting.
    """
    with sessions() as session:
        user = people.by_login(session, email)
    known = user if user is not None and people.may_act(user) else None
    if not passwords.verify(password, known.password_hash if known else None) or known is None:
        return None
    with sessions.begin() as session:
        people.note_sign_in(session, known)
    return known
