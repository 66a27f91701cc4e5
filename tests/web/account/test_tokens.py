"""Personal access tokens: shown once, good for what they say, dead when revoked."""

from __future__ import annotations

import pytest

from tests.oauth_steps import opens
from tests.web.people import PASSWORD, events, shown_once

FORM = {"name": "Excel", "access": "read", "days": "30", "old": PASSWORD}


def make(somebody, **typed):
    """Make a token by the form; the token, and the page that shows it."""
    page = somebody.follow(somebody.post("/account/tokens", {**FORM, **typed}))
    (token,) = shown_once(page)
    return token, page


def token_id(page):
    return page.split('action="/account/tokens/')[1].split("/")[0]


def test_token_is_shown_once_and_works(app, database, workplace, bob):
    token, page = make(bob)
    assert "Excel" in page
    assert token not in bob.page("/account/tokens")
    assert opens(app.test_client(), token)
    answer = app.test_client().get("/odata/v4/Users", auth=(bob.email, token))
    assert answer.status_code == 200
    (event,) = events(database, workplace, "personal_token.made")
    assert (event.details["name"], event.details["scope"]) == ("Excel", "read")
    assert token not in str(event.details)


def test_token_may_do_what_was_ticked(app, bob):
    token, page = make(bob, access="some", part=["matters:read", "tasks:write"])
    assert "<strong>Read</strong> matters." in page
    ask = {"headers": {"Authorization": f"Bearer {token}"}}
    assert app.test_client().get("/api/v2/matters", **ask).status_code == 200
    assert app.test_client().get("/api/v2/contacts", **ask).status_code == 403


def test_page_says_how_spreadsheets_use_it(bob):
    page = bob.page("/account/tokens")
    assert "Excel, Power BI and Tableau" in page
    assert "http://localhost/odata/v4/" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "A token has a name"),
        ({"name": "x" * 101}, "A token has a name"),
        ({"name": "a\0b"}, "A token has a name"),
        ({"access": "some"}, "Choose at least one thing"),
        ({"access": "some", "part": ["nonsense"]}, "Choose at least one thing"),
        ({"days": "9999"}, "within a year"),
        ({"days": "-1"}, "within a year"),
        ({"days": "x"}, "within a year"),
        ({"old": "wrong"}, "This is not your password."),
        ({"old": ""}, "This is not your password."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(bob, typed, sentence):
    answer = bob.post("/account/tokens", {**FORM, **typed})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert not shown_once(answer.text)
    assert PASSWORD not in answer.text
    kept = typed.get("name", "Excel").replace("\0", "")
    assert kept in answer.text.replace("\0", "")


def test_revoked_token_is_dead_at_once(app, database, workplace, bob):
    token, page = make(bob)
    assert "is revoked" in bob.follow(bob.post(f"/account/tokens/{token_id(page)}/revoke"))
    assert not opens(app.test_client(), token)
    assert [event.details for event in events(database, workplace, "token.revoked")] == [{"name": "Excel"}]


def test_nobody_elses_token_is_seen_or_revoked(app, bob, coworker, ada, stranger):
    token, page = make(bob)
    for somebody in (coworker, ada, stranger):
        assert ">Excel</td>" not in somebody.page("/account/tokens")
        assert somebody.post(f"/account/tokens/{token_id(page)}/revoke").status_code == 404
    assert opens(app.test_client(), token)


@pytest.mark.parametrize("which", ["x", "%00", "00000000-0000-0000-0000-000000000000"])
def test_unknown_token(bob, which):
    assert bob.post(f"/account/tokens/{which}/revoke").status_code == 404
