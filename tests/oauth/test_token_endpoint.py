"""How an app proves who it is at `/oauth/token`, and what malformed requests are told."""

from __future__ import annotations

import base64

import pytest

from tests.oauth_steps import PKCE, VERIFIER, new_code, new_tokens, redeem


def basic(text: bytes) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(text).decode()}


def error(answer) -> tuple[int, str]:
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.get_json()["error"]


def test_secret_in_the_body(client, firm, oauth_app):
    data = {
        "grant_type": "authorization_code",
        "code": new_code(client, firm, oauth_app),
        "redirect_uri": oauth_app.redirect_uri,
        "client_id": oauth_app.client_id,
        "client_secret": oauth_app.secret,
    }
    assert client.post("/oauth/token", data=data).status_code == 200


@pytest.mark.parametrize("by_basic", [True, False])
def test_public_app_only_names_itself(client, firm, register_app, by_basic):
    app = register_app(confidential=False)
    code = new_code(client, firm, app, **PKCE)
    data = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": app.redirect_uri,
        "code_verifier": VERIFIER,
    }
    if by_basic:
        answer = client.post("/oauth/token", data=data, auth=(app.client_id, ""))
    else:
        answer = client.post("/oauth/token", data={**data, "client_id": app.client_id})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic é",
        "Basic YTpi\x80",
        "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode(),
        "Basic " + base64.b64encode(b"nobody").decode(),
        "Basic " + base64.b64encode(b"\0:\0").decode(),
        "Basic " + base64.b64encode("é:ü%FF%00".encode()).decode(),
        "basic " + "A" * 10_000,
    ],
)
def test_malformed_basic_is_a_refusal(client, firm, oauth_app, header):
    answer = client.post(
        "/oauth/token",
        data={"grant_type": "refresh_token", "refresh_token": "x"},
        headers={"Authorization": header},
    )
    assert error(answer) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


@pytest.mark.parametrize("secret", ["wrong", "", "é", "\0", None])
def test_wrong_secret_is_a_refusal(client, firm, oauth_app, secret):
    data = {"grant_type": "refresh_token", "refresh_token": "x", "client_id": oauth_app.client_id}
    if secret is not None:
        data["client_secret"] = secret
    assert error(client.post("/oauth/token", data=data)) == (401, "invalid_client")
    answer = client.post("/oauth/token", data=data, auth=(oauth_app.client_id, secret or ""))
    assert error(answer) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def test_public_app_has_no_secret_to_guess(client, register_app):
    app = register_app(confidential=False)
    data = {
        "grant_type": "refresh_token",
        "refresh_token": "x",
        "client_id": app.client_id,
        "client_secret": "",
    }
    assert error(client.post("/oauth/token", data=data)) == (400, "invalid_grant")
    assert error(client.post("/oauth/token", data={**data, "client_secret": "x"})) == (401, "invalid_client")


def test_header_and_body_must_name_the_same_app(client, oauth_app, register_app):
    data = {
        "grant_type": "refresh_token",
        "refresh_token": "x",
        "client_id": register_app().client_id,
    }
    assert error(client.post("/oauth/token", data=data, auth=oauth_app.basic)) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, "invalid_request"),
        ({"grant_type": ""}, "invalid_request"),
        ({"grant_type": "password", "username": "a", "password": "b"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "unauthorized_client"),
        ({"grant_type": 'é"\\\0'}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, "invalid_request"),
        ({"grant_type": "authorization_code", "code": "nonsense"}, "invalid_grant"),
        ({"grant_type": "authorization_code", "code": "é\0"}, "invalid_grant"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
        ({"grant_type": "refresh_token", "refresh_token": "nonsense\0"}, "invalid_grant"),
        ({"grant_type": ["refresh_token", "refresh_token"], "refresh_token": "x"}, "invalid_request"),
        ({"grant_type": "refresh_token", "refresh_token": ["x", "y"]}, "invalid_request"),
    ],
)
def test_malformed_request(client, oauth_app, data, expected):
    assert error(client.post("/oauth/token", data=data, auth=oauth_app.basic)) == (400, expected)


def test_query_string_is_ignored(client, firm, oauth_app):
    token = new_tokens(client, firm, oauth_app)["refresh_token"]
    url = f"/oauth/token?grant_type=refresh_token&refresh_token={token}&client_id={oauth_app.client_id}"
    assert error(client.post(f"{url}&client_secret={oauth_app.secret}")) == (400, "invalid_request")
    data = {"grant_type": "refresh_token", "refresh_token": token}
    answer = client.post(
        f"/oauth/token?client_id={oauth_app.client_id}&client_secret={oauth_app.secret}", data=data
    )
    assert error(answer) == (401, "invalid_client")


def test_body_of_another_type_is_empty(client, oauth_app):
    answer = client.post("/oauth/token", json={"grant_type": "refresh_token"}, auth=oauth_app.basic)
    assert error(answer) == (400, "invalid_request")


def test_get_is_not_allowed(client):
    assert client.get("/oauth/token").status_code == 405


def test_refused_client_costs_the_code_nothing(client, firm, oauth_app):
    code = new_code(client, firm, oauth_app)
    client.post("/oauth/token", data={"grant_type": "authorization_code", "code": code})
    assert redeem(client, oauth_app, code).status_code == 200


@pytest.mark.parametrize("address", ["10.0.0.5", "::ffff:10.0.0.5", "", "nonsense"])
def test_plain_http_from_elsewhere_is_refused(client, oauth_app, address):
    options = {"environ_base": {"REMOTE_ADDR": address}}
    answer = client.post("/oauth/token", data={"grant_type": "refresh_token"}, **options)
    assert error(answer) == (400, "invalid_request")
    assert client.get("/login", **options).status_code == 400
    assert client.get("/login", base_url="https://firm.example.com", **options).status_code == 200


@pytest.mark.parametrize("host", ["", "evil host", "é", "[::1", "localhost:99999", "a" * 3000])
def test_any_host_header_is_survived(client, oauth_app, host):
    answer = client.post("/oauth/token", data={}, headers={"Host": host})
    assert answer.status_code < 500
    assert client.get("/oauth/authorize", headers={"Host": host}).status_code < 500
