"""Shutting somebody out: whatever opens the firm's records in a user's name ends at once."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import OAuthDeviceCode, User
from app.services import browser_sessions, grants


def shut_out(session: Session, user: User) -> int:
    """End the user's browser sessions, and all that apps and scripts may do for the user; how many grants that were.

    With a grant end its tokens and a code that waits to be redeemed. A device that was approved and has yet to
    fetch its tokens is told that it was denied.
    """
    browser_sessions.end(session, user)
    waiting = (
        OAuthDeviceCode.firm_id == user.firm_id,
        OAuthDeviceCode.user_id == user.id,
        OAuthDeviceCode.used_at.is_(None),
    )
    session.execute(update(OAuthDeviceCode).where(*waiting).values(is_approved=False))
    return grants.end_where(session, grants.of_person(user))
