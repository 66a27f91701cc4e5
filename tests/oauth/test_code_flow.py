"""From the app's first redirect to a token, and what is refused on the way."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from app.auth import authenticate
from app.errors import NotAuthenticated
from app.models import OAuthCode
from oauth.credentials import digest
from tests.oauth_steps import (
    PKCE,
    VERIFIER,
    authorize_url,
    decide,
    log_in,
    new_code,
    new_tokens,
    redeem,
    sent_back,
)


def works(app: Any, token: str) -> bool:
    with app.extensions["database"].reading() as connection:
        try:
            authenticate(connection, f"Bearer {token}")
        except NotAuthenticated:
            return False
        return True


def test_token_answer_has_exactly_the_published_members(client, firm, oauth_app):
    answer = redeem(client, oauth_app, new_code(client, firm, oauth_app))
    tokens = answer.get_json()
    assert list(tokens) == ["access_token", "token_type", "expires_in", "refresh_token", "scope"]
    assert tokens["token_type"] == "bearer"
    assert tokens["expires_in"] == 86_400
    assert tokens["scope"] == "full"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/json"


def test_redirect_carries_code_exact_state_and_issuer(client, firm, oauth_app):
    log_in(client, firm)
    answer = decide(client, client.get(authorize_url(oauth_app)), "approve")
    assert answer.location.startswith(oauth_app.redirect_uri + "?")
    back = sent_back(answer)
    assert set(back) == {"code", "state", "iss"}
    assert back["state"] == "s t&te=1"
    assert back["iss"] == "http://localhost"


def test_token_knows_its_caller(app, client, firm, oauth_app):
    token = new_tokens(client, firm, oauth_app, scope="read")["access_token"]
    with app.extensions["database"].reading() as connection:
        caller = authenticate(connection, f"bEaReR  {token}")
    assert (caller.firm_id, caller.user_id, caller.client_id) == (
        firm.firm_id,
        firm.user_id,
        oauth_app.client_id,
    )
    assert caller.role == "administrator"
    assert caller.scopes == {"read"}


def test_second_use_of_a_code_kills_its_tokens(app, client, firm, oauth_app):
    code = new_code(client, firm, oauth_app)
    tokens = redeem(client, oauth_app, code).get_json()
    assert works(app, tokens["access_token"])
    again = redeem(client, oauth_app, code)
    assert (again.status_code, again.get_json()["error"]) == (400, "invalid_grant")
    assert again.headers["Cache-Control"] == "no-store"
    assert not works(app, tokens["access_token"])


def test_expired_code_is_refused(app, client, firm, oauth_app):
    code = new_code(client, firm, oauth_app)
    with app.extensions["database"].session.begin() as session:
        session.execute(
            update(OAuthCode).where(OAuthCode.hash == digest(code)).values(expires_at=OAuthCode.created_at)
        )
    assert redeem(client, oauth_app, code).get_json()["error"] == "invalid_grant"


def test_code_of_another_app_is_refused_and_stays_good(client, firm, oauth_app, register_app):
    code = new_code(client, firm, oauth_app)
    thief = register_app(name="Thief")
    assert redeem(client, thief, code).get_json()["error"] == "invalid_grant"
    assert redeem(client, oauth_app, code).status_code == 200


@pytest.mark.parametrize("uri", ["https://app.example.com/other", "https://app.example.com/callback/", None])
def test_code_is_bound_to_its_redirect_uri(client, firm, oauth_app, uri):
    code = new_code(client, firm, oauth_app)
    data = {"grant_type": "authorization_code", "code": code, **({"redirect_uri": uri} if uri else {})}
    answer = client.post("/oauth/token", data=data, auth=oauth_app.basic)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_grant")


def test_redirect_uri_may_be_left_out_where_only_one_is_registered(client, firm, oauth_app):
    code = new_code(client, firm, oauth_app, redirect_uri=None)
    data = {"grant_type": "authorization_code", "code": code}
    assert client.post("/oauth/token", data=data, auth=oauth_app.basic).status_code == 200


def test_verifier_opens_a_challenged_code(client, firm, register_app):
    app = register_app(requires_pkce=True)
    code = new_code(client, firm, app, **PKCE)
    assert redeem(client, app, code, code_verifier=VERIFIER).status_code == 200


@pytest.mark.parametrize("verifier", ["w" * 43, "v" * 42, "v" * 129, "é" * 43, VERIFIER + "\n", "", None])
def test_wrong_verifier_burns_the_code(client, firm, oauth_app, verifier):
    code = new_code(client, firm, oauth_app, **PKCE)
    more = {} if verifier is None else {"code_verifier": verifier}
    assert redeem(client, oauth_app, code, **more).get_json()["error"] == "invalid_grant"
    assert redeem(client, oauth_app, code, code_verifier=VERIFIER).get_json()["error"] == "invalid_grant"


def test_verifier_without_a_challenge_is_refused(client, firm, oauth_app):
    code = new_code(client, firm, oauth_app)
    assert redeem(client, oauth_app, code, code_verifier=VERIFIER).get_json()["error"] == "invalid_grant"


def test_user_who_was_switched_off_gets_no_token(app, client, firm, oauth_app):
    from app.models import User

    code = new_code(client, firm, oauth_app)
    token = new_tokens(client, firm, oauth_app)["access_token"]
    with app.extensions["database"].session.begin() as session:
        session.get_one(User, (firm.firm_id, firm.user_id)).is_active = False
    assert redeem(client, oauth_app, code).get_json()["error"] == "invalid_grant"
    assert not works(app, token)
