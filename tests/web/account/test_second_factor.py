"""Switching the second factor on, signing in with it, and switching it off."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace

import pyotp
import pytest

from app.models.base import now
from app.services import second_factor
from app.services.sealing import cipher
from tests.oauth_steps import fields, log_in
from tests.web.people import PASSWORD, events, shown_once, user_of

PLACE = "/account/second-factor"


@pytest.fixture
def phone(bob):
    """Bob's phone, which has been shown the key."""
    page = bob.follow(bob.post(f"{PLACE}/begin", {"old": PASSWORD}))
    (key,) = shown_once(page)
    return pyotp.TOTP(key)


@pytest.fixture
def codes(bob, phone):
    """The recovery codes of Bob, whose second factor is on."""
    page = bob.follow(bob.post(f"{PLACE}/confirm", {"code": phone.now()}))
    return recovery_codes_on(page)


def recovery_codes_on(page):
    return re.findall(r"<span>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</span>", page)


def sign_in(app, somebody, code):
    """Sign in with the password and a code; the answer to the code."""
    browser = app.test_client()
    answer = log_in(browser, SimpleNamespace(email=somebody.email, password=PASSWORD), "/account")
    assert answer.location.startswith("/login/code")
    page = browser.get(answer.location).text
    return browser.post("/login/code", data={**fields(page), "code": code})


def is_on(database, somebody):
    return user_of(database, somebody).totp_confirmed_at is not None


def next_code(phone):
    """A code that was not used yet; each works once."""
    return phone.at(now() + dt.timedelta(seconds=30))


def test_the_page_shows_a_picture_and_the_key(bob, phone):
    page = bob.page(PLACE)
    assert "<svg" in page
    assert shown_once(page) == [phone.secret]


def test_the_picture_needs_no_style_that_the_policy_forbids(bob, phone):
    svg = re.search(r"<svg.*?</svg>", bob.page(PLACE), re.S)
    assert svg
    assert "style" not in svg[0]


def test_it_counts_only_once_a_code_was_seen(database, bob, phone):
    assert not is_on(database, bob)
    wrong = bob.post(f"{PLACE}/confirm", {"code": "000000"})
    assert wrong.status_code == 400
    assert "not the one that your app shows now" in wrong.text
    assert shown_once(wrong.text) == [phone.secret]
    assert not is_on(database, bob)


def test_setting_up_lapses_after_ten_minutes(app, database, bob, phone):
    def begun(seconds_ago):
        """As if it had begun so long ago."""
        lock = cipher(str(app.secret_key), second_factor.PURPOSE)
        at = int(now().timestamp()) - seconds_ago
        with database.session.begin() as work:
            this = work.merge(user_of(database, bob), load=False)
            this.totp_secret = lock.encrypt_at_time(phone.secret.encode(), at).decode()

    begun(500)
    assert phone.secret in bob.page(PLACE)
    begun(601)
    assert phone.secret not in bob.page(PLACE)
    assert "It is off" in bob.page(PLACE)
    page = bob.follow(bob.post(f"{PLACE}/confirm", {"code": phone.now()}))
    assert "too long ago; begin again" in page
    assert phone.secret not in page
    assert not is_on(database, bob)


def test_second_factor_that_is_on_lasts(app, database, bob, phone, codes):
    lock = cipher(str(app.secret_key), second_factor.PURPOSE)
    with database.session.begin() as work:
        this = work.merge(user_of(database, bob), load=False)
        this.totp_secret = lock.encrypt_at_time(phone.secret.encode(), 0).decode()
    assert sign_in(app, bob, next_code(phone)).location == "/account"


def test_switching_it_on_shows_ten_recovery_codes_once(database, workplace, bob, codes):
    assert len(set(codes)) == 10
    assert not recovery_codes_on(bob.page(PLACE))
    assert is_on(database, bob)
    assert len(events(database, workplace, "second_factor.switched_on")) == 1


def test_sign_in_asks_for_a_code_of_the_phone(app, bob, phone, codes):
    assert sign_in(app, bob, "000000").status_code == 401
    assert sign_in(app, bob, next_code(phone)).location == "/account"


def test_each_recovery_code_signs_in_once(app, database, workplace, bob, codes):
    assert sign_in(app, bob, codes[0].upper()).location == "/account"
    assert sign_in(app, bob, codes[0]).status_code == 401
    assert "9 recovery codes left" in bob.page(PLACE)
    assert len(events(database, workplace, "recovery_code.used")) == 1


def test_new_recovery_codes_end_the_old_ones(app, bob, codes):
    fresh = recovery_codes_on(bob.follow(bob.post(f"{PLACE}/recovery-codes", {"proof": PASSWORD})))
    assert len(fresh) == 10
    assert sign_in(app, bob, codes[0]).status_code == 401
    assert sign_in(app, bob, fresh[0]).status_code == 303


@pytest.mark.parametrize("form", ["off", "recovery-codes"])
@pytest.mark.parametrize("proof", ["", "wrong", "000000", "\0"])
def test_neither_is_done_without_proof(database, bob, codes, form, proof):
    answer = bob.post(f"{PLACE}/{form}", {"proof": proof})
    assert answer.status_code == 400
    assert "neither your password nor a code" in answer.text
    assert not recovery_codes_on(answer.text)
    assert is_on(database, bob)


def test_wrong_proofs_are_kept_in_the_audit_trail_with_their_address(database, workplace, bob, phone):
    bob.post(f"{PLACE}/begin", {"old": "wrong"})
    bob.post(f"{PLACE}/confirm", {"code": "000000"})
    (recovery_code, *_) = recovery_codes_on(bob.follow(bob.post(f"{PLACE}/confirm", {"code": phone.now()})))
    bob.post(f"{PLACE}/recovery-codes", {"proof": "000000"})
    bob.post(f"{PLACE}/off", {"proof": "wrong"})
    refused = events(database, workplace, "proof.refused")
    assert {event.address for event in refused} == {"127.0.0.1"}
    assert [event.details["page"] for event in refused] == [
        f"{PLACE}/{form}" for form in ("begin", "confirm", "recovery-codes", "off")
    ]
    bob.post(f"{PLACE}/off", {"proof": recovery_code})
    (used,) = events(database, workplace, "recovery_code.used")
    assert used.address == "127.0.0.1"


def test_switched_off_the_password_alone_signs_in(app, database, workplace, bob, codes):
    assert "The second factor is off" in bob.follow(bob.post(f"{PLACE}/off", {"proof": codes[0]}))
    assert log_in(app.test_client(), SimpleNamespace(email=bob.email, password=PASSWORD)).location == "/"
    assert not is_on(database, bob)
    assert len(events(database, workplace, "second_factor.switched_off")) == 1


def test_nobody_puts_a_phone_of_their_own_on_an_open_browser(database, bob):
    answer = bob.post(f"{PLACE}/begin", {"old": "wrong"})
    assert answer.status_code == 400
    assert "This is not your password." in answer.text
    assert user_of(database, bob).totp_secret is None


def test_beginning_anew_while_it_is_on_changes_nothing(database, bob, phone, codes):
    before = user_of(database, bob).totp_secret
    bob.follow(bob.post(f"{PLACE}/begin", {"old": PASSWORD}))
    bob.follow(bob.post(f"{PLACE}/confirm", {"code": next_code(phone)}))
    assert user_of(database, bob).totp_secret == before


@pytest.mark.parametrize("form", ["off", "recovery-codes"])
def test_there_is_nothing_to_do_while_it_is_off(bob, form):
    assert "It is off" in bob.follow(bob.post(f"{PLACE}/{form}", {"proof": PASSWORD}))
