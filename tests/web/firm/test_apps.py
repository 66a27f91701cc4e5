"""Requests for access: approving, refusing, thinking again, and letting every app in."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.models import AccessRequest, Firm
from app.services import app_access, apps
from tests.oauth_steps import opens
from tests.web.people import connect, events, user_of


@pytest.fixture
def foreign(database, session, workplace, other_workplace):
    """An app of another firm, for this firm, which decides on each app."""
    session.get_one(Firm, workplace.firm_id).approves_apps = False
    client, _ = apps.register(
        session, firm_id=other_workplace.firm_id, name="Tally", redirect_uris=["https://tally.example.com/"]
    )
    session.commit()
    return client


@pytest.fixture
def asked(database, bob, foreign):
    """The same, once Bob has asked for it."""
    user = user_of(database, bob)
    with database.session.begin() as work:
        app_access.ask(work, user, foreign.client_id, reason="For the <books>")
    return foreign


def decide(somebody, app, decision):
    return somebody.follow(somebody.post(f"/firm/apps/{app.client_id}", {"decision": decision}))


def standing(database, app, workplace):
    with database.session() as work:
        return app_access.decision(work, app.client_id, workplace.firm_id)


def test_request_is_shown_with_who_asked_and_why(ada, asked):
    page = ada.page("/firm")
    assert '<span class="name">Tally</span> waits for your decision' in page
    assert "Bob Bell" in page
    assert "For the &lt;books&gt;" in page


def test_approved_app_is_let_in(database, workplace, ada, asked):
    assert "is let in" in decide(ada, asked, "approve")
    assert standing(database, asked, workplace) == "allowed"
    assert len(events(database, workplace, "access.approved")) == 1
    assert "No app waits" in ada.page("/firm")


def test_refused_app_is_not(database, workplace, ada, asked):
    decide(ada, asked, "refuse")
    assert standing(database, asked, workplace) == "refused"
    assert len(events(database, workplace, "access.refused")) == 1


def test_withdrawal_ends_its_tokens_at_once(app, database, workplace, bob, ada, asked):
    decide(ada, asked, "approve")
    token = connect(database, bob, asked, "full")
    assert opens(app.test_client(), token)
    decide(ada, asked, "refuse")
    assert not opens(app.test_client(), token)
    assert [event.details for event in events(database, workplace, "access.withdrawn")] == [{"grants": 1}]


def test_firm_lets_every_app_in_and_thinks_again(database, workplace, ada, foreign):
    ada.follow(ada.post("/firm/approval", {"approves": "yes"}))
    assert standing(database, foreign, workplace) == "allowed"
    ada.follow(ada.post("/firm/approval", {"approves": "no"}))
    assert standing(database, foreign, workplace) == "unasked"
    assert [event.details["approves_apps"] for event in events(database, workplace, "firm.changed")] == [
        True,
        False,
    ]


def test_another_firm_is_not_touched(database, session, workplace, stranger, ada, asked):
    decide(stranger, asked, "refuse")
    assert standing(database, asked, workplace) == "pending"
    assert "Bob Bell" not in stranger.page("/firm")
    theirs = select(AccessRequest.is_approved).where(AccessRequest.firm_id == workplace.firm_id)
    assert session.scalars(theirs).all() == [None]


@pytest.mark.parametrize("client_id", ["unknown", "%00", "x" * 3_000])
def test_unknown_app(ada, client_id):
    assert ada.post(f"/firm/apps/{client_id}", {"decision": "approve"}).status_code == 404
