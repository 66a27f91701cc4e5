"""What holds for every page."""

from __future__ import annotations

import pytest

from tests.oauth_steps import authorize_url, log_in


@pytest.mark.parametrize("path", ["/", "/login", "/oauth/authorize", "/assets/style.css"])
def test_page_cannot_be_framed_and_loads_nothing_foreign(client, path):
    with client.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/login", "/oauth/authorize"])
def test_page_is_not_kept_in_caches(client, path):
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_page_needs_no_script_and_no_other_host(client, firm, oauth_app):
    log_in(client, firm)
    for path in ("/", "/login", authorize_url(oauth_app), "/oauth/authorize"):
        page = client.get(path).text
        assert "<script" not in page
        assert "//" not in page.replace(oauth_app.redirect_uri, "")


def test_consent_page_says_who_what_and_where(client, firm, oauth_app):
    log_in(client, firm)
    page = client.get(authorize_url(oauth_app)).text
    for fact in ("Ledger", "Lovelace &amp; Partners", "Ada Lovelace", "Read, add, change and delete"):
        assert fact in page
    assert oauth_app.redirect_uri in page


def test_text_from_an_app_is_escaped(client, firm, register_app):
    log_in(client, firm)
    app = register_app(name='<b onclick="x">Evil</b>')
    assert "<b onclick" not in client.get(authorize_url(app)).text
    answer = client.get(authorize_url(app, redirect_uri="https://x/<script>"))
    assert "<script>" not in answer.text


def test_api_paths_carry_no_session(client, firm):
    log_in(client, firm)
    assert "Set-Cookie" not in client.get("/api/anything").headers
