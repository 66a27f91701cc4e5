"""Every form carries a token that only our own pages can know."""

from __future__ import annotations

import hmac
import secrets

from flask import request, session

FIELD = "csrf_token"


def csrf_token() -> str:
    """The token of this session, for a form's hidden field."""
    if FIELD not in session:
        session[FIELD] = secrets.token_urlsafe(32)
    token: str = session[FIELD]
    return token


def came_from_our_form() -> bool:
    """Whether the form that was posted is one that this session was shown."""
    expected: str = session.get(FIELD, "")
    sent = request.form.get(FIELD, "")
    return bool(expected) and hmac.compare_digest(expected.encode(), sent.encode())
