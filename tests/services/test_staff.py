"""What an administrator does about the people of the firm."""

from __future__ import annotations

import pytest

from app.errors import Conflict, Forbidden, InvalidBody, NotFound
from app.extensions import Database
from app.models import BrowserSession, Change, OAuthGrant, User
from app.models.identity import ADMINISTRATOR, MEMBER
from app.services import browser_sessions, passwords, people, staff
from tests.parallel import in_threads
from tests.services.people_of_a_firm import administrator_of, colleague, events_of


@pytest.fixture
def ada(session, workplace):
    return administrator_of(session, workplace)


@pytest.fixture
def grace(session, workplace):
    return colleague(session, workplace)


def test_somebody_is_taken_on_with_a_password_to_be_changed(session, ada):
    address = f"new.{ada.id}@example.com"
    user, password = staff.take_on(session, ada, address, first_name="Alan", last_name="Turing")
    session.commit()
    assert (user.firm_id, user.role, user.display_name) == (ada.firm_id, MEMBER, "Alan Turing")
    assert passwords.verify(password, user.password_hash)
    assert people.by_login(session, address.upper()) is user
    assert user.created_by_id == ada.id
    assert user in staff.of_firm(session, ada)
    assert events_of(session, ada) == ["user.created"]


def test_members_do_none_of_it(session, ada, grace):
    acts = (
        lambda: staff.of_firm(session, grace),
        lambda: staff.take_on(session, grace, "x@example.com"),
        lambda: staff.change(session, grace, grace.id, role=ADMINISTRATOR),
        lambda: staff.reset_password(session, grace, ada.id),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()


@pytest.mark.parametrize("user_id", ["", "\0", "x" * 36, "another firm's"])
def test_nobody_outside_of_the_firm_is_touched(session, ada, other_workplace, user_id):
    if user_id == "another firm's":
        user_id = other_workplace.user_id
    for act in (staff.change, staff.reset_password, staff.find):
        with pytest.raises(NotFound):
            act(session, ada, user_id)


def test_whoever_is_switched_off_is_out_at_once(session, ada, workplace, grace):
    staff.change(session, ada, grace.id, role=ADMINISTRATOR)
    browser_sessions.begin(session, ada, lifetime=60, address=None, browser=None)
    staff.change(session, grace, ada.id, is_active=False, address="192.0.2.1")
    session.commit()
    session.expire_all()
    assert not ada.is_active
    ended = session.query(BrowserSession).filter_by(user_id=ada.id).one()
    assert ended.ended_at is not None
    assert session.query(OAuthGrant).filter_by(user_id=ada.id, revoked_at=None).count() == 0
    assert workplace.get("/api/v2/users/me").status_code == 401
    staff.change(session, grace, ada.id, is_active=True)
    assert events_of(session, ada) == ["user.changed"] * 3
    changes = session.query(Change).filter_by(firm_id=ada.firm_id, entity="User", entity_id=ada.id)
    changes = changes.order_by(Change.number)
    assert [(change.action, change.user_id) for change in changes][-1] == ("updated", grace.id)


@pytest.mark.parametrize("change", [{"role": MEMBER}, {"is_active": False}])
def test_last_administrator_stays(session, ada, grace, change):
    with pytest.raises(Conflict):
        staff.change(session, ada, ada.id, **change)
    session.rollback()
    assert (ada.role, ada.is_active) == (ADMINISTRATOR, True)


def test_two_administrators_cannot_demote_each_other(database: Database, session, ada, workplace):
    grace = colleague(session, workplace, role=ADMINISTRATOR)
    session.commit()
    pair = [(ada.id, grace.id), (grace.id, ada.id)]

    def demote(index: int) -> bool:
        one, other = pair[index]
        try:
            with database.session.begin() as work:
                staff.change(work, work.get_one(User, (ada.firm_id, one)), other, role=MEMBER)
        except (Conflict, Forbidden):  # the second may find itself demoted before it begins
            return False
        return True

    assert sorted(in_threads(demote, 2)) == [False, True]


def test_roles_are_known_words(session, ada, grace):
    with pytest.raises(InvalidBody):
        staff.change(session, ada, grace.id, role="king")


def test_reset_password_signs_out(session, ada, grace):
    browser_sessions.begin(session, grace, lifetime=60, address=None, browser=None)
    password = staff.reset_password(session, ada, grace.id)
    session.refresh(grace)
    assert passwords.verify(password, grace.password_hash)
    assert browser_sessions.of(session, grace) == []
