"""Signing in: an email address and a password, and for those who want it a second factor.

The answer to a wrong password is the same as to an unknown address, in words and in time. Who tries too often
has to wait, and waits before the slow hash is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sqlalchemy.orm import Session, sessionmaker

from app.models import User
from app.services import audit, passwords, people, second_factor, throttling
from app.services.throttling import Throttle


class Outcome(Enum):
    """What became of a sign-in."""

    OK = "ok"
    WRONG = "wrong"
    NEEDS_CODE = "needs_code"
    """The password was right; the second factor is still to come."""
    SLOWED = "slowed"


@dataclass(frozen=True)
class SignIn:
    """The outcome, with the user where the password was right."""

    outcome: Outcome
    user: User | None = None
    wait: int = 0
    """Seconds before the next try, where this one was slowed."""


def sign_in(
    sessions: sessionmaker[Session],
    throttle: Throttle,
    email: str,
    password: str,
    *,
    address: str | None = None,
) -> SignIn:
    """Try an email address and a password.

    Args:
        sessions: opens the two short transactions. The slow hash is computed between them: on SQLite an open
            transaction keeps every other writer waiting.
        address: the network address of the browser.
    """
    account, network = email.strip().lower(), throttling.network_of(address)
    wait = (
        throttle.attempt(throttling.SIGN_INS_FROM, network)
        or throttle.attempt(throttling.SIGN_IN, account, network)
        or throttle.attempt(throttling.SIGN_IN_ANYWHERE, account)
    )
    if wait:
        return SignIn(Outcome.SLOWED, wait=wait)
    with sessions() as session:
        user = people.by_login(session, email)
    known = user if user is not None and people.may_act(user) else None
    if not passwords.verify(password, known.password_hash if known else None) or known is None:
        _refused(sessions, user, email, address)
        return SignIn(Outcome.WRONG)
    throttle.take_back(throttling.SIGN_INS_FROM, network)
    throttle.forget(throttling.SIGN_IN, account, network)
    throttle.take_back(throttling.SIGN_IN_ANYWHERE, account)
    if second_factor.is_on(known):
        return SignIn(Outcome.NEEDS_CODE, known)
    with sessions.begin() as session:
        _succeeded(session, known, address)
    return SignIn(Outcome.OK, known)


def give_code(
    sessions: sessionmaker[Session],
    throttle: Throttle,
    key: str,
    firm_id: int,
    user_id: str,
    code: str,
    *,
    address: str | None = None,
) -> SignIn:
    """The second step: a code of the phone, or a recovery code.

    Args:
        key: the application's SECRET_KEY.
        firm_id, user_id: whose password was right a moment ago, as the browser's signed session remembers it.
    """
    wait = throttle.attempt(throttling.SECOND_FACTOR, firm_id, user_id)
    if wait:
        return SignIn(Outcome.SLOWED, wait=wait)
    with sessions.begin() as session:
        user = people.find_active(session, firm_id, user_id)
        if user is None:
            return SignIn(Outcome.WRONG)
        if not second_factor.prove(session, user, key, code, address=address):
            audit.record_by(session, user, "sign_in.second_factor_refused", address=address)
            return SignIn(Outcome.WRONG)
        _succeeded(session, user, address)
    throttle.forget(throttling.SECOND_FACTOR, firm_id, user_id)
    return SignIn(Outcome.OK, user)


def _succeeded(session: Session, user: User, address: str | None) -> None:
    people.note_sign_in(session, user)
    audit.record_by(session, user, "sign_in.succeeded", address=address)


def _refused(sessions: sessionmaker[Session], user: User | None, email: str, address: str | None) -> None:
    """For an unknown address too, so that the clock does not tell it from a wrong password. The address that
    was typed is not kept: people type their password there."""
    with sessions.begin() as session:
        if user is not None:
            audit.record_by(session, user, "sign_in.refused", address=address)
        else:
            audit.record(session, "sign_in.refused", address=address)
