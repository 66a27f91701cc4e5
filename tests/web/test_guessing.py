"""Guessing passwords through the login page."""

from __future__ import annotations

import pytest

from tests.oauth_steps import fields, log_in

WRONG = "a wrong password"


@pytest.fixture
def guarded(client_with):
    return client_with(limit_guesses=True)


def guess(client, email, password=WRONG, address="192.0.2.1"):
    options = {"environ_base": {"REMOTE_ADDR": address}, "base_url": "https://localhost"}
    page = client.get("/login", **options)
    data = {**fields(page.text), "email": email, "password": password}
    return client.post("/login", data=data, **options)


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_guessing_one_account_is_slowed_from_wherever_it_comes(guarded, firm, known):
    email = firm.email if known else f"nobody-{firm.firm_id}@example.com"
    answers = [guess(guarded, email, address=f"192.0.2.{number}") for number in range(1, 12)]
    assert answers[0].status_code == 401
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    right = guess(guarded, email, firm.password, address="192.0.2.99")
    assert right.status_code == 429


def test_guessing_from_one_address_is_slowed_whatever_the_account(guarded):
    statuses = [guess(guarded, f"somebody-{number}@example.com").status_code for number in range(62)]
    assert statuses[0] == 401
    assert 429 in statuses, "even if a new minute begins half-way"


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
