"""Apps register themselves (RFC 7591) and look after what they registered (RFC 7592)."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import update

from app.models import InitialAccessToken, OAuthClient
from app.services.registration import make_initial_access_token
from tests.oauth_fixtures import RegisteredApp
from tests.oauth_steps import (
    PKCE,
    VERIFIER,
    authorize_url,
    log_in,
    new_code,
    opens,
    redeem,
    refresh,
    sent_back,
)

CALLBACK = "https://app.example.com/cb"


def register(client, token=None, **metadata):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body = {"client_name": "Robot", "redirect_uris": [CALLBACK], **metadata}
    return client.post("/oauth/register", json=body, headers=headers)


def bearer(told):
    return {"Authorization": f"Bearer {told['registration_access_token']}"}


def path(told):
    return told["registration_client_uri"].removeprefix("http://localhost")


def connect(client, firm, told):
    app = RegisteredApp(told["client_id"], told.get("client_secret"), told["redirect_uris"][0])
    return app, redeem(client, app, new_code(client, firm, app, **PKCE), code_verifier=VERIFIER)


@pytest.fixture
def told(client):
    answer = register(client)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_json()


def test_answer_says_what_was_registered(told):
    client_id, secret = told.pop("client_id"), told.pop("client_secret")
    assert told.pop("client_id_issued_at") > 1_700_000_000
    assert len(secret) == len(told.pop("registration_access_token")) == 43
    assert told == {
        "registration_client_uri": f"http://localhost/oauth/register/{client_id}",
        "client_name": "Robot",
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "client_secret_basic",
        "scope": "full",
        "client_secret_expires_at": 0,
    }


def test_registered_app_connects_with_pkce_only(client, firm, told):
    app, answer = connect(client, firm, told)
    assert opens(client, answer.get_json()["access_token"])
    assert sent_back(client.get(authorize_url(app)))["error"] == "invalid_request"


def test_public_app_has_no_secret(client, firm):
    told = register(client, token_endpoint_auth_method="none").get_json()
    assert "client_secret" not in told
    assert connect(client, firm, told)[1].status_code == 200


@pytest.mark.parametrize(
    "uri",
    [
        "http://app.example.com/cb",
        "http://127.0.0.1.evil.com/cb",
        "http://localhost.evil.com/cb",
        "http://127.0.0.1@evil.com/cb",
        "http://2130706433/cb",
        "https://*.example.com/cb",
        "https://app.example.com/*",
        "https://app.example.com/cb#part",
        "https://app.example.com/cb#",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "myapp:/callback",
        "https://",
        "https:///cb",
        "/cb",
        "cb",
        "",
        "https://app.example.com/\n",
        "https://é.example.com/",
        "https://[::1",
        "https://app.example.com:99999/",
        "x" * 3000,
    ],
)
def test_unsafe_redirect_is_refused(client, uri):
    answer = register(client, redirect_uris=[CALLBACK, uri])
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_redirect_uri")


@pytest.mark.parametrize(
    "uri",
    [
        "com.example.app:/cb",
        "http://127.0.0.1/cb",
        "http://[::1]/cb",
        "http://localhost:3000/cb",
        "https://app.example.com:8443/cb?tenant=1",
    ],
)
def test_safe_redirect_is_accepted(client, uri):
    assert register(client, redirect_uris=[uri]).get_json()["redirect_uris"] == [uri]


@pytest.mark.parametrize("uri", ["myapp:/callback", "myapp://callback"])
def test_dotless_scheme_is_accepted_only_where_the_operator_allows_it(client, client_with, uri):
    assert register(client, redirect_uris=[uri]).status_code == 400
    tolerant = client_with(dotless_redirect_schemes=True)
    assert register(tolerant, redirect_uris=[uri]).status_code == 201
    for never in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"):
        assert register(tolerant, redirect_uris=[never]).status_code == 400


@pytest.mark.parametrize(
    "metadata",
    [
        {"scope": "everything"},
        {"scope": "read matters:delete"},
        {"scope": 5},
        {"scope": ["read"]},
        {"grant_types": ["client_credentials"]},
        {"grant_types": ["password"]},
        {"grant_types": []},
        {"grant_types": "authorization_code"},
        {"grant_types": [["authorization_code"]]},
        {"response_types": ["token"]},
        {"response_types": ["code", "token"]},
        {"response_types": [{}]},
        {"token_endpoint_auth_method": "private_key_jwt"},
        {"token_endpoint_auth_method": {}},
        {"client_name": "x" * 101},
        {"client_name": "\u202eevil"},
        {"client_name": "\0"},
        {"client_name": 5},
        {"client_uri": "javascript:alert(1)"},
        {"client_uri": "https://é.example.com"},
        {"client_uri": []},
        {"logo_uri": "file:///x"},
    ],
)
def test_unusable_metadata_is_refused(client, metadata):
    answer = register(client, **metadata)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_client_metadata")


@pytest.mark.parametrize("uris", [[], None, "https://app.example.com/cb", [5], {}, [CALLBACK] * 21])
def test_redirect_uris_are_a_list_with_something_in_it(client, uris):
    assert register(client, redirect_uris=uris).status_code == 400


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"5", b"null", b"{", b"\xff", b"[" * 100_000, b'{"client_name": "\\ud800"}']
)
def test_body_that_is_no_object_is_refused(client, body):
    answer = client.post("/oauth/register", data=body, content_type="application/json")
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_client_metadata")


def test_unknown_members_are_ignored(client):
    answer = register(client, software_id="x", jwks={"keys": []}, contacts=["a@example.com"], evil={"a": 1})
    assert answer.status_code == 201


def test_app_without_a_name_has_that_of_its_host(client):
    assert register(client, client_name=None).get_json()["client_name"] == "app.example.com"


def test_app_reads_changes_and_deletes_its_registration(client, firm, told):
    read = client.get(path(told), headers=bearer(told))
    assert read.status_code == 200
    assert read.headers["Cache-Control"] == "no-store"
    assert {**read.get_json(), "client_secret": told["client_secret"], "client_secret_expires_at": 0} == told

    app, answer = connect(client, firm, told)
    tokens = answer.get_json()
    change = {
        "client_id": told["client_id"],
        "redirect_uris": [CALLBACK],
        "scope": "read",
        "client_name": "Tin",
    }
    changed = client.put(
        path(told), json={**change, "client_secret": told["client_secret"]}, headers=bearer(told)
    )
    assert changed.status_code == 200, changed.text
    assert changed.get_json()["scope"] == "read"
    assert changed.get_json()["client_name"] == "Tin"
    tokens = refresh(client, app, tokens["refresh_token"]).get_json()
    assert tokens["scope"] == "read"

    gone = client.delete(path(told), headers=bearer(told))
    assert (gone.status_code, gone.data) == (204, b"")
    assert not opens(client, tokens["access_token"])
    assert refresh(client, app, tokens["refresh_token"]).status_code == 401
    assert client.get(authorize_url(app, **PKCE)).status_code == 400
    assert client.get(path(told), headers=bearer(told)).status_code == 401


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("header", [None, "Bearer wrong", "Bearer", "Basic YTpi", "Bearer é\0"])
def test_registration_opens_with_its_own_token_only(client, told, method, header):
    other = register(client).get_json()
    sent = {"Authorization": header} if header else {}
    for headers in (sent, bearer(other)):
        answer = client.open(
            path(told), method=method, headers=headers, json={"client_id": told["client_id"]}
        )
        assert (answer.status_code, answer.get_json()["error"]) == (401, "invalid_token")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("client_id", ["nobody", "%00", "é", "x" * 5000])
def test_unknown_registration(client, client_id):
    answer = client.get(f"/oauth/register/{client_id}", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 401


def test_app_that_a_developer_registered_has_no_registration_token(client, oauth_app):
    for token in ("", oauth_app.secret):
        answer = client.get(
            f"/oauth/register/{oauth_app.client_id}", headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.status_code == 401


@pytest.mark.parametrize(
    "more",
    [
        {"client_id": None},
        {"client_id": "other"},
        {"client_secret": "wrong"},
        {"client_secret": 5},
        {"registration_access_token": "x"},
        {"client_secret_expires_at": 0},
    ],
)
def test_update_must_be_of_this_registration(client, told, more):
    body = {"client_id": told["client_id"], "redirect_uris": [CALLBACK], **more}
    answer = client.put(path(told), json=body, headers=bearer(told))
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_request")


def test_app_that_becomes_public_loses_its_secret_and_the_other_way_round(client, firm, told):
    body = {"client_id": told["client_id"], "redirect_uris": [CALLBACK]}
    public = client.put(
        path(told), json={**body, "token_endpoint_auth_method": "none"}, headers=bearer(told)
    ).get_json()
    assert "client_secret" not in public
    assert connect(client, firm, public)[1].status_code == 200
    again = client.put(path(told), json=body, headers=bearer(told)).get_json()
    assert again["client_secret"] not in (None, told["client_secret"])
    assert connect(client, firm, again)[1].status_code == 200


def test_operator_can_ask_for_an_initial_access_token(app, client_with, firm):
    strict = client_with(client_registration="token")
    with app.extensions["database"].session.begin() as session:
        token, expired = (make_initial_access_token(session, firm_id=firm.firm_id) for _ in range(2))
    nothing = register(strict)
    assert nothing.status_code == 401
    assert nothing.headers["WWW-Authenticate"] == "Bearer"
    for wrong in ("nonsense", "é\0"):
        assert register(strict, wrong).get_json()["error"] == "invalid_token"
    assert register(strict, token, scope="everything").status_code == 400
    told = register(strict, token)
    assert told.status_code == 201
    assert register(strict, token).status_code == 401
    with app.extensions["database"].session.begin() as session:
        assert session.get_one(OAuthClient, told.get_json()["client_id"]).firm_id == firm.firm_id
        session.execute(
            update(InitialAccessToken).values(expires_at=dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1))
        )
    assert register(strict, expired).status_code == 401


def test_operator_can_close_it(client_with):
    closed = client_with(client_registration="closed")
    answer = register(closed)
    assert (answer.status_code, answer.get_json()["error"]) == (403, "access_denied")
    assert "registration_endpoint" not in closed.get("/.well-known/oauth-authorization-server").get_json()


def test_production_asks_for_a_token_unless_told_otherwise(client_with):
    client = client_with(matterbase_env="production", secret_key="s" * 40)
    assert register(client).status_code == 401


def test_registering_in_masses_is_slowed(client_with):
    client = client_with(limit_guesses=True)
    statuses = [register(client).status_code for _ in range(12)]
    assert statuses[0] == 201
    assert statuses[-1] == 429


def test_consent_page_says_that_nobody_knows_the_app(client, firm, told):
    log_in(client, firm)
    app = RegisteredApp(told["client_id"], None, CALLBACK)
    assert "registered itself" in client.get(authorize_url(app, **PKCE)).text


def test_tokens_of_an_app_survive_its_update(client, firm, told):
    app, answer = connect(client, firm, told)
    body = {"client_id": told["client_id"], "redirect_uris": [CALLBACK, "https://b.example.com/"]}
    assert client.put(path(told), json=body, headers=bearer(told)).status_code == 200
    assert refresh(client, app, answer.get_json()["refresh_token"]).status_code == 200
