"""Who is calling: the bearer check, and the decorator that guards a view."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import update

from app.auth import Caller, authenticate, public, requires, signed_in
from app.errors import InsufficientScope, NotAuthenticated
from app.extensions import database
from app.models import OAuthAccessToken, OAuthGrant, User
from oauth.credentials import digest
from tests.firms import issue_token


@pytest.fixture
def connection(app: Flask) -> Iterator[Any]:
    with app.extensions["database"].reading() as lent:
        yield lent


@pytest.fixture
def token(session, firm, oauth_app) -> str:
    user = session.get_one(User, (firm.firm_id, firm.user_id))
    found = issue_token(session, user, oauth_app.client_id, "read")
    session.commit()
    return found


def write(app: Flask, statement: Any) -> None:
    with app.extensions["database"].session.begin() as session:
        session.execute(statement)


@pytest.mark.parametrize("header", [None, "", "Basic abc", "Token abc", "BearerX abc"])
def test_no_bearer_token_was_sent(connection, header):
    with pytest.raises(NotAuthenticated) as refused:
        authenticate(connection, header)
    assert not refused.value.token_sent


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer x", "bearer a b", "Bearer é\0", "Bearer \x80"]
)
def test_unknown_token_was_sent(connection, header):
    with pytest.raises(NotAuthenticated) as refused:
        authenticate(connection, header)
    assert refused.value.token_sent


def test_caller(connection, token, firm, oauth_app):
    caller = authenticate(connection, f"Bearer {token}")
    assert caller == Caller(
        firm.firm_id,
        firm.user_id,
        oauth_app.client_id,
        "administrator",
        frozenset({"read"}),
        caller.grant_id,
    )


@pytest.mark.parametrize("lost", ["expired", "revoked", "inactive", "deleted"])
def test_token_that_no_longer_counts(app, connection, token, firm, lost):
    user = update(User).where(User.firm_id == firm.firm_id)
    at = datetime.now(UTC)
    write(
        app,
        {
            "expired": update(OAuthAccessToken)
            .where(OAuthAccessToken.hash == digest(token))
            .values(expires_at=at),
            "revoked": update(OAuthGrant).where(OAuthGrant.firm_id == firm.firm_id).values(revoked_at=at),
            "inactive": user.values(is_active=False),
            "deleted": user.values(deleted_at=at),
        }[lost],
    )
    with pytest.raises(NotAuthenticated) as refused:
        authenticate(connection, f"Bearer {token}")
    assert refused.value.token_sent


def test_guard_lends_the_connection_and_names_the_caller(app, token, firm):
    @requires("matters:read")
    def view(word: str) -> str:
        assert g.caller.user_id == firm.user_id
        assert g.reader.execute("SELECT 1").fetchone()[0] == 1
        return word

    assert view.access == "matters:read"
    with app.test_request_context(headers={"Authorization": f"Bearer {token}"}):
        assert view("seen") == "seen"
        idle = len(database().readers._idle)
        assert view("again") == "again"
        assert len(database().readers._idle) == idle


def test_guard_refuses_a_scope_that_was_not_granted(app, token):
    @requires("write")
    def view() -> str:
        raise AssertionError("never reached")

    with (
        app.test_request_context(headers={"Authorization": f"Bearer {token}"}),
        pytest.raises(InsufficientScope) as refused,
    ):
        view()
    assert refused.value.scope == "write"


def test_token_in_the_query_string_is_ignored(app, token):
    @requires("read")
    def view() -> str:
        raise AssertionError("never reached")

    with app.test_request_context(f"/?access_token={token}"), pytest.raises(NotAuthenticated) as refused:
        view()
    assert not refused.value.token_sent


def test_pages_declare_their_access():
    assert public(lambda: None).access == "public"
    assert signed_in(lambda: None).access == "session"


def test_every_page_declares_its_access(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("web.") and rule.endpoint != "web.static":
            assert app.view_functions[rule.endpoint].access in ("public", "session"), rule
