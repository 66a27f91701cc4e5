"""Signing in: right and wrong, slowed down, and with a second factor."""

from __future__ import annotations

import datetime as dt

import pyotp
import pytest

from app.extensions import Database
from app.models import AuditEvent, User
from app.services import passwords, second_factor
from app.services.sign_in import Outcome, give_code, sign_in
from app.services.throttling import Throttle
from app.services.throttling.counters import InMemory
from tests.firms import PASSWORD
from tests.parallel import in_threads
from tests.services.people_of_a_firm import administrator_of, events_of

KEY = "a key of the tests, which is long enough"
ADDRESS = "192.0.2.7"


@pytest.fixture
def throttle(monkeypatch):
    """Within one minute, however long the test takes."""
    monkeypatch.setattr("app.services.throttling.time", lambda: 1_767_960_000.0)
    return Throttle(InMemory())


@pytest.fixture
def enter(database: Database, throttle, workplace):
    """A function that tries a password for the firm's administrator."""

    def function(password: str = PASSWORD, email: str = workplace.email, address: str = ADDRESS):
        return sign_in(database.session, throttle, email, password, address=address)

    return function


@pytest.fixture(autouse=True)
def hashes(monkeypatch):
    """How often a password was looked at; without the slow hash, which has tests of its own."""
    seen: list[str] = []

    def verify(password: str, kept: str | None) -> bool:
        seen.append(password)
        return password == PASSWORD and kept is not None

    monkeypatch.setattr(passwords, "verify", verify)
    return seen


def test_right_password(session, enter, workplace):
    found = enter(email=f" {workplace.email.upper()} ")
    assert (found.outcome, found.user.id) == (Outcome.OK, workplace.user_id)
    assert events_of(session, administrator_of(session, workplace)) == ["sign_in.succeeded"]


def test_wrong_password_and_unknown_user_are_slowed_alike(enter, hashes):
    for email in ({}, {"email": "nobody@example.com"}):
        tries = [enter("wrong password", **email) for _ in range(7)]
        assert [each.outcome for each in tries] == [Outcome.WRONG] * 5 + [Outcome.SLOWED] * 2
        assert 0 < tries[-1].wait <= 3_600
    assert len(hashes) == 10, "slowed tries never reach the hash"


def test_the_right_password_is_slowed_too_then(enter):
    for _ in range(5):
        enter("wrong password")
    assert enter().outcome is Outcome.SLOWED


def test_a_right_password_makes_up_for_wrong_ones(enter):
    for _ in range(3):
        assert [enter("wrong password").outcome for _ in range(4)] == [Outcome.WRONG] * 4
        assert enter().outcome is Outcome.OK


def test_one_address_tries_many_accounts(enter, hashes):
    tries = [enter("wrong password", email=f"user{number}@example.com") for number in range(35)]
    assert [each.outcome for each in tries].count(Outcome.SLOWED) == 5
    assert enter().outcome is Outcome.SLOWED
    assert enter(address="192.0.2.8").outcome is Outcome.OK
    assert len(hashes) == 31


def test_many_networks_try_one_account(enter, hashes):
    tries = [enter("wrong password", address=f"192.0.2.{number // 5}") for number in range(61)]
    assert [each.outcome for each in tries] == [Outcome.WRONG] * 60 + [Outcome.SLOWED]
    assert enter(address="192.0.2.200").outcome is Outcome.SLOWED
    assert len(hashes) == 60


def test_a_right_password_elsewhere_does_not_forgive_guesses(enter):
    for number in range(59):
        assert enter("wrong password", address=f"192.0.2.{number // 5}").outcome is Outcome.WRONG
    for _ in range(2):
        assert enter(address="192.0.2.200").outcome is Outcome.OK
    assert enter("wrong password", address="192.0.2.201").outcome is Outcome.WRONG
    assert enter("wrong password", address="192.0.2.202").outcome is Outcome.SLOWED


def test_of_parallel_tries_few_reach_the_hash(enter, hashes):
    outcomes = in_threads(lambda _: enter("wrong password").outcome, 40)
    assert outcomes.count(Outcome.WRONG) == len(hashes) == 5
    assert outcomes.count(Outcome.SLOWED) == 35


@pytest.mark.parametrize("email", ["", "\0", "\ud800", "é" * 10_000])
def test_any_text_is_survived(enter, email):
    assert enter(email=email).outcome is Outcome.WRONG


def test_what_was_typed_is_not_kept(session, enter):
    enter(PASSWORD + "!", email="my password, by mistake")
    session.rollback()
    mine = session.query(AuditEvent).filter_by(action="sign_in.refused", address=ADDRESS)
    assert all(event.details == {} for event in mine)


class TestSecondFactor:
    @pytest.fixture
    def phone(self, session, workplace):
        ada = administrator_of(session, workplace)
        phone = pyotp.TOTP(second_factor.begin(session, ada, KEY).secret)
        yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=30)
        self.codes = second_factor.confirm(session, ada, KEY, phone.at(yesterday))
        session.commit()
        return phone

    @pytest.fixture
    def give(self, database: Database, throttle, workplace, phone):
        def function(code: str):
            key = (KEY, workplace.firm_id, workplace.user_id)
            return give_code(database.session, throttle, *key, code, address=ADDRESS)

        return function

    def test_password_alone_is_not_enough(self, session, enter, give, phone, workplace):
        assert enter().outcome is Outcome.NEEDS_CODE
        ada = administrator_of(session, workplace)
        session.refresh(ada)
        assert ada.last_login_at is None
        session.rollback()
        assert give("000000x").outcome is Outcome.WRONG
        code = phone.now()
        assert give(code).outcome is Outcome.OK
        assert give(code).outcome is Outcome.WRONG
        session.refresh(ada)
        assert ada.last_login_at is not None
        events = events_of(session, ada)
        assert events.count("sign_in.second_factor_refused") == 2
        assert events.count("sign_in.succeeded") == 1

    def test_recovery_code(self, enter, give):
        assert give(self.codes[0]).outcome is Outcome.OK
        assert give(self.codes[0]).outcome is Outcome.WRONG

    def test_guessing_is_slowed_and_a_right_password_does_not_help(self, enter, give, phone):
        assert [give("000000x").outcome for _ in range(5)] == [Outcome.WRONG] * 5
        assert enter().outcome is Outcome.NEEDS_CODE
        assert give(phone.now()).outcome is Outcome.SLOWED

    def test_whoever_left_meanwhile_is_refused(self, session, give, phone, workplace):
        session.get_one(User, (workplace.firm_id, workplace.user_id)).is_active = False
        session.commit()
        assert give(phone.now()).outcome is Outcome.WRONG
