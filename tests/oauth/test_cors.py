"""Which pages in a browser may read the answers that apps get."""

from __future__ import annotations

import pytest

from tests.databases import on_one_database
from tests.oauth_steps import PKCE, VERIFIER, new_code

ORIGIN = "https://spa.example.com"
FOR_BROWSERS = ["/oauth/token", "/oauth/revoke", "/oauth/device_authorization"]
OTHERS = [
    "https://evil.example.com",
    "https://spa.example.com.evil.com",
    "https://spa.example.com:444",
    "http://spa.example.com",
    "https://spa.example",
    "https://SPA.example.com",
    "https://spa.example.com/",
    "https://%",
    "null",
    "*",
    "é",
    "https://" + "x" * 5_000,
]


@pytest.fixture
def page_app(register_app):
    """A public app that runs in the browser, from an origin of this test's own."""
    return register_app(confidential=False, redirect_uris=[f"{ORIGIN}/cb", "http://localhost:5173/cb"])


def allowed(answer):
    return answer.headers.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize("origin", [ORIGIN, "http://localhost:5173"])
def test_public_app_redeems_its_code_in_the_browser(client, firm, page_app, origin):
    preflight = client.options("/oauth/token", headers={"Origin": origin})
    assert (preflight.status_code, allowed(preflight)) == (204, origin)
    assert preflight.headers["Access-Control-Allow-Methods"] == "POST"
    code = new_code(client, firm, page_app, **PKCE)
    data = {"grant_type": "authorization_code", "code": code, "redirect_uri": page_app.redirect_uri}
    answer = client.post(
        "/oauth/token",
        data={**data, "code_verifier": VERIFIER, "client_id": page_app.client_id},
        headers={"Origin": origin},
    )
    assert (answer.status_code, allowed(answer)) == (200, origin)
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("path", FOR_BROWSERS)
def test_errors_can_be_read_too(client, page_app, path):
    answer = client.post(path, data={}, headers={"Origin": ORIGIN})
    assert (answer.status_code, allowed(answer)) in ((401, ORIGIN), (400, ORIGIN))


@on_one_database
@pytest.mark.parametrize("method", ["OPTIONS", "POST"])
@pytest.mark.parametrize("path", FOR_BROWSERS)
@pytest.mark.parametrize("origin", OTHERS)
def test_other_origins_are_not_let_in(client, page_app, path, method, origin):
    answer = client.open(path, method=method, headers={"Origin": origin})
    assert answer.status_code < 500
    assert allowed(answer) is None


def test_origins_of_confidential_apps_are_not_let_in(client, register_app):
    register_app(redirect_uris=["https://backend.example.com/cb"])
    answer = client.options("/oauth/token", headers={"Origin": "https://backend.example.com"})
    assert allowed(answer) is None


@pytest.mark.parametrize(
    "path", ["/oauth/introspect", "/oauth/register", "/oauth/authorize", "/login", "/device"]
)
@pytest.mark.parametrize("method", ["OPTIONS", "GET", "POST"])
def test_no_other_endpoint_is_opened(client, page_app, path, method):
    answer = client.open(path, method=method, headers={"Origin": ORIGIN})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
