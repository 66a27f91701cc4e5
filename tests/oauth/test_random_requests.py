"""Whatever is sent to the pages and to the OAuth endpoints, it is answered, and never with a server error."""

from __future__ import annotations

import random

import pytest
from flask.testing import FlaskClient

from tests.oauth_fixtures import RegisteredApp
from tests.oauth_steps import fields, log_in

REQUESTS = 400
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


@pytest.mark.parametrize("path", ["/oauth/authorize", "/oauth/token", "/login", "/logout", "/"])
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
        "grant_type": ["authorization_code", "refresh_token"],
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
