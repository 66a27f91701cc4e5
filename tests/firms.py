"""Firms for tests: each test works in one of its own, with a user, an app and a token."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy.orm import Session

from app.models import Firm, OAuthAccessToken, OAuthGrant, User
from app.models.base import new_id
from app.models.identity import ADMINISTRATOR
from app.services import apps
from oauth.credentials import digest, new_credential

PASSWORD = "correct horse battery"
REDIRECT_URI = "http://127.0.0.1/callback"


@dataclass
class Workplace:
    """A firm with its administrator, whose token the requests carry."""

    app: Flask
    firm_id: int
    user_id: str
    email: str
    token: str
    password: str = PASSWORD
    client_id: str | None = None
    sight: None = None
    not_enabled: None = None
    role: str = ADMINISTRATOR
    rights: None = None

    def request(self, method: str, path: str, token: str | None = None, **kwargs: Any) -> Any:
        headers = {"Authorization": f"Bearer {token or self.token}", **kwargs.pop("headers", {})}
        return self.app.test_client().open(path, method=method, headers=headers, **kwargs)

    def get(self, path: str, **kwargs: Any) -> Any:
        return self.request("GET", path, **kwargs)

    def ok(self, method: str, path: str, **kwargs: Any) -> Any:
        """The JSON of an answer that must be 200."""
        answer = self.request(method, path, **kwargs)
        assert answer.status_code == 200, (method, path, answer.status_code, answer.text[:500])
        return answer.get_json()

    def list(self, path: str, **query: str) -> Any:
        return self.ok("GET", path, query_string=query)


@cache
def password_hash() -> str:
    """Hashed once, and cheaply: the cost stands in the hash, so each sign-in of a test is quick too."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def open_firm(app: Flask, session: Session) -> Workplace:
    """A new firm with an administrator and a token of full scope."""
    firm = Firm(name=f"Firm {secrets.token_hex(4)}", approves_apps=True)
    session.add(firm)
    session.flush()
    email = f"ada.{secrets.token_hex(6)}@example.com"
    user = User(
        firm_id=firm.id,
        email=email,
        login=email,
        password_hash=password_hash(),
        role=ADMINISTRATOR,
        first_name="Ada",
        last_name="Lovelace",
        display_name="Ada Lovelace",
    )
    session.add(user)
    session.flush()
    client, _ = apps.register(
        session, firm_id=firm.id, name="Test app", redirect_uris=[REDIRECT_URI], requires_pkce=False
    )
    token = issue_token(session, user, client.client_id, "full")
    session.commit()
    return Workplace(app, firm.id, user.id, email, token, client_id=client.client_id)


def issue_token(session: Session, user: User, client_id: str, scope: str) -> str:
    """An access token, as the token endpoint would hand it out."""
    grant = OAuthGrant(firm_id=user.firm_id, id=new_id(), user_id=user.id, client_id=client_id, scope=scope)
    session.add(grant)
    session.flush()
    token = new_credential()
    until = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    session.add(
        OAuthAccessToken(
            hash=digest(token), firm_id=user.firm_id, grant_id=grant.id, scope=scope, expires_at=until
        )
    )
    return token
