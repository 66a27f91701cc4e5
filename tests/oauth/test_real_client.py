"""A developer's program, written with requests-oauthlib, against a real server and its real pages."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

import pytest
import requests
from oauthlib.oauth2 import InvalidGrantError, WebApplicationClient
from requests_oauthlib import OAuth2Session


@pytest.fixture(autouse=True)
def plain_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client library insists on https unless told otherwise; the server needs no such thing."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")


def submit(browser: requests.Session, page: requests.Response, **typed: str) -> requests.Response:
    action = re.search(r'<form method="post" action="([^"]+)"', page.text[page.text.index("<main") :])
    assert action, page.text
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    data = {name: unescape(value) for name, value in hidden} | typed
    return browser.post(urljoin(page.url, unescape(action[1])), data=data, allow_redirects=False)


def approved(server: str, firm, url: str) -> str:
    """Where the app's user is sent back to."""
    with requests.Session() as browser:
        login = browser.get(url)
        after = submit(browser, login, email=firm.email.upper(), password=firm.password)
        consent = browser.get(urljoin(server, after.headers["Location"]))
        assert "Ledger" in consent.text
        assert "Lovelace &amp; Partners" in consent.text
        return submit(browser, consent, decision="approve").headers["Location"]


@pytest.mark.parametrize("pkce", ["S256", None])
@pytest.mark.parametrize("include_client_id", [True, None], ids=["secret-in-body", "secret-by-basic"])
def test_authorize_fetch_refresh_and_reuse(server, firm, oauth_app, pkce, include_client_id):
    client = OAuth2Session(
        oauth_app.client_id, redirect_uri=oauth_app.redirect_uri, scope=["full"], pkce=pkce
    )
    url, state = client.authorization_url(f"{server}/oauth/authorize")

    back = approved(server, firm, url)
    assert back.startswith(oauth_app.redirect_uri)
    assert f"state={state}" in back
    token = client.fetch_token(
        f"{server}/oauth/token",
        authorization_response=back,
        client_secret=oauth_app.secret,
        include_client_id=include_client_id,
    )
    assert token["expires_in"] == 86_400

    credentials = {"client_id": oauth_app.client_id, "client_secret": oauth_app.secret}
    refreshed = client.refresh_token(f"{server}/oauth/token", token["refresh_token"], **credentials)
    assert refreshed["refresh_token"] != token["refresh_token"]
    with pytest.raises(InvalidGrantError):
        client.refresh_token(f"{server}/oauth/token", token["refresh_token"], **credentials)


def test_authorize_fetch_and_revoke(server, firm, oauth_app):
    client = OAuth2Session(
        oauth_app.client_id, redirect_uri=oauth_app.redirect_uri, scope=["read"], pkce="S256"
    )
    back = approved(server, firm, client.authorization_url(f"{server}/oauth/authorize")[0])
    token = client.fetch_token(
        f"{server}/oauth/token", authorization_response=back, client_secret=oauth_app.secret
    )
    assert client.get(f"{server}/api/v2/users/me").json()["id"] == firm.user_id
    url, headers, body = WebApplicationClient(oauth_app.client_id).prepare_token_revocation_request(
        f"{server}/oauth/revoke", token["refresh_token"], token_type_hint="refresh_token"
    )
    answer = requests.post(url, headers=headers, data=body, auth=oauth_app.basic, timeout=30)
    assert answer.status_code == 200
    assert client.get(f"{server}/api/v2/users/me").status_code == 401
