"""The second factor: switched on with a first code, asked for once, and no code good for two uses."""

from __future__ import annotations

import datetime as dt

import pyotp
import pytest

from app.errors import Conflict, Forbidden, InvalidBody
from app.extensions import Database
from app.models import RecoveryCode, User
from app.services import recovery_codes, second_factor
from app.services.second_factor import begin, check, confirm, is_on, prove, switch_off
from tests.firms import PASSWORD
from tests.parallel import in_threads
from tests.services.people_of_a_firm import administrator_of, colleague, events_of

KEY = "a key of the tests, which is long enough"
STEP = dt.timedelta(seconds=30)


@pytest.fixture
def ada(session, workplace):
    return administrator_of(session, workplace)


@pytest.fixture
def phone(session, ada):
    """Ada's authenticator app, once the second factor is on."""
    phone = pyotp.TOTP(begin(session, ada, KEY).secret)
    confirm(session, ada, KEY, phone.at(now() - STEP))
    session.flush()
    return phone


def now():
    return dt.datetime.now(dt.UTC)


def test_it_counts_from_the_first_right_code_on(session, ada):
    setup = begin(session, ada, KEY)
    assert setup.uri.startswith("otpauth://totp/Matterbase:ada")
    assert f"secret={setup.secret}" in setup.uri
    assert setup.svg.startswith("<svg")
    assert second_factor.pending(ada, KEY) == setup
    with pytest.raises(InvalidBody):
        confirm(session, ada, KEY, "000000x")
    assert not is_on(ada)
    codes = confirm(session, ada, KEY, pyotp.TOTP(setup.secret).now())
    assert is_on(ada)
    assert second_factor.pending(ada, KEY) is None
    assert len(set(codes)) == 10
    assert events_of(session, ada) == ["second_factor.switched_on"]
    for act in (lambda: begin(session, ada, KEY), lambda: confirm(session, ada, KEY, "123456")):
        with pytest.raises(Conflict):
            act()


def test_secret_is_encrypted_and_codes_are_digests(session, ada):
    setup = begin(session, ada, KEY)
    codes = confirm(session, ada, KEY, pyotp.TOTP(setup.secret).now())
    assert setup.secret not in ada.totp_secret
    kept = {row.hash for row in session.query(RecoveryCode).filter_by(user_id=ada.id)}
    assert len(kept) == 10
    assert not kept & set(codes)


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (0, True), (1, True), (2, False), (3, False)])
def test_a_clock_may_be_half_a_minute_wrong(session, ada, phone, steps, is_right):
    assert check(session, ada, KEY, phone.at(now() + steps * STEP)) == is_right


def test_no_code_works_twice_nor_one_from_before_it(session, ada, phone):
    code = phone.now()
    assert check(session, ada, KEY, f" {code[:3]} {code[3:]} ")
    assert not check(session, ada, KEY, code)
    assert not check(session, ada, KEY, phone.at(now() - STEP))


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "\0", "é" * 5_000])
def test_any_other_text_is_wrong(session, ada, phone, code):
    assert not prove(session, ada, KEY, code)


def test_of_parallel_uses_of_one_code_one_succeeds(database: Database, session, ada, phone):
    session.commit()
    code = phone.now()

    def use(_: int) -> bool:
        with database.session.begin() as work:
            return check(work, work.get_one(User, (ada.firm_id, ada.id)), KEY, code)

    assert sorted(in_threads(use, 8)) == [False] * 7 + [True]


def test_of_parallel_uses_of_one_recovery_code_one_succeeds(database: Database, session, ada):
    [code, *_] = recovery_codes.renew(session, ada)
    session.commit()

    def use(_: int) -> bool:
        with database.session.begin() as work:
            return recovery_codes.spend(work, work.get_one(User, (ada.firm_id, ada.id)), code)

    assert sorted(in_threads(use, 8)) == [False] * 7 + [True]


def test_recovery_code_stands_in_once(session, ada, phone):
    codes = second_factor.renew_recovery_codes(session, ada, KEY, PASSWORD)
    assert prove(session, ada, KEY, codes[0].upper().replace("-", " "))
    assert not prove(session, ada, KEY, codes[0])
    assert recovery_codes.left(session, ada) == 9
    assert "recovery_code.used" in events_of(session, ada)
    second_factor.renew_recovery_codes(session, ada, KEY, phone.now())
    assert not prove(session, ada, KEY, codes[1])
    with pytest.raises(InvalidBody):
        second_factor.renew_recovery_codes(session, ada, KEY, "a guess")


@pytest.mark.parametrize("by", ["password", "code", "recovery code"])
def test_switched_off_with_a_proof(session, ada, phone, by):
    with pytest.raises(InvalidBody):
        switch_off(session, ada, KEY, "a guess")
    assert is_on(ada)
    code = recovery_codes.renew(session, ada)[0]
    switch_off(session, ada, KEY, {"password": PASSWORD, "code": phone.now()}.get(by, code))
    assert (is_on(ada), ada.totp_secret, recovery_codes.left(session, ada)) == (False, None, 0)
    with pytest.raises(Conflict):
        switch_off(session, ada, KEY, PASSWORD)
    assert "second_factor.switched_off" in events_of(session, ada)


def test_administrator_helps_whoever_lost_the_phone(session, workplace, ada):
    grace = colleague(session, workplace)
    confirm(session, grace, KEY, pyotp.TOTP(begin(session, grace, KEY).secret).now())
    with pytest.raises(Forbidden):
        second_factor.reset(session, grace, ada)
    second_factor.reset(session, ada, grace)
    assert not is_on(grace)


def test_another_key_opens_nothing_and_breaks_nothing(session, ada, phone):
    assert not check(session, ada, "another key", phone.now())
    assert prove(session, ada, "another key", recovery_codes.renew(session, ada)[0])


def test_it_is_no_change_of_the_users_record(session, ada):
    before = ada.updated_at
    begin(session, ada, KEY)
    session.commit()
    assert ada.updated_at == before
