"""What people do at the portal."""

from __future__ import annotations

import re
import secrets
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import User
from app.models.identity import MEMBER
from app.services import browser_sessions, people
from tests.firms import Workplace, password_hash
from tests.oauth_steps import fields

FORM = {
    "name": "Ledger",
    "redirect_uris": "https://ledger.example.com/callback\nhttp://127.0.0.1/callback\n",
    "kind": "confidential",
    "access": "full",
    "requires_pkce": "yes",
}


class Portal:
    """A browser in which somebody has signed in."""

    def __init__(self, app: Flask, email: str) -> None:
        self.email = email
        self.secrets: dict[str, str | None] = {}
        self.browser = app.test_client()
        with app.extensions["database"].session.begin() as work:
            user = people.by_login(work, email)
            row = browser_sessions.begin(work, user, lifetime=3_600, address=None, browser=None)
        with self.browser.session_transaction() as cookie:
            cookie.update(firm_id=row.firm_id, id=row.id)

    def get(self, path: str) -> TestResponse:
        return self.browser.get(path)

    def page(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.text

    def post(self, path: str, data: dict[str, Any] | None = None) -> TestResponse:
        """Send a form of ours."""
        token = fields(self.page("/developer/apps/new"))["csrf_token"]
        return self.browser.post(path, data={"csrf_token": token, **(data or {})})

    def follow(self, answer: TestResponse) -> str:
        """The page that a form leads to."""
        assert answer.status_code == 303, answer.text
        return self.page(answer.location)

    def register(self, **typed: Any) -> str:
        """Register an app by the form; its page."""
        return self.follow(self.post("/developer/apps/new", {**FORM, **typed}))


def colleague(session: Session, workplace: Workplace) -> str:
    """Somebody else of the firm, who is no administrator; the address to sign in with."""
    email = f"bob.{secrets.token_hex(6)}@example.com"
    user = User(
        firm_id=workplace.firm_id,
        email=email,
        login=email,
        password_hash=password_hash(),
        role=MEMBER,
        display_name="Bob Bell",
    )
    session.add(user)
    session.commit()
    return email


def secret_on(page: str) -> str | None:
    found = re.search(r'<p class="code secret">([^<]+)</p>', page)
    return found[1] if found else None


def client_id_on(page: str) -> str:
    found = re.search(r'<dd class="code copy">([0-9a-f]{32})</dd>', page)
    assert found, page
    return found[1]
