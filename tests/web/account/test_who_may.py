"""Everybody who is signed in has account pages; nobody else has."""

from __future__ import annotations

import pytest

PAGES = ["/account", "/account/tokens", "/account/sessions", "/account/password", "/account/second-factor"]
FORMS = [
    "/account/apps/x/disconnect",
    "/account/tokens",
    "/account/tokens/x/revoke",
    "/account/sessions/x/end",
    "/account/sessions/end-others",
    "/account/password",
    "/account/second-factor/begin",
    "/account/second-factor/confirm",
    "/account/second-factor/recovery-codes",
    "/account/second-factor/off",
]


@pytest.mark.parametrize("page", PAGES)
def test_page_is_for_whoever_is_signed_in(client, bob, ada, page):
    assert client.get(page).location == f"/login?next={page}"
    for somebody in (bob, ada):
        text = somebody.page(page)
        assert 'aria-current="page">Account</a>' in text
        assert "<script" not in text


@pytest.mark.parametrize("form", FORMS)
def test_form_needs_its_token_and_somebody_signed_in(client, bob, form):
    assert client.post(form).location == "/login?next=/account"
    answer = bob.browser.post(form, data={"csrf_token": "guessed"})
    assert (answer.status_code, "This form has expired" in answer.text) == (400, True)


@pytest.mark.parametrize("page", PAGES)
def test_page_keeps_to_the_policy(bob, page):
    headers = bob.get(page).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "form-action 'self'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
