"""Whatever is sent to the pages and to the OAuth endpoints, it is answered, and never with a server error."""

from __future__ import annotations

import random

import pytest
from flask.testing import FlaskClient

from tests.oauth.test_devices import DEVICE_CODE
from tests.oauth_fixtures import RegisteredApp
from tests.oauth_steps import fields, log_in

REQUESTS = 250
NAMES = [
    "response_type",
    "client_id",
    "client_secret",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "grant_type",
    "code",
    "refresh_token",
    "code_verifier",
    "refresh_token_expires_at",
    "expires_at",
    "email",
    "password",
    "next",
    "decision",
    "token",
    "token_type_hint",
    "device_code",
    "user_code",
    "resource",
    "reason",
]
ODD = [
    "",
    "\0",
    "é",
    "\u202e",
    "'\"<>\\",
    "%",
    "%00",
    "\r\n",
    " ",
    "a" * 5_000,
    "9" * 5_000,
    "-1",
    "[]",
    "{}",
    "\t/",
]


PATHS = [
    "/oauth/authorize",
    "/oauth/token",
    "/oauth/revoke",
    "/oauth/introspect",
    "/oauth/device_authorization",
    "/device",
    "/access-requests",
    "/login",
    "/logout",
    "/",
]


@pytest.mark.usefixtures("cheap_strangers")
@pytest.mark.parametrize("path", PATHS)
def test_no_request_is_a_server_error(client: FlaskClient, firm, oauth_app: RegisteredApp, path: str) -> None:
    chance = random.Random(path)
    log_in(client, firm)
    token = fields(client.get("/").text)["csrf_token"]
    fitting = {
        "response_type": ["code", "token"],
        "client_id": [oauth_app.client_id],
        "client_secret": [oauth_app.secret],
        "redirect_uri": [oauth_app.redirect_uri],
        "scope": ["full", "read"],
        "grant_type": ["authorization_code", "refresh_token", "client_credentials", DEVICE_CODE],
        "token": [firm.token],
        "resource": ["http://localhost/api/v2"],
        "code_challenge_method": ["S256", "plain"],
        "prompt": ["login", "consent"],
        "decision": ["approve", "deny"],
    }

    def parameters() -> dict[str, list[str]]:
        chosen = chance.sample(NAMES, chance.randrange(len(NAMES)))
        return {
            name: chance.choices([*fitting.get(name, []) * 20, *ODD], k=chance.choice([1] * 9 + [2]))
            for name in chosen
        }

    for _ in range(REQUESTS // 10 if path == "/login" else REQUESTS):  # hashing is slow on purpose
        query, body = parameters(), parameters() | ({"csrf_token": [token]} if chance.random() < 0.7 else {})
        headers = {"Authorization": chance.choice(["", "Basic", "Basic é", "Basic YTpi", "Bearer x"])}
        method = chance.choice(["GET", "POST"])
        answer = client.open(path, method=method, query_string=query, data=body, headers=headers)
        assert answer.status_code < 500, (method, query, body)


MEMBERS = [
    "client_name",
    "redirect_uris",
    "grant_types",
    "response_types",
    "token_endpoint_auth_method",
    "scope",
    "client_uri",
    "logo_uri",
    "client_id",
    "client_secret",
]
VALUES = [
    *ODD,
    None,
    True,
    0,
    -1.5,
    10**18,
    [],
    {},
    [None],
    [[]],
    [{}],
    ["code"],
    ["authorization_code"],
    ["refresh_token"],
    ["https://a.example.com/"],
    ["https://[::1"],
    "none",
    "read",
    {"a": [1]},
]


def test_no_registration_is_a_server_error(client: FlaskClient) -> None:
    chance = random.Random("registration")
    told = client.post("/oauth/register", json={"redirect_uris": ["https://a.example.com/"]}).get_json()
    own = told["registration_client_uri"].removeprefix("http://localhost")
    header = {"Authorization": f"Bearer {told['registration_access_token']}"}
    for _ in range(REQUESTS):
        chosen = chance.sample(MEMBERS, chance.randrange(len(MEMBERS)))
        body = {name: chance.choice(VALUES) for name in chosen}
        if chance.random() < 0.5:
            body["redirect_uris"] = ["https://a.example.com/"]
        assert client.post("/oauth/register", json=body).status_code in (201, 400), body
        if chance.random() < 0.8:
            body["client_id"] = told["client_id"]
        assert client.put(own, json=body, headers=header).status_code in (200, 400), body
