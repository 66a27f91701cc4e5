"""A firm's own service accounts, by client credentials."""

from __future__ import annotations

import pytest

from app.models import OAuthClient, User
from tests.oauth_steps import authorize_url, introspect, opens, post_as


@pytest.fixture
def account(session, firm, register_app):
    user = session.get_one(User, (firm.firm_id, firm.user_id))
    return register_app(acts_as=user, grant_types=[], redirect_uris=[], scope="read matters:write")


def ask(client, app, **more):
    return post_as(client, app, "/oauth/token", grant_type="client_credentials", **more)


def test_service_account_acts_as_the_user_that_the_firm_named(client, firm, account):
    answer = ask(client, account)
    tokens = answer.get_json()
    assert list(tokens) == ["access_token", "token_type", "expires_in", "scope"]
    assert tokens["scope"] == "matters:write read"
    assert answer.headers["Cache-Control"] == "no-store"
    header = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert client.get("/api/v2/users/me", headers=header).get_json()["id"] == firm.user_id
    assert introspect(client, account, tokens["access_token"])["sub"] == firm.user_id


def test_one_token_can_be_revoked_without_the_others(client, account):
    one, other = ask(client, account).get_json(), ask(client, account).get_json()
    assert post_as(client, account, "/oauth/revoke", token=one["access_token"]).status_code == 200
    assert not opens(client, one["access_token"])
    assert opens(client, other["access_token"])


@pytest.mark.parametrize("scope", ["full", "accounts:write", "everything"])
def test_it_gets_no_more_than_it_is_registered_for(client, account, scope):
    answer = ask(client, account, scope=scope)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_scope")
    assert ask(client, account, scope="tags:read").get_json()["scope"] == "tags:read"


def test_other_apps_cannot_use_the_grant(client, oauth_app, register_app):
    for app in (oauth_app, register_app(confidential=False)):
        answer = ask(client, app)
        assert answer.get_json()["error"] in ("unauthorized_client", "invalid_client")


def test_it_cannot_use_the_other_grants(client, account):
    assert client.get(authorize_url(account, redirect_uri=None)).status_code == 400
    answer = post_as(client, account, "/oauth/token", grant_type="refresh_token", refresh_token="x")
    assert answer.get_json()["error"] == "unauthorized_client"


@pytest.mark.parametrize(
    "change", [{"acts_as_id": None}, {"firm_id": None}, {"is_confidential": False, "secret_hash": None}]
)
def test_account_that_is_not_whole_gets_nothing(app, client, account, change):
    with app.extensions["database"].session.begin() as session:
        row = session.get_one(OAuthClient, account.client_id)
        for name, value in change.items():
            setattr(row, name, value)
    assert ask(client, account).status_code in (400, 401)


def test_account_ends_with_its_user(app, client, firm, account):
    token = ask(client, account).get_json()["access_token"]
    with app.extensions["database"].session.begin() as session:
        session.get_one(User, (firm.firm_id, firm.user_id)).is_active = False
    assert not opens(client, token)
    assert ask(client, account).get_json()["error"] == "invalid_grant"


def test_wrong_secret(client, account):
    data = {"grant_type": "client_credentials"}
    assert client.post("/oauth/token", data=data, auth=(account.client_id, "wrong")).status_code == 401
    assert client.post("/oauth/token", data={**data, "client_id": account.client_id}).status_code == 401
