"""The OAuth client of the official `mcp` package connects by itself: it is given one address of the API.

401 → RFC 9728 → RFC 8414 → RFC 7591 → authorize with PKCE and a resource → token → the answer, and later a
refresh.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import anyio
import pytest
import requests

from tests.parallel import in_another_thread

httpx2 = pytest.importorskip("httpx2", reason="needs the mcp package")
auth = pytest.importorskip("mcp.client.auth", reason="needs the mcp package")
shared = pytest.importorskip("mcp.shared.auth", reason="needs the mcp package")

CALLBACK = "http://localhost:3030/callback"


class Kept:
    """What the client remembers between two runs."""

    def __init__(self):
        self.tokens = self.client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client_info):
        self.client = client_info


class Person:
    """The user, with a browser."""

    def __init__(self, firm):
        self.firm = firm
        self.authorize_url, self.visits = "", 0

    async def open_browser(self, url):
        self.authorize_url, self.visits = url, self.visits + 1

    async def come_back(self):
        with requests.Session() as browser:
            login = browser.get(self.authorize_url)
            typed = {"email": self.firm.email, "password": self.firm.password}
            consent = browser.get(urljoin(login.url, submit(browser, login, **typed).headers["Location"]))
            assert "Robot" in consent.text
            back = submit(browser, consent, decision="approve").headers["Location"]
        told = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
        return auth.AuthorizationCodeResult(**told)


def submit(browser, page, **typed):
    action = re.search(r'<form method="post" action="([^"]+)"', page.text[page.text.index("<main") :])
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    data = {name: unescape(value) for name, value in hidden} | typed
    return browser.post(urljoin(page.url, unescape(action[1])), data=data, allow_redirects=False)


@pytest.mark.parametrize("method", ["none", "client_secret_basic", "client_secret_post"])
def test_client_connects_by_itself_and_refreshes(server, firm, method):
    kept, person = Kept(), Person(firm)
    provider = auth.OAuthClientProvider(
        server_url=f"{server}/api/v2",
        client_metadata=shared.OAuthClientMetadata(
            client_name="Robot", redirect_uris=[CALLBACK], token_endpoint_auth_method=method
        ),
        storage=kept,
        redirect_handler=person.open_browser,
        callback_handler=person.come_back,
    )

    async def ask_twice():
        async with httpx2.AsyncClient(auth=provider) as session:
            yield await session.get(f"{server}/api/v2/users/me")
            provider.context.token_expiry_time = 1
            yield await session.get(f"{server}/api/v2/users/me")

    async def answers():
        return [(answer, kept.tokens.refresh_token, person.visits) async for answer in ask_twice()]

    (first, token, visits), (second, later_token, later_visits) = in_another_thread(
        lambda: anyio.run(answers)
    )
    assert first.status_code == second.status_code == 200
    assert first.json()["id"] == second.json()["id"] == firm.user_id
    assert token != later_token
    assert visits == later_visits == 1
    asked = parse_qs(urlsplit(person.authorize_url).query)
    assert asked["resource"] == [f"{server}/api/v2"]
    assert asked["code_challenge_method"] == ["S256"]
    assert kept.client.client_id
    assert str(kept.client.issuer).rstrip("/") == server
