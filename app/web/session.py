"""The browser's session: a signed cookie that says who signed in, and when."""

from __future__ import annotations

import secrets
import time

from flask import Flask, Request, current_app, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from sqlalchemy.orm import Session

from app.config import Settings
from app.models import User
from app.services.people import find_active

WITHOUT_SESSION = ("/api/", "/odata/", "/hubs/")


class PageSessions(SecureCookieSessionInterface):
    """Flask's own sessions, but not on the API: it knows its callers by their tokens alone, and checking a
    signature there would cost every request."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith(WITHOUT_SESSION):
            return None
        return super().open_session(app, request)


def begin(user: User) -> None:
    """Start a new session for somebody who has just proved who they are; nothing of the old one survives."""
    session.clear()
    session.permanent = True
    session.update(
        firm_id=user.firm_id, user_id=user.id, signed_in_at=time.time(), nonce=secrets.token_urlsafe(16)
    )


def end() -> None:
    session.clear()


def current_user(database_session: Session) -> User | None:
    """The user who is signed in, if the account still works and the session is neither too old nor ended."""
    settings: Settings = current_app.extensions["settings"]
    began = session.get("signed_in_at", 0)
    if began + settings.session_lifetime <= time.time():
        return None
    user = find_active(database_session, session["firm_id"], session["user_id"])
    if user is not None and user.signed_out_at and began <= user.signed_out_at.timestamp():
        return None
    return user
