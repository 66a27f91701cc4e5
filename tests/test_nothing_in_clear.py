"""A copy of the database opens nothing: whatever was handed out or typed in is not in it."""

from __future__ import annotations

import base64
import datetime as dt

import pyotp
import pytest
from authlib.oauth2.rfc8628 import DEVICE_CODE_GRANT_TYPE as DEVICE_CODE
from flask import Flask
from sqlalchemy import or_

from app.models import Base, User
from app.services import apps, personal_tokens, registration, second_factor, staff
from tests.firms import PASSWORD
from tests.oauth_steps import CHALLENGE, VERIFIER, fields, log_in, new_code, redeem, refresh

WRONG = "a wrong password, typed once"


@pytest.fixture
def ada(session, firm):
    return session.get_one(User, (firm.firm_id, firm.user_id))


def through_the_code_flow(client, firm, app):
    code = new_code(client, firm, app, code_challenge=CHALLENGE, code_challenge_method="S256")
    first = redeem(client, app, code, code_verifier=VERIFIER).get_json()
    second = refresh(client, app, first["refresh_token"]).get_json()
    assert refresh(client, app, first["refresh_token"]).status_code == 400
    yield from (code, VERIFIER, app.secret)
    for tokens in (first, second):
        yield from (tokens["access_token"], tokens["refresh_token"])


def through_a_device(client, firm, app):
    told = client.post("/oauth/device_authorization", data={"client_id": app.client_id}).get_json()
    data = {**fields(client.get("/device").text), "user_code": told["user_code"]}
    page = client.post("/device", data=data)
    client.post("/device", data={**fields(page.text), "decision": "approve"})
    asked = {"grant_type": DEVICE_CODE, "device_code": told["device_code"], "client_id": app.client_id}
    tokens = client.post("/oauth/token", data=asked).get_json()
    yield from (told["device_code"], told["user_code"], told["user_code"].replace("-", ""))
    yield from (tokens["access_token"], tokens["refresh_token"])


def through_registration(client, session, firm):
    ticket = registration.make_initial_access_token(session, firm_id=firm.firm_id)
    session.commit()
    body = {"redirect_uris": ["https://robot.example/cb"], "client_name": "Robot"}
    headers = {"Authorization": f"Bearer {ticket}"}
    told = client.post("/oauth/register", json=body, headers=headers).get_json()
    yield from (ticket, told["client_secret"], told["registration_access_token"])
    told = client.post("/oauth/register", json={"redirect_uris": ["https://a.example.com/"]}).get_json()
    yield from (told["client_secret"], told["registration_access_token"])


def through_the_account(session, ada, key):
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    yield personal_tokens.make(session, ada, name="Excel", scope="read", expires_at=until)[0]
    secret = second_factor.begin(session, ada, key).secret
    codes = second_factor.confirm(session, ada, key, pyotp.TOTP(secret).now())
    yield from (secret, *codes, *(code.replace("-", "") for code in codes))
    _, password = staff.take_on(session, ada, f"new.{ada.id}@example.com")
    yield password
    app, secret = apps.register(
        session, firm_id=ada.firm_id, name="Rotated", redirect_uris=["https://a.example/cb"], developer=ada
    )
    yield from (secret, apps.rotate_secret(session, ada, app.client_id))
    session.commit()


def dump(session, firm):
    """The text of every row that the firm's people can have caused: its own, and those of no firm."""
    for table in Base.metadata.sorted_tables:
        rows = table.select()
        if "firm_id" in table.c:
            rows = rows.where(or_(table.c.firm_id == firm.firm_id, table.c.firm_id.is_(None)))
        for row in session.execute(rows):
            yield table.name, "\n".join(map(str, row))


def test_no_secret_is_in_a_dump(app: Flask, client, session, firm, ada, oauth_app, register_app):
    device = register_app(
        name="Tool", grant_types=[DEVICE_CODE, "refresh_token"], redirect_uris=[], confidential=False
    )
    page = fields(client.get("/login").text)
    client.post("/login", data={**page, "email": WRONG, "password": WRONG})
    seen = [WRONG, PASSWORD, *through_the_code_flow(client, firm, oauth_app)]
    seen += through_a_device(client, firm, device)
    seen += through_registration(client, session, firm)
    seen += through_the_account(session, ada, str(app.secret_key))
    assert log_in(client, firm).location.startswith("/login/code")
    assert len(seen) > 40
    forms = {form for secret in seen for form in (secret, base64.b64encode(secret.encode()).decode())}
    rows = list(dump(session, firm))
    assert any(oauth_app.client_id in row for _, row in rows)
    tables = {table for table, _ in rows}
    assert {"users", "audit_events", "browser_sessions", "recovery_codes", "initial_access_tokens"} <= tables
    assert {table for table in Base.metadata.tables if table.startswith("oauth_")} <= tables
    for table, row in rows:
        found = [form for form in forms if form in row]
        assert not found, (table, found)
