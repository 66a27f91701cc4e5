"""One firm for all tests of a module, with what they ask about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.extensions import Database
from app.models import User
from tests.firms import Workplace, issue_token, open_firm, password_hash


@pytest.fixture(scope="module")
def place(app: Flask) -> Workplace:
    database: Database = app.extensions["database"]
    with database.session() as session:
        return open_firm(app, session)


@pytest.fixture(scope="module")
def account(place: Workplace) -> str:
    """The id of an account without a name of its own."""
    body = {"primary_contact": {"first_name": "Jo", "last_name": "Doe"}}
    return str(place.ok("POST", "/api/v2/accounts", json=body)["id"])


@pytest.fixture(scope="module")
def matter(place: Workplace, account: str) -> str:
    body = {"name": "Doe v. Roe", "status": "Open", "account_ref": account}
    return str(place.ok("POST", "/api/v2/matters", json=body)["id"])


@pytest.fixture
def token_of_member(place: Workplace, session: Session) -> str:
    """The token of somebody who is no administrator."""
    email = f"grace.{place.user_id}.{id(session)}@example.com"
    user = User(firm_id=place.firm_id, email=email, login=email, display_name="Grace Hopper")
    user.password_hash = password_hash()
    session.add(user)
    session.flush()
    token = issue_token(session, user, str(place.client_id), "full")
    session.commit()
    return token


@pytest.fixture
def refused(place: Workplace) -> Callable[..., Any]:
    """What a request that must be a 400 hears: the fields with their texts, or else the message."""

    def ask(method: str, path: str, **kwargs: Any) -> Any:
        answer = place.request(method, path, **kwargs)
        assert answer.status_code == 400, (answer.status_code, answer.text[:300])
        body = answer.get_json()
        return body.get("modelState", body["message"])

    return ask
