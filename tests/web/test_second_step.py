"""The second step of signing in, and what those see who try too often."""

from __future__ import annotations

import time

import pyotp
import pytest
from flask import Flask

from app.models import BrowserSession, User
from app.services import second_factor
from tests.oauth_steps import fields, form_action, log_in


@pytest.fixture
def codes(app: Flask, session, firm):
    """The recovery codes of a user with a second factor."""
    ada = session.get_one(User, (firm.firm_id, firm.user_id))
    key = str(app.secret_key)
    phone = pyotp.TOTP(second_factor.begin(session, ada, key).secret)
    made = second_factor.confirm(session, ada, key, phone.now())
    session.commit()
    return made


def give(client, code, then=""):
    page = client.get("/login/code", query_string={"next": then}).text
    return client.post(form_action(page), data={**fields(page), "code": code})


def test_password_leads_to_the_second_step_and_no_further(client, session, firm, codes):
    answer = log_in(client, firm, then="/account")
    assert (answer.status_code, answer.location) == (303, "/login/code?next=/account")
    assert "Ada Lovelace" not in client.get("/").text
    assert client.get("/oauth/authorize").status_code != 200
    assert session.query(BrowserSession).filter_by(user_id=firm.user_id).count() == 0


def test_code_leads_to_where_the_user_was_going(client, firm, codes):
    log_in(client, firm, then="/account")
    assert give(client, codes[0], then="/account").location == "/account"
    assert "Ada Lovelace" in client.get("/").text


def test_wrong_code_can_be_corrected(client, firm, codes):
    log_in(client, firm)
    answer = give(client, "000000x", then="/account")
    assert answer.status_code == 401
    assert "not right" in answer.text
    assert fields(answer.text)["next"] == "/account"
    assert give(client, codes[0], then="https://evil.example").location == "/"


def test_session_id_is_new_after_the_second_step(client, firm, codes):
    log_in(client, firm)
    before = fields(client.get("/login/code").text)["csrf_token"]
    give(client, codes[0])
    assert fields(client.get("/login").text)["csrf_token"] != before


def test_second_step_needs_the_first(client, firm, codes):
    answer = client.get("/login/code", query_string={"next": "/account"})
    assert (answer.status_code, answer.location) == (303, "/login?next=/account")
    page = fields(client.get("/login").text)
    assert client.post("/login/code", data={**page, "code": codes[0]}).location == "/login?next="
    assert client.post("/login/code", data={"code": codes[0]}).status_code == 400


def test_second_step_has_to_follow_soon(client, firm, codes, monkeypatch):
    log_in(client, firm)
    moment = time.time()
    monkeypatch.setattr("app.web.session.time.time", lambda: moment + 301)
    assert client.get("/login/code").status_code == 303


class TestSlowed:
    @pytest.fixture
    def client(self, client_with, monkeypatch):
        monkeypatch.setattr("app.services.throttling.time", lambda: 1_767_960_000.0)
        return client_with(limit_guesses=True)

    def test_too_many_tries_are_told_to_wait(self, client, firm):
        page = fields(client.get("/login").text)
        data = {**page, "email": firm.email, "password": "wrong password"}
        answers = [client.post("/login", data=data) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429]
        assert answers[-1].headers["Retry-After"] == "61"
        assert "Too many tries" in answers[-1].text

    def test_so_are_those_who_guess_codes(self, client, app, firm, codes):
        log_in(client, firm)
        answers = [give(client, "000000x") for _ in range(6)]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429]
        assert answers[-1].headers["Retry-After"] == "61"
