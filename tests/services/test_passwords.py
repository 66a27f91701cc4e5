"""Passwords: the rule, and changing one."""

from __future__ import annotations

import pytest

from app.errors import InvalidBody, NotFound
from app.services import browser_sessions, password_changes, passwords
from tests.firms import PASSWORD
from tests.services.people_of_a_firm import administrator_of, colleague, events_of

NEW = "staple the battery"


@pytest.fixture
def ada(session, workplace):
    return administrator_of(session, workplace)


def browser(session, user):
    return browser_sessions.begin(session, user, lifetime=60, address="192.0.2.1", browser="Firefox").id


@pytest.mark.parametrize(
    "password", ["correct horse", "äöüäöüßßßéèê", "x" * 990 + "abcdefghij", "ada-lovelace-is-not.all"]
)
def test_good_enough(password):
    passwords.check_password_rule(password, "ada@lovelace.example", "Ada", "Lovelace")


@pytest.mark.parametrize(
    "password",
    [
        "",
        "elevenchars",
        "a" * 20,
        "abababababab",
        "adaadaadaada",
        "Ada.Lovelace.1815",
        "ada@lovelace.example1",
        "x" * 1_001,
    ],
)
def test_not_good_enough(password):
    with pytest.raises(InvalidBody):
        passwords.check_password_rule(password, "ada@lovelace.example", "Ada", "Lovelace")


def test_change_signs_the_other_browsers_out(session, ada):
    here, there = browser(session, ada), browser(session, ada)
    before = ada.updated_at
    password_changes.change(session, ada, PASSWORD, NEW, staying=here)
    session.commit()
    session.refresh(ada)
    assert passwords.verify(NEW, ada.password_hash)
    assert ada.updated_at == before, "it is no change of the user's record"
    assert [each.id for each in browser_sessions.of(session, ada)] == [here] != [there]
    assert events_of(session, ada) == ["password.changed"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("wrong password", NEW, "old"), (PASSWORD, PASSWORD, "password"), (PASSWORD, "short", "password")],
)
def test_change_that_is_refused(session, ada, old, new, field):
    with pytest.raises(InvalidBody) as refused:
        password_changes.change(session, ada, old, new)
    assert list(refused.value.fields) == [field]
    assert passwords.verify(PASSWORD, ada.password_hash)


def test_sessions_are_ended_by_their_user_alone(session, workplace, ada):
    here, there, elsewhere = (browser(session, ada) for _ in range(3))
    grace = colleague(session, workplace)
    for wrong in (there, "", "\0", "x" * 36):
        with pytest.raises(NotFound):
            browser_sessions.sign_out(session, grace, wrong)
    browser_sessions.sign_out(session, ada, there)
    with pytest.raises(NotFound):
        browser_sessions.sign_out(session, ada, there)
    assert {each.id for each in browser_sessions.of(session, ada)} == {here, elsewhere}
    assert browser_sessions.sign_out_elsewhere(session, ada, here) == 1
    assert [each.id for each in browser_sessions.of(session, ada)] == [here]
    assert events_of(session, ada) == ["session.ended", "session.ended"]
