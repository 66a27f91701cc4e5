"""The browsers that users are signed in with: begun at the sign-in, ended one by one or all at once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import BrowserSession, User
from app.models.base import now
from app.models.types import is_guid
from app.services import audit
from app.services.people import find_active

LONGEST_BROWSER = 200
SEEN_EVERY = dt.timedelta(minutes=5)
"""How exact `last_seen_at` is; a page view need not cost a write."""


def begin(
    session: Session, user: User, *, lifetime: int, address: str | None, browser: str | None
) -> BrowserSession:
    """Sign a browser in.

    Args:
        lifetime: in seconds.
        address: the network address of the browser.
        browser: its `User-Agent`.
    """
    at = now()
    row = BrowserSession(
        firm_id=user.firm_id,
        user_id=user.id,
        address=address,
        browser=(browser or "")[:LONGEST_BROWSER] or None,
        created_at=at,
        last_seen_at=at,
        expires_at=at + dt.timedelta(seconds=lifetime),
    )
    session.add(row)
    session.flush()
    return row


def user_of(session: Session, firm_id: int, session_id: str) -> User | None:
    """The user whose browser this is, if the session is neither over nor ended and the account still works."""
    row = session.get(BrowserSession, (firm_id, session_id))
    if row is None or row.ended_at is not None or row.expires_at <= now():
        return None
    return find_active(session, firm_id, row.user_id)


def note_seen(session: Session, user: User, session_id: str) -> None:
    """Remember that the browser was here just now, unless that is known well enough."""
    row = session.get(BrowserSession, (user.firm_id, session_id))
    if row is not None and row.last_seen_at < now() - SEEN_EVERY:
        row.last_seen_at = now()


def of(session: Session, user: User) -> list[BrowserSession]:
    """The user's running sessions, the last one first."""
    running = (
        select(BrowserSession)
        .where(BrowserSession.firm_id == user.firm_id, BrowserSession.user_id == user.id)
        .where(BrowserSession.ended_at.is_(None), BrowserSession.expires_at > now())
        .order_by(BrowserSession.last_seen_at.desc(), BrowserSession.id)
    )
    return list(session.scalars(running))


def end(session: Session, user: User, session_id: str | None = None, *, but: str | None = None) -> int:
    """End one of the user's sessions, or all of them; how many there were.

    Args:
        session_id: the one to end; every one when left out.
        but: one that goes on, such as the browser in which the user has just changed the password.
    """
    if session_id is not None and not is_guid(session_id):
        return 0
    ending = update(BrowserSession).where(
        BrowserSession.firm_id == user.firm_id,
        BrowserSession.user_id == user.id,
        BrowserSession.ended_at.is_(None),
    )
    if session_id is not None:
        ending = ending.where(BrowserSession.id == session_id)
    if but is not None:
        ending = ending.where(BrowserSession.id != but)
    return int(session.execute(ending.values(ended_at=now())).rowcount)  # type: ignore[attr-defined]


def sign_out(session: Session, user: User, session_id: str, *, address: str | None = None) -> None:
    """End one of the user's sessions from another one.

    Raises:
        NotFound: the user has no such session running.
    """
    if not end(session, user, session_id):
        raise NotFound("There is no such session, or it has ended already.")
    audit.record_by(session, user, "session.ended", address=address)


def sign_out_elsewhere(session: Session, user: User, here: str, *, address: str | None = None) -> int:
    """End all of the user's sessions but the present one; how many there were.

    Args:
        here: the present one's id.
    """
    ended = end(session, user, but=here)
    if ended:
        audit.record_by(session, user, "session.ended", address=address, sessions=ended)
    return ended
