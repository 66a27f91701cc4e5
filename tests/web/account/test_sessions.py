"""The browsers in which a user is signed in."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import select, update

from app.models import BrowserSession
from app.models.base import now
from app.services import browser_sessions
from tests.firms import PASSWORD
from tests.web.people import Portal, events, user_of


@pytest.fixture
def elsewhere(app, bob):
    """Another browser of Bob's."""
    return Portal(app, bob.email)


def id_of(somebody):
    with somebody.browser.session_transaction() as cookie:
        return cookie["id"]


def is_in(somebody):
    return somebody.get("/account").status_code == 200


def test_page_names_browser_address_and_time(database, bob):
    user = user_of(database, bob)
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    with database.session.begin() as work:
        browser_sessions.begin(work, user, lifetime=60, address="192.0.2.7", browser=agent)
    page = bob.page("/account/sessions")
    assert "Chrome on Windows" in page
    assert "192.0.2.7" in page
    assert "this one" in page


def test_time_of_the_last_visit_is_kept(database, bob):
    long_ago = now() - dt.timedelta(days=3)
    mine = (BrowserSession.firm_id == user_of(database, bob).firm_id) & (BrowserSession.id == id_of(bob))
    with database.session.begin() as work:
        work.execute(update(BrowserSession).where(mine).values(last_seen_at=long_ago))
    bob.page("/account")
    with database.session() as work:
        seen = work.scalars(select(BrowserSession.last_seen_at).where(mine)).one()
    assert now() - seen < dt.timedelta(minutes=1)


def test_session_that_is_ended_is_out(database, workplace, bob, elsewhere):
    assert is_in(elsewhere)
    assert "is ended" in bob.follow(bob.post(f"/account/sessions/{id_of(elsewhere)}/end"))
    assert not is_in(elsewhere)
    assert is_in(bob)
    assert len(events(database, workplace, "session.ended")) == 1


def test_all_others_are_ended(app, database, workplace, bob, elsewhere, coworker):
    third = Portal(app, bob.email)
    assert "2 other sessions are ended" in bob.follow(bob.post("/account/sessions/end-others"))
    assert [is_in(one) for one in (bob, elsewhere, third, coworker)] == [True, False, False, True]
    assert [event.details for event in events(database, workplace, "session.ended")] == [{"sessions": 2}]
    assert "End all others" not in bob.page("/account/sessions")


def test_nobody_elses_session_is_ended(bob, coworker, ada, stranger):
    for somebody in (coworker, ada, stranger):
        assert somebody.post(f"/account/sessions/{id_of(bob)}/end").status_code == 404
    assert is_in(bob)


@pytest.mark.parametrize("which", ["x", "%00", "00000000-0000-0000-0000-000000000000"])
def test_unknown_session(bob, which):
    assert bob.post(f"/account/sessions/{which}/end").status_code == 404


def test_a_sign_in_over_the_api_is_shown_and_ended(app, database, workplace, bob, coworker):
    given = {"email": bob.email, "password": PASSWORD}
    answer = app.test_client().post("/api/auth/login", json=given, headers={"User-Agent": "ledger/2"})
    headers = {"Authorization": f"Bearer {answer.get_json()['token']}"}
    page = bob.page("/account/sessions")
    assert "Signed in over the API" in page
    [grant_id] = re.findall(r"/account/sign-ins/([^/]+)/end", page)
    assert "ledger/2" in page
    assert coworker.post(f"/account/sign-ins/{grant_id}/end").status_code == 404
    assert app.test_client().get("/api/auth/me", headers=headers).status_code == 200
    assert "opens nothing any more" in bob.follow(bob.post(f"/account/sign-ins/{grant_id}/end"))
    assert app.test_client().get("/api/auth/me", headers=headers).status_code == 401
    assert "Signed in over the API" not in bob.page("/account/sessions")
    assert len(events(database, workplace, "session.ended")) == 1
