"""What a browser does with the pages, for tests that look at the protocol behind them."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
PKCE = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}


def fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's form."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def form_action(page: str) -> str:
    match = re.search(r'<form method="post" action="([^"]+)"', page)
    assert match, page
    return unescape(match[1])


def log_in(client: FlaskClient, firm: Any, then: str = "") -> TestResponse:
    page = client.get("/login", query_string={"next": then}).text
    return client.post("/login", data={**fields(page), "email": firm.email, "password": firm.password})


def authorize_url(app: Any, **parameters: str | None) -> str:
    asked = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": app.redirect_uri,
        "state": "s t&te=1",
        **parameters,
    }
    sent = {name: value for name, value in asked.items() if value is not None}
    return "/oauth/authorize?" + urlencode(sent)


def decide(client: FlaskClient, page: TestResponse, decision: str) -> TestResponse:
    assert page.status_code == 200, page.text
    return client.post(form_action(page.text), data={**fields(page.text), "decision": decision})


def sent_back(response: TestResponse) -> dict[str, str]:
    """The parameters that a redirect takes to the app."""
    assert response.status_code == 303, response.text
    query = parse_qs(urlsplit(response.location).query, keep_blank_values=True)
    assert all(len(values) == 1 for values in query.values())
    return {name: values[0] for name, values in query.items()}


def new_code(client: FlaskClient, firm: Any, app: Any, **parameters: str | None) -> str:
    """Log in, approve the app, and return the code."""
    log_in(client, firm)
    answer = client.get(authorize_url(app, **parameters))
    if answer.status_code == 200:
        answer = decide(client, answer, "approve")
    return sent_back(answer)["code"]


def redeem(client: FlaskClient, app: Any, code: str, **more: str) -> TestResponse:
    data = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.redirect_uri, **more}
    return client.post("/oauth/token", data=data, auth=app.basic)


def refresh(client: FlaskClient, app: Any, token: str, **more: str) -> TestResponse:
    data = {"grant_type": "refresh_token", "refresh_token": token, **more}
    return client.post("/oauth/token", data=data, auth=app.basic)


def new_tokens(client: FlaskClient, firm: Any, app: Any, **parameters: str | None) -> dict[str, Any]:
    answer = redeem(client, app, new_code(client, firm, app, **parameters))
    assert answer.status_code == 200, answer.text
    tokens: dict[str, Any] = answer.get_json()
    return tokens


def post_as(client: FlaskClient, app: Any, path: str, **data: str) -> TestResponse:
    """What an app posts to one of the endpoints beside the token endpoint."""
    return client.post(path, data=data, auth=app.basic)


def introspect(client: FlaskClient, app: Any, token: str, **more: str) -> dict[str, Any]:
    answer = post_as(client, app, "/oauth/introspect", token=token, **more)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.get_json()
    return told


def opens(client: FlaskClient, token: str, path: str = "/api/v2/users/me") -> bool:
    """Whether a token works at the API."""
    answer = client.get(path, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code in (200, 401), answer.text
    return answer.status_code == 200
