"""Pages for administrators: for everybody else they say so, and do nothing."""

from __future__ import annotations

import pytest

PAGES = [
    "/firm",
    "/firm/users",
    "/firm/users/new",
    "/firm/users/x",
    "/firm/grants",
    "/firm/audit",
    "/firm/audit.csv",
    "/firm/webhooks",
    "/firm/webhooks/x",
    "/firm/webhooks/x/deliveries/x",
]
FORMS = [
    "/firm/apps/x",
    "/firm/approval",
    "/firm/users/new",
    "/firm/users/x",
    "/firm/grants/x/end",
    "/firm/webhooks",
    "/firm/webhooks/x",
    "/firm/webhooks/x/pause",
    "/firm/webhooks/x/secret",
    "/firm/webhooks/x/delete",
    "/firm/webhooks/x/deliveries/x/send",
]


@pytest.mark.parametrize("page", PAGES)
def test_page_is_for_administrators(client, bob, ada, page):
    assert client.get(page).location == f"/login?next={page}"
    refused = bob.get(page)
    assert refused.status_code == 403
    assert "Only an administrator of the firm may do this." in refused.text
    if not page.endswith("/x"):
        assert ada.get(page).status_code == 200


@pytest.mark.parametrize("form", FORMS)
def test_form_is_for_administrators(client, bob, form):
    assert client.post(form).location == "/login?next=/firm"
    assert (
        bob.post(form, {"decision": "approve", "approves": "yes", "act": "administrator"}).status_code == 403
    )


@pytest.mark.parametrize("form", FORMS)
def test_form_needs_its_token(ada, form):
    answer = ada.browser.post(form, data={"csrf_token": "guessed"})
    assert (answer.status_code, "This form has expired" in answer.text) == (400, True)


def test_only_administrators_are_shown_the_way(bob, ada):
    assert 'href="/firm"' not in bob.page("/account")
    assert 'href="/firm"' in ada.page("/account")
