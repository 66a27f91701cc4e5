"""Signing in at the Praxis door: what the pages do, with a token instead of a cookie."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEvent, OAuthGrant, User
from app.services import second_factor, sign_in_tokens
from app.services.throttling import Throttle
from app.services.throttling.counters import InMemory
from tests.firms import PASSWORD, Workplace

NEW = "a wholly other phrase"


def login(app: Flask | FlaskClient, email: str, password: str = PASSWORD, **more: str) -> Any:
    client = app.test_client() if isinstance(app, Flask) else app
    return client.post("/api/auth/login", json={"email": email, "password": password, **more})


def actions(session: Session, place: Workplace) -> list[str]:
    mine = select(AuditEvent.action).where(AuditEvent.firm_id == place.firm_id).order_by(AuditEvent.at)
    found = list(session.scalars(mine))
    session.rollback()  # or else the next writer would wait for this reader
    return found


@pytest.fixture
def changed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function that changes settings."""

    def function(**values: Any) -> None:
        monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], **values))

    return function


@pytest.fixture
def careful(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guesses are slowed."""
    monkeypatch.setitem(app.extensions, "throttle", Throttle(InMemory()))


def test_login_gives_token_user_and_firm_as_the_document_prints_them(
    workplace: Workplace, session: Session
) -> None:
    answer = login(workplace.app, workplace.email)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.get_json()
    assert list(told) == ["success", "data", "token", "expiresAt", "user", "firm"]
    assert told["success"] is True
    assert told["data"] == {name: told[name] for name in ("token", "expiresAt", "user", "firm")}
    assert told["user"]["email"] == workplace.email
    assert told["firm"]["id"] == workplace.firm_id
    me = workplace.ok("GET", "/api/auth/me", token=told["token"])["data"]
    assert me == {**told["user"], "firm": told["firm"]}
    for path in ("/api/cases", "/api/v2/matters", "/odata/v4/Matters"):
        assert workplace.get(path, token=told["token"]).status_code == 200
    assert "sign_in.succeeded" in actions(session, workplace)


@pytest.mark.parametrize("given", [{"password": "wrong"}, {"email": "nobody@example.com"}, {"email": "a\nb"}])
def test_a_wrong_login_says_the_same_whatever_was_wrong(workplace: Workplace, given: dict[str, str]) -> None:
    answer = login(workplace.app, **{"email": workplace.email, **given})
    assert answer.status_code == 401
    assert answer.get_json() == {"error": "The email address or the password is wrong."}


def test_a_wrong_login_is_in_the_audit_trail(workplace: Workplace, session: Session) -> None:
    login(workplace.app, workplace.email, "wrong")
    assert actions(session, workplace)[-1:] == ["sign_in.refused"]


@pytest.mark.usefixtures("careful")
def test_guesses_are_slowed(workplace: Workplace) -> None:
    statuses = [login(workplace.app, workplace.email, "wrong").status_code for _ in range(7)]
    assert statuses == [401] * 5 + [429] * 2
    answer = login(workplace.app, workplace.email)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "wait" in answer.get_json()["error"]


def test_who_has_a_second_factor_gives_its_code(app: Flask, session: Session, workplace: Workplace) -> None:
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    key = str(app.secret_key)
    totp = pyotp.TOTP(second_factor.begin(session, user, key).secret)
    [recovery, *_] = second_factor.confirm(session, user, key, totp.now())
    session.commit()
    answer = login(app, workplace.email)
    assert answer.status_code == 401
    assert 'second factor; send its code beside the password, as "code"' in answer.get_json()["error"]
    answer = login(app, workplace.email, code="000000")
    assert answer.status_code == 401
    assert "This code is not right now" in answer.get_json()["error"]
    assert login(app, workplace.email, "wrong", code=recovery).status_code == 401
    assert login(app, workplace.email, code=recovery).status_code == 200
    told = actions(session, workplace)
    assert told.count("sign_in.second_factor_refused") == 1
    assert "recovery_code.used" in told


def test_the_sign_in_can_be_switched_off(workplace: Workplace, changed: Callable[..., None]) -> None:
    changed(api_sign_in=False)
    client = workplace.app.test_client()
    for answer in (login(client, workplace.email), client.post("/api/auth/register", json={})):
        assert answer.status_code == 403
        assert "switched off" in answer.get_json()["error"]
    headers = {"Authorization": f"Bearer {workplace.token}"}
    assert client.get("/api/cases", headers=headers).status_code == 200


def test_a_token_expires(workplace: Workplace, changed: Callable[..., None]) -> None:
    changed(access_token_lifetime=0)
    told = login(workplace.app, workplace.email).get_json()
    assert workplace.get("/api/cases", token=told["token"]).status_code == 401


def test_registering_opens_a_firm(app: Flask, session: Session) -> None:
    email = f"new.{secrets.token_hex(4)}@example.com"
    body = {"firmName": "Roe & Co.", "email": email, "password": NEW, "firstName": "Jane", "lastName": "Roe"}
    answer = app.test_client().post("/api/auth/register", json=body)
    assert answer.status_code == 201
    told = answer.get_json()
    assert told["data"]["firm"] == told["firm"]
    assert (told["firm"]["name"], told["user"]["role"]) == ("Roe & Co.", "administrator")
    place = Workplace(app, told["firm"]["id"], told["user"]["id"], email, told["token"])
    assert place.ok("GET", "/api/cases")["data"] == []
    assert [bank["type"] for bank in place.ok("GET", "/api/v2/bankaccounts")] == ["Operating"]
    assert "firm.opened" in actions(session, place)
    assert login(app, email, NEW).status_code == 200
    again = app.test_client().post("/api/auth/register", json=body)
    assert again.status_code == 400
    assert "email: Somebody already signs in with this address." in again.get_json()["error"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"password": "short"}, "password: A password has 12"),
        ({"password": "Roe Roe Roe Roe"}, "password: "),
        ({"email": "nobody"}, "email: This is not an email address."),
        ({"firmName": " "}, "firmName: Must not be blank."),
        ({"firmName": "a\x07b"}, "firmName: A firm has a name of printable characters."),
    ],
)
def test_what_cannot_register(app: Flask, wrong: dict[str, str], told: str) -> None:
    body = {"firmName": "Roe", "email": "roe.jane@example.com", "password": NEW, **wrong}
    answer = app.test_client().post("/api/auth/register", json=body)
    assert answer.status_code == 400
    assert told in answer.get_json()["error"]


def test_registering_can_be_closed(app: Flask, changed: Callable[..., None]) -> None:
    body = {"firmName": "X", "email": "x@example.com", "password": NEW}
    for values in (
        {"firm_registration": "closed"},
        {"matterbase_env": "production", "firm_registration": "auto"},
    ):
        changed(**values)
        answer = app.test_client().post("/api/auth/register", json=body)
        assert answer.status_code == 403
        assert "cannot register" in answer.get_json()["error"]


@pytest.mark.usefixtures("careful")
def test_registering_is_slowed(app: Flask) -> None:
    body = {"firmName": "X", "email": "nobody", "password": NEW}
    statuses = [app.test_client().post("/api/auth/register", json=body).status_code for _ in range(6)]
    assert statuses == [400] * 5 + [429]


def test_another_password_ends_the_other_sign_ins(workplace: Workplace, session: Session) -> None:
    here, there = (login(workplace.app, workplace.email).get_json()["token"] for _ in range(2))
    body = {"currentPassword": PASSWORD, "newPassword": NEW}
    told = workplace.ok("POST", "/api/auth/change-password", json=body, token=here)
    assert told["success"] is True
    assert workplace.get("/api/auth/me", token=here).status_code == 200
    assert workplace.get("/api/auth/me", token=there).status_code == 401
    assert workplace.get("/api/auth/me").status_code == 200  # an app knows no password
    assert login(workplace.app, workplace.email).status_code == 401
    assert login(workplace.app, workplace.email, NEW).status_code == 200
    assert "password.changed" in actions(session, workplace)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"currentPassword": "wrong"}, "currentPassword: This is not your present password."),
        ({"newPassword": PASSWORD}, "newPassword: This is your present password; choose another."),
        ({"newPassword": "short"}, "newPassword: A password has 12"),
    ],
)
def test_a_password_that_is_not_changed(workplace: Workplace, body: dict[str, str], told: str) -> None:
    token = login(workplace.app, workplace.email).get_json()["token"]
    body = {"currentPassword": PASSWORD, "newPassword": NEW, **body}
    answer = workplace.request("POST", "/api/auth/change-password", json=body, token=token)
    assert answer.status_code == 400
    assert told in answer.get_json()["error"]


@pytest.mark.usefixtures("careful")
def test_guesses_at_the_present_password_are_slowed_and_kept(workplace: Workplace, session: Session) -> None:
    token = login(workplace.app, workplace.email).get_json()["token"]
    body = {"currentPassword": "wrong", "newPassword": NEW}
    statuses = [
        workplace.request("POST", "/api/auth/change-password", json=body, token=token).status_code
        for _ in range(6)
    ]
    assert statuses == [400] * 5 + [429]
    assert actions(session, workplace).count("proof.refused") == 5


def test_an_app_changes_no_password(workplace: Workplace) -> None:
    body = {"currentPassword": PASSWORD, "newPassword": NEW}
    answer = workplace.request("POST", "/api/auth/change-password", json=body)
    assert answer.status_code == 403
    assert "no app was given" in answer.get_json()["error"]


def test_only_so_many_sign_ins_go_on(workplace: Workplace, session: Session) -> None:
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    for _ in range(sign_in_tokens.MOST + 2):
        sign_in_tokens.make(session, user, lifetime=60, program="curl\n/8")
    living = sign_in_tokens.of(session, user)
    assert len(living) == sign_in_tokens.MOST
    assert living[0].name == "curl/8"
    kinds = session.scalars(select(OAuthGrant.kind).where(OAuthGrant.firm_id == workplace.firm_id))
    assert set(kinds) == {"authorization_code", "sign_in"}
