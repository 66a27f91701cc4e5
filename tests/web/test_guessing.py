"""Guessing passwords through the login page."""

from __future__ import annotations

import pytest

from app.services import throttling
from app.services.throttling import Rule
from tests.oauth_steps import fields, log_in

pytestmark = pytest.mark.usefixtures("cheap_strangers")
WRONG = "a wrong password"


@pytest.fixture
def guarded(client_with, monkeypatch):
    """A browser at a server that slows down guesses, within one minute, however long the test takes."""
    monkeypatch.setattr("app.services.throttling.time", lambda: 1_767_960_000.0)
    return client_with(limit_guesses=True)


def guess(client, email, password=WRONG, address="192.0.2.1"):
    options = {"environ_base": {"REMOTE_ADDR": address}, "base_url": "https://localhost"}
    page = client.get("/login", **options)
    data = {**fields(page.text), "email": email, "password": password}
    return client.post("/login", data=data, **options)


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_guessing_one_account_is_slowed_and_keeps_no_other_network_out(guarded, firm, known):
    email = firm.email if known else f"nobody-{firm.firm_id}@example.com"
    answers = [guess(guarded, email) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[-1].headers["Retry-After"] == "61"
    assert guess(guarded, email, firm.password).status_code == 429
    elsewhere = guess(guarded, email, firm.password, address="192.0.2.99")
    assert elsewhere.status_code == (303 if known else 401)


def test_guessing_one_account_is_slowed_from_wherever_it_comes(guarded, firm, monkeypatch):
    monkeypatch.setattr(throttling, "SIGN_IN_ANYWHERE", Rule("fewer", ((8, 60),)))
    answers = [guess(guarded, firm.email, address=f"192.0.2.{number}") for number in range(1, 10)]
    assert [answer.status_code for answer in answers] == [401] * 8 + [429]
    assert guess(guarded, firm.email, firm.password, address="192.0.2.99").status_code == 429


def test_addresses_of_one_household_count_together(guarded, firm):
    addresses = [f"2001:db8:1:2{number}::{number}" for number in range(10, 16)]
    assert [guess(guarded, firm.email, address=each).status_code for each in addresses][-1] == 429
    assert guess(guarded, firm.email, firm.password, address="2001:db8:1:3ff::1").status_code == 303


def test_guessing_from_one_address_is_slowed_whatever_the_account(guarded):
    statuses = [guess(guarded, f"somebody-{number}@example.com").status_code for number in range(31)]
    assert statuses == [401] * 30 + [429]


def test_one_message_for_a_wrong_password_and_an_unknown_user(guarded, firm):
    wrong, unknown = guess(guarded, firm.email), guess(guarded, f"nobody-{firm.firm_id}@example.com")
    assert wrong.status_code == unknown.status_code == 401
    hidden = fields(wrong.text)["csrf_token"], fields(unknown.text)["csrf_token"]
    same = wrong.text.replace(hidden[0], "").replace(firm.email, "")
    assert same == unknown.text.replace(hidden[1], "").replace(f"nobody-{firm.firm_id}@example.com", "")


def test_others_sign_in_meanwhile(guarded, firm, app):
    for _ in range(3):
        guess(guarded, "nobody@example.com")
    assert log_in(app.test_client(), firm).status_code == 303
