"""Asking about tokens (RFC 7662)."""

from __future__ import annotations

import pytest

from app.models import User
from tests.oauth_steps import introspect, new_tokens, post_as, refresh


def test_access_token(client, firm, oauth_app):
    tokens = new_tokens(client, firm, oauth_app, scope="read", resource="http://localhost/api/v2")
    told = introspect(client, oauth_app, tokens["access_token"])
    assert told.pop("exp") - told.pop("iat") == 86_400
    assert told == {
        "active": True,
        "scope": "read",
        "client_id": oauth_app.client_id,
        "sub": firm.user_id,
        "iss": "http://localhost",
        "aud": "http://localhost/api/v2",
        "token_type": "bearer",
    }


def test_refresh_token(client, firm, oauth_app):
    tokens = new_tokens(client, firm, oauth_app)
    told = introspect(client, oauth_app, tokens["refresh_token"], token_type_hint="nonsense")
    assert told["active"] is True
    assert "token_type" not in told
    assert "aud" not in told


@pytest.mark.parametrize("token", ["nonsense", "é\0", "x" * 5_000])
def test_unknown_token(client, oauth_app, token):
    assert introspect(client, oauth_app, token) == {"active": False}


def test_token_of_another_app(client, firm, oauth_app, register_app):
    tokens = new_tokens(client, firm, oauth_app)
    for token in (tokens["access_token"], tokens["refresh_token"], firm.token):
        assert introspect(client, register_app(), token) == {"active": False}


def test_spent_and_revoked_tokens(client, firm, oauth_app):
    first = new_tokens(client, firm, oauth_app)
    second = refresh(client, oauth_app, first["refresh_token"]).get_json()
    assert introspect(client, oauth_app, first["refresh_token"]) == {"active": False}
    post_as(client, oauth_app, "/oauth/revoke", token=second["refresh_token"])
    for token in (first["access_token"], second["access_token"], second["refresh_token"]):
        assert introspect(client, oauth_app, token) == {"active": False}


def test_token_of_a_user_who_was_switched_off(app, client, firm, oauth_app):
    tokens = new_tokens(client, firm, oauth_app)
    with app.extensions["database"].session.begin() as session:
        session.get_one(User, (firm.firm_id, firm.user_id)).is_active = False
    assert introspect(client, oauth_app, tokens["access_token"]) == {"active": False}


def test_public_app_cannot_ask(client, firm, register_app):
    app = register_app(confidential=False)
    answer = client.post("/oauth/introspect", data={"token": "x", "client_id": app.client_id})
    assert (answer.status_code, answer.get_json()["error"]) == (401, "invalid_client")


def test_anonymous_caller_cannot_ask(client):
    assert client.post("/oauth/introspect", data={"token": "x"}).status_code == 401
