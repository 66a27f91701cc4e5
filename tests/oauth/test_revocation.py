"""Giving tokens back (RFC 7009)."""

from __future__ import annotations

import pytest

from tests.oauth_steps import new_tokens, opens, post_as, refresh


def revoke(client, app, token, **more):
    return post_as(client, app, "/oauth/revoke", token=token, **more)


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
@pytest.mark.parametrize("hint", ["access_token", "refresh_token", "nonsense", ""])
def test_either_token_ends_the_grant_whatever_the_hint(client, firm, oauth_app, kind, hint):
    tokens = new_tokens(client, firm, oauth_app)
    later = refresh(client, oauth_app, tokens["refresh_token"]).get_json()
    answer = revoke(client, oauth_app, later[kind], token_type_hint=hint)
    assert (answer.status_code, answer.get_json()) == (200, {})
    assert not opens(client, tokens["access_token"])
    assert not opens(client, later["access_token"])
    assert refresh(client, oauth_app, later["refresh_token"]).get_json()["error"] == "invalid_grant"


@pytest.mark.parametrize("token", ["nonsense", "é\0", "x" * 5_000])
def test_unknown_token_is_no_error(client, oauth_app, token):
    assert revoke(client, oauth_app, token).status_code == 200


def test_token_of_another_app_is_left_alone(client, firm, oauth_app, register_app):
    tokens = new_tokens(client, firm, oauth_app)
    assert revoke(client, register_app(), tokens["refresh_token"]).status_code == 200
    assert opens(client, tokens["access_token"])


def test_another_grant_of_the_same_user_is_left_alone(client, firm, oauth_app):
    one, other = new_tokens(client, firm, oauth_app), new_tokens(client, firm, oauth_app)
    revoke(client, oauth_app, one["refresh_token"])
    assert opens(client, other["access_token"])


@pytest.mark.parametrize(
    ("data", "status", "error"),
    [({}, 400, "invalid_request"), ({"token": ["a", "b"]}, 400, "invalid_request")],
)
def test_malformed_request(client, oauth_app, data, status, error):
    answer = client.post("/oauth/revoke", data=data, auth=oauth_app.basic)
    assert (answer.status_code, answer.get_json()["error"]) == (status, error)
    assert answer.headers["Cache-Control"] == "no-store"


def test_get_is_not_allowed(client):
    assert client.get("/oauth/revoke?token=x").status_code == 405


def test_revoked_family_does_not_come_back_by_a_volley(client, firm, oauth_app):
    first = new_tokens(client, firm, oauth_app)
    second = refresh(client, oauth_app, first["refresh_token"]).get_json()
    refresh(client, oauth_app, first["refresh_token"])
    revoke(client, oauth_app, second["refresh_token"])
    for _ in range(5):
        refresh(client, oauth_app, first["refresh_token"])
    assert not opens(client, second["access_token"])
