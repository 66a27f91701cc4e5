"""Which apps a firm lets in, and who says so."""

from __future__ import annotations

import pytest

from app.errors import Forbidden, NotFound
from app.extensions import Database
from app.models import AccessRequest, Firm, OAuthGrant, User
from app.services import app_access, apps
from tests.firms import issue_token
from tests.parallel import in_threads
from tests.services.people_of_a_firm import administrator_of, colleague, events_of


@pytest.fixture
def firm_of_ada(session, workplace):
    """A firm that decides on each app."""
    firm = session.get_one(Firm, workplace.firm_id)
    firm.approves_apps = False
    session.flush()
    return firm


@pytest.fixture
def ada(session, workplace, firm_of_ada):
    return administrator_of(session, workplace)


@pytest.fixture
def foreign_app(session, other_workplace):
    row, _ = apps.register(
        session, firm_id=other_workplace.firm_id, name="Ledger", redirect_uris=["https://a.example/cb"]
    )
    session.flush()
    return row.client_id


def decision(session, client_id, user):
    return app_access.decision(session, client_id, user.firm_id)


def test_own_app_needs_nobodys_leave(session, ada, workplace):
    assert decision(session, workplace.client_id, ada) == "allowed"


@pytest.mark.parametrize("welcoming", ["approves_apps", "is_demo"])
def test_some_firms_let_every_app_in(session, ada, firm_of_ada, foreign_app, welcoming):
    assert decision(session, foreign_app, ada) == "unasked"
    setattr(firm_of_ada, welcoming, True)
    session.flush()
    assert decision(session, foreign_app, ada) == "allowed"
    app_access.decide(session, ada, foreign_app, False)
    assert decision(session, foreign_app, ada) == "refused"


def test_app_that_registered_itself_belongs_to_nobody(session, ada):
    row, _ = apps.register(session, firm_id=None, name="Robot", redirect_uris=["https://a.example/cb"])
    assert decision(session, row.client_id, ada) == "unasked"


def test_a_member_asks_and_an_administrator_decides(session, workplace, ada, foreign_app):
    grace = colleague(session, workplace)
    assert app_access.ask(session, grace, foreign_app, reason="It does our\0 books.") == "pending"
    assert app_access.ask(session, ada, foreign_app) == "pending"
    [asked] = app_access.of_firm(session, ada, pending=True)
    assert (asked.client_id, asked.asked_by) == (foreign_app, "Grace Hopper")
    assert asked.reason == "It does our books."
    for act in (app_access.decide, app_access.set_approves_apps):
        arguments = (foreign_app, True) if act is app_access.decide else (True,)
        with pytest.raises(Forbidden):
            act(session, grace, *arguments)
    with pytest.raises(Forbidden):
        app_access.of_firm(session, grace)
    app_access.decide(session, ada, foreign_app, True)
    assert decision(session, foreign_app, ada) == "allowed"
    assert app_access.ask(session, grace, foreign_app) == "allowed"
    assert app_access.of_firm(session, ada, pending=True) == []
    assert [each.is_approved for each in app_access.of_firm(session, ada)] == [True]
    assert events_of(session, ada) == ["access.approved", "access.requested"]


def test_withdrawing_ends_the_firms_grants_and_no_others(session, ada, other_workplace, foreign_app):
    app_access.decide(session, ada, foreign_app, True)
    elsewhere = administrator_of(session, other_workplace)
    for user in (ada, elsewhere):
        issue_token(session, user, foreign_app, "full")
    session.flush()
    app_access.decide(session, ada, foreign_app, False)
    session.expire_all()
    ended = {
        grant.firm_id: grant.revoked_at is not None
        for grant in session.query(OAuthGrant).filter_by(client_id=foreign_app)
    }
    assert ended == {ada.firm_id: True, elsewhere.firm_id: False}
    assert decision(session, foreign_app, ada) == "refused"
    assert "access.withdrawn" in events_of(session, ada)


def test_what_is_connected_stays_when_a_firm_begins_to_decide(session, ada, firm_of_ada, foreign_app):
    app_access.set_approves_apps(session, ada, True)
    issue_token(session, ada, foreign_app, "full")
    session.flush()
    app_access.set_approves_apps(session, ada, False)
    assert not firm_of_ada.approves_apps
    assert decision(session, foreign_app, ada) == "allowed"
    app_access.set_approves_apps(session, ada, False)
    assert events_of(session, ada) == ["firm.changed", "firm.changed"]


def test_what_is_connected_stays_though_a_request_was_pending(session, ada, foreign_app):
    app_access.ask(session, ada, foreign_app)
    app_access.set_approves_apps(session, ada, True)
    issue_token(session, ada, foreign_app, "full")
    session.flush()
    app_access.set_approves_apps(session, ada, False)
    session.expire_all()
    assert decision(session, foreign_app, ada) == "allowed"


@pytest.mark.parametrize("client_id", ["", "nothing", "\0", "é" * 5_000])
def test_app_that_does_not_exist(session, ada, client_id):
    for act in (app_access.ask, lambda *who: app_access.decide(*who, True)):
        with pytest.raises(NotFound):
            act(session, ada, client_id)


def test_deleted_app_is_let_in_nowhere(session, ada, other_workplace, foreign_app):
    app_access.decide(session, ada, foreign_app, True)
    apps.delete(session, administrator_of(session, other_workplace), foreign_app)
    assert decision(session, foreign_app, ada) == "refused"
    assert app_access.of_firm(session, ada) == []


def test_many_ask_at_once(database: Database, session, ada, foreign_app):
    session.commit()

    def ask(_: int) -> str:
        with database.session.begin() as work:
            return app_access.ask(work, work.get_one(User, (ada.firm_id, ada.id)), foreign_app)

    assert set(in_threads(ask, 8)) == {"pending"}
    assert session.query(AccessRequest).filter_by(firm_id=ada.firm_id).count() == 1
    assert events_of(session, ada) == ["access.requested"]
