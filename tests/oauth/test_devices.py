"""A command-line tool on a machine without a browser (RFC 8628)."""

from __future__ import annotations

import datetime as dt

import pytest
from authlib.oauth2.rfc8628 import DEVICE_CODE_GRANT_TYPE as DEVICE_CODE
from sqlalchemy import update

from app.models import OAuthDeviceCode
from oauth.credentials import digest
from tests.oauth_steps import fields, introspect, log_in, opens, post_as, refresh


@pytest.fixture
def tool(register_app):
    return register_app(
        name="Tool", grant_types=[DEVICE_CODE, "refresh_token"], redirect_uris=[], confidential=False
    )


def begin(client, app, **more):
    data = {"client_id": app.client_id, **more}
    answer = client.post("/oauth/device_authorization", data=data, auth=app.basic)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_json()


def poll(client, app, codes, **more):
    data = {
        "grant_type": DEVICE_CODE,
        "device_code": codes["device_code"],
        "client_id": app.client_id,
        **more,
    }
    return client.post("/oauth/token", data=data, auth=app.basic)


def type_code(client, user_code):
    data = {**fields(client.get("/device").text), "user_code": user_code}
    return client.post("/device", data=data)


def approve(client, firm, user_code, decision="approve"):
    log_in(client, firm)
    page = type_code(client, user_code)
    assert page.status_code == 200, page.text
    return client.post("/device", data={**fields(page.text), "decision": decision})


def change(app, codes, **values):
    with app.extensions["database"].session.begin() as session:
        own = OAuthDeviceCode.hash == digest(codes["device_code"])
        session.execute(update(OAuthDeviceCode).where(own).values(**values))


def test_device_is_connected_by_a_code_that_its_user_types(client, firm, tool):
    codes = begin(client, tool, scope="matters:read")
    assert codes["verification_uri"] == "http://localhost/device"
    assert codes["verification_uri_complete"].endswith(f"/device?user_code={codes['user_code']}")
    assert poll(client, tool, codes).get_json()["error"] == "authorization_pending"
    log_in(client, firm)
    typed = codes["user_code"].lower().replace("-", " ")
    page = type_code(client, typed)
    assert "Tool" in page.text
    assert "matters." in page.text
    answer = client.post("/device", data={**fields(page.text), "decision": "approve"})
    assert "Connected" in answer.text
    tokens = poll(client, tool, codes).get_json()
    assert tokens["scope"] == "matters:read"
    assert opens(client, tokens["access_token"], "/api/v2/matters")
    assert refresh(client, tool, tokens["refresh_token"]).status_code == 200


def test_code_works_once(client, firm, tool):
    codes = begin(client, tool)
    approve(client, firm, codes["user_code"])
    assert poll(client, tool, codes).status_code == 200
    again = poll(client, tool, codes)
    assert (again.status_code, again.get_json()["error"]) == (400, "invalid_grant")
    assert type_code(client, codes["user_code"]).status_code == 400


def test_denial_is_told_to_the_device(client, firm, tool):
    codes = begin(client, tool)
    assert "Not connected" in approve(client, firm, codes["user_code"], "deny").text
    assert poll(client, tool, codes).get_json()["error"] == "access_denied"


def test_device_that_hurries_is_slowed_down(app, client, tool):
    codes = begin(client, tool)
    assert codes["interval"] == 5
    answers = [poll(client, tool, codes).get_json()["error"] for _ in range(3)]
    assert answers == ["authorization_pending", "slow_down", "slow_down"]
    change(app, codes, polled_at=dt.datetime.now(dt.UTC) - dt.timedelta(seconds=10))
    assert poll(client, tool, codes).get_json()["error"] == "slow_down"
    change(app, codes, polled_at=dt.datetime.now(dt.UTC) - dt.timedelta(seconds=21))
    assert poll(client, tool, codes).get_json()["error"] == "authorization_pending"


def test_code_expires(app, client, firm, tool):
    codes = begin(client, tool)
    assert codes["expires_in"] == 600
    log_in(client, firm)
    change(app, codes, expires_at=dt.datetime.now(dt.UTC))
    assert poll(client, tool, codes).get_json()["error"] == "expired_token"
    assert type_code(client, codes["user_code"]).status_code == 400


@pytest.mark.parametrize("device_code", ["nonsense", "é\0", "x" * 5_000])
def test_unknown_device_code(client, tool, device_code):
    assert poll(client, tool, {"device_code": device_code}).get_json()["error"] == "invalid_grant"


def test_code_of_another_app_is_refused(client, firm, tool, register_app):
    codes = begin(client, tool)
    approve(client, firm, codes["user_code"])
    thief = register_app(grant_types=[DEVICE_CODE], redirect_uris=[])
    assert poll(client, thief, codes).get_json()["error"] == "invalid_grant"
    assert poll(client, tool, codes).status_code == 200


def test_app_without_the_grant_cannot_begin(client, oauth_app):
    answer = post_as(client, oauth_app, "/oauth/device_authorization")
    assert (answer.status_code, answer.get_json()["error"]) == (400, "unauthorized_client")


@pytest.mark.parametrize("scope", ["everything", "full"])
def test_device_gets_no_more_than_its_app_registered_for(client, register_app, scope):
    tool = register_app(grant_types=[DEVICE_CODE], redirect_uris=[], scope="read")
    answer = post_as(client, tool, "/oauth/device_authorization", scope=scope)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_scope")


def test_page_asks_who_is_there_and_keeps_the_code(client, tool):
    codes = begin(client, tool)
    answer = client.get("/device", query_string={"user_code": codes["user_code"]})
    assert answer.status_code == 303
    assert answer.location.startswith("/login?next=/device")
    assert codes["user_code"] in answer.location


@pytest.mark.parametrize("user_code", ["", "BCDF-GHJK", "é\0", "x" * 5_000, "<script>"])
def test_unknown_user_code_is_told_to_the_user(client, firm, user_code):
    log_in(client, firm)
    page = type_code(client, user_code)
    assert page.status_code == 400
    assert "No device is waiting" in page.text
    assert "<script>" not in page.text


def test_guessing_user_codes_is_slowed(client_with, firm, tool):
    client = client_with(limit_guesses=True)
    log_in(client, firm)
    statuses = [type_code(client, f"BCDF-GHJ{letter}").status_code for letter in "BCDFGHJKLMNPQRST"]
    assert statuses[0] == 400
    assert statuses[-1] == 429
    codes = begin(client, tool)
    assert type_code(client, codes["user_code"]).status_code == 429


def test_two_users_cannot_both_decide(client, firm, tool):
    codes = begin(client, tool)
    log_in(client, firm)
    page = type_code(client, codes["user_code"])
    data = {**fields(page.text), "decision": "deny"}
    assert client.post("/device", data=data).status_code == 200
    assert client.post("/device", data={**data, "decision": "approve"}).status_code == 400
    assert poll(client, tool, codes).get_json()["error"] == "access_denied"


def test_resource_is_kept_for_the_token(client, firm, register_app):
    tool = register_app(grant_types=[DEVICE_CODE], redirect_uris=[])
    codes = begin(client, tool, resource="http://localhost/api/v2")
    approve(client, firm, codes["user_code"])
    tokens = poll(client, tool, codes).get_json()
    assert "refresh_token" not in tokens
    assert introspect(client, tool, tokens["access_token"])["aud"] == "http://localhost/api/v2"
