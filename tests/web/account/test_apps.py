"""Connected apps: what they may do, in words, and cutting one off."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from app.models import OAuthAccessToken, OAuthClient, OAuthGrant
from tests.oauth_steps import opens
from tests.web.people import connect, events


def test_page_says_in_words_what_an_app_may_do(database, bob, ledger):
    connect(database, bob, ledger)
    page = bob.page("/account")
    assert '<h2 class="name">Ledger</h2>' in page
    assert "<strong>Read</strong> matters." in page
    assert "matters:read" not in page
    assert "never" in page


def test_page_says_when_it_was_last_used(app, database, bob, ledger):
    token = connect(database, bob, ledger, "full")
    assert opens(app.test_client(), token)
    assert "never" not in bob.page("/account")


@pytest.mark.parametrize("is_confidential", [True, False])
def test_an_app_whose_tokens_have_all_expired(database, bob, ledger, is_confidential):
    """One that proves who it is, is let in again without a question, so it is still to be disconnected."""
    connect(database, bob, ledger)
    with database.session.begin() as session:
        session.get_one(OAuthClient, ledger.client_id).is_confidential = is_confidential
        of_app = select(OAuthGrant.id).where(OAuthGrant.client_id == ledger.client_id)
        tokens = update(OAuthAccessToken).where(OAuthAccessToken.grant_id.in_(of_app))
        session.execute(tokens.values(expires_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)))
    page = bob.page("/account")
    assert ("Ledger" in page, "works any more" in page) == (is_confidential, is_confidential)
    connect(database, bob, ledger)
    page = bob.page("/account")
    assert ("Ledger" in page, "works any more" in page) == (True, False)


def test_nobody_elses_apps_are_shown(database, bob, coworker, ada, ledger):
    connect(database, bob, ledger)
    for somebody in (coworker, ada):
        assert "Ledger" not in somebody.page("/account")


def test_disconnected_app_is_dead_at_once(app, database, workplace, bob, ledger):
    tokens = [connect(database, bob, ledger, scope) for scope in ("full", "users:read")]
    assert "is disconnected" in bob.follow(bob.post(f"/account/apps/{ledger.client_id}/disconnect"))
    assert not any(opens(app.test_client(), token) for token in tokens)
    assert "Ledger" not in bob.page("/account")
    (event,) = events(database, workplace, "grant.revoked")
    assert (event.client_id, event.details, event.address) == (ledger.client_id, {"grants": 2}, "127.0.0.1")


def test_nobody_disconnects_for_somebody_else(app, database, bob, coworker, stranger, ledger):
    token = connect(database, bob, ledger, "full")
    for somebody in (coworker, stranger):
        assert somebody.post(f"/account/apps/{ledger.client_id}/disconnect").status_code == 404
    assert opens(app.test_client(), token)


@pytest.mark.parametrize("client_id", ["unknown", "%00", "%ff", "x" * 3_000])
def test_unknown_app(bob, client_id):
    assert bob.post(f"/account/apps/{client_id}/disconnect").status_code == 404
