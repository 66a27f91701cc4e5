"""The browser's session: a signed cookie that names a row, which says who signed in and until when."""

from __future__ import annotations

import time

from flask import Flask, Request, current_app, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from sqlalchemy.orm import Session

from app.config import Settings
from app.models import User
from app.services import browser_sessions

HALF = "half"
HALF_LIFETIME = 300
"""Seconds between the password and the code."""
WITHOUT_SESSION = ("/api/", "/odata/", "/hubs/")


class PageSessions(SecureCookieSessionInterface):
    """Flask's own sessions, but not on the API: it knows its callers by their tokens alone, and checking a
    signature there would cost every request."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith(WITHOUT_SESSION):
            return None
        return super().open_session(app, request)


def begin(database_session: Session, user: User) -> None:
    """Start a new session for somebody who has just proved who they are; nothing of the old one survives."""
    settings: Settings = current_app.extensions["settings"]
    row = browser_sessions.begin(
        database_session,
        user,
        lifetime=settings.session_lifetime,
        address=request.remote_addr,
        browser=request.user_agent.string,
    )
    session.clear()
    session.permanent = True
    session.update(firm_id=row.firm_id, id=row.id)


def end(database_session: Session) -> User | None:
    """Sign this browser out; a copy of its cookie opens nothing any more. Returns who was signed in."""
    user = current_user(database_session)
    if user is not None:
        browser_sessions.end(database_session, user, session["id"])
    session.clear()
    return user


def remember_half(user: User) -> None:
    """Keep for a few minutes who has given the right password, and has yet to give a code."""
    session.clear()
    session[HALF] = [user.firm_id, user.id, int(time.time()) + HALF_LIFETIME]


def half() -> tuple[int, str] | None:
    """Whose password was given a moment ago; None once that is too long ago."""
    firm_id, user_id, until = session.get(HALF, (0, "", 0))
    return (firm_id, user_id) if until > time.time() else None


def current_user(database_session: Session) -> User | None:
    """The user who is signed in, if the account still works and the session is neither too old nor ended."""
    if "id" not in session:
        return None
    return browser_sessions.user_of(database_session, session["firm_id"], session["id"])
