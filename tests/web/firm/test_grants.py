"""An administrator sees and ends whatever was granted at the firm."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from app.models import OAuthAccessToken, OAuthCode, OAuthRefreshToken
from app.models.base import now
from oauth.credentials import digest, new_credential
from tests.oauth_steps import opens
from tests.web.people import PASSWORD, connect, events, shown_once, user_of


def grants_on(page):
    return re.findall(r'action="/firm/grants/([^/]+)/end"', page)


def test_every_grant_of_the_firm_is_shown(database, ada, bob, coworker, ledger):
    before = grants_on(ada.page("/firm/grants"))
    connect(database, bob, ledger)
    connect(database, coworker, ledger)
    page = ada.page("/firm/grants")
    assert len(grants_on(page)) == len(before) + 2
    assert "<strong>Read</strong> matters." in page


def test_grant_that_is_ended_is_dead_at_once(app, database, workplace, ada, bob, ledger):
    before = grants_on(ada.page("/firm/grants"))
    token = connect(database, bob, ledger, "full")
    (grant,) = set(grants_on(ada.page("/firm/grants"))) - set(before)
    assert "It is ended" in ada.follow(ada.post(f"/firm/grants/{grant}/end"))
    assert not opens(app.test_client(), token)
    (event,) = events(database, workplace, "grant.revoked")
    assert (event.client_id, event.details["of"]) == (ledger.client_id, user_of(database, bob).id)


def test_grant_that_opens_nothing_any_more_is_not_shown(database, workplace, ada, bob, ledger):
    before = grants_on(ada.page("/firm/grants"))
    token = connect(database, bob, ledger)
    (grant,) = set(grants_on(ada.page("/firm/grants"))) - set(before)

    def keep(kind, **values):
        row = {"firm_id": workplace.firm_id, "grant_id": grant, "hash": new_credential(), **values}
        with database.session.begin() as work:
            work.add(kind(**row))

    over, later = (now() + dt.timedelta(seconds=seconds) for seconds in (-1, 60))
    with database.session.begin() as work:
        work.get_one(OAuthAccessToken, digest(token)).expires_at = over
    assert grants_on(ada.page("/firm/grants")) == before
    keep(OAuthRefreshToken, expires_at=over)
    keep(OAuthRefreshToken, expires_at=later, used_at=over)
    keep(OAuthCode, expires_at=later, used_at=over)
    assert grants_on(ada.page("/firm/grants")) == before
    keep(OAuthRefreshToken, expires_at=later)
    assert grant in grants_on(ada.page("/firm/grants"))


def test_personal_token_is_ended_too(app, ada, bob):
    made = bob.follow(
        bob.post("/account/tokens", {"name": "Excel", "access": "full", "days": "7", "old": PASSWORD})
    )
    (token,) = shown_once(made)
    page = ada.page("/firm/grants")
    assert "personal access token" in page
    assert token not in page
    for grant in grants_on(page):
        ada.follow(ada.post(f"/firm/grants/{grant}/end"))
    assert not opens(app.test_client(), token)


def test_grants_of_other_firms_are_not_found(app, ada, stranger, other_workplace):
    (grant,) = grants_on(stranger.page("/firm/grants"))
    assert grant not in ada.page("/firm/grants")
    assert ada.post(f"/firm/grants/{grant}/end").status_code == 404
    assert opens(app.test_client(), other_workplace.token)


@pytest.mark.parametrize("grant", ["x", "%00", "00000000-0000-0000-0000-000000000000"])
def test_unknown_grant(ada, grant):
    assert ada.post(f"/firm/grants/{grant}/end").status_code == 404
