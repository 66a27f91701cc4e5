"""Whose users may connect an app: its developer's firm, demo firms, and firms that let it in."""

from __future__ import annotations

import pytest

from app.models import Firm, User
from app.services import app_access
from tests.oauth.test_devices import DEVICE_CODE, begin, poll, type_code
from tests.oauth_steps import (
    authorize_url,
    fields,
    form_action,
    log_in,
    new_code,
    new_tokens,
    opens,
    redeem,
    refresh,
)


@pytest.fixture
def stranger(session, other_workplace):
    """Somebody at a firm that decides on each app, and has yet to hear of this one."""
    session.get_one(Firm, other_workplace.firm_id).approves_apps = False
    session.commit()
    return other_workplace


@pytest.fixture
def administrator(session, stranger):
    user = session.get_one(User, (stranger.firm_id, stranger.user_id))
    session.commit()
    return user


def decide(session, administrator, app, approve):
    app_access.decide(session, administrator, app.client_id, approve)
    session.commit()


def test_user_is_told_and_can_ask(client, session, stranger, oauth_app, administrator):
    log_in(client, stranger)
    page = client.get(authorize_url(oauth_app))
    assert (page.status_code, "Location" in page.headers) == (403, False)
    assert "is not let in yet" in page.text

    data = {**fields(page.text), "reason": "Billing"}
    asked = client.post(form_action(page.text), data=data)
    assert asked.status_code == 303
    assert asked.location.startswith("/oauth/authorize?")
    pending = client.get(asked.location)
    assert pending.status_code == 403
    assert "The request is with the administrators" in pending.text
    assert [(one.client_id, one.reason) for one in app_access.of_firm(session, administrator)] == [
        (oauth_app.client_id, "Billing")
    ]
    session.commit()

    decide(session, administrator, oauth_app, True)
    assert "Connect" in client.get(asked.location).text
    assert new_tokens(client, stranger, oauth_app)["access_token"]


def test_refused_app_stays_out(client, session, stranger, oauth_app, administrator):
    decide(session, administrator, oauth_app, False)
    log_in(client, stranger)
    page = client.get(authorize_url(oauth_app))
    assert page.status_code == 403
    assert "has refused this app" in page.text
    assert "<textarea" not in page.text


def test_decision_cannot_be_skipped_by_posting(client, stranger, oauth_app):
    log_in(client, stranger)
    page = client.get(authorize_url(oauth_app))
    data = {**fields(page.text), "decision": "approve"}
    answer = client.post(authorize_url(oauth_app), data=data)
    assert (answer.status_code, "Location" in answer.headers) == (403, False)


def test_request_needs_its_csrf_token_and_a_session(client, stranger, oauth_app):
    data = {"client_id": oauth_app.client_id, "next": "/"}
    assert client.post("/access-requests", data=data).location.startswith("/login")
    log_in(client, stranger)
    assert client.post("/access-requests", data=data).status_code == 400


@pytest.mark.parametrize("client_id", ["nobody", "", "\0", "é"])
def test_request_for_an_unknown_app(client, stranger, oauth_app, client_id):
    log_in(client, stranger)
    data = fields(client.get(authorize_url(oauth_app)).text)
    assert client.post("/access-requests", data={**data, "client_id": client_id}).status_code == 404


@pytest.mark.parametrize("then", ["https://evil.com", "//evil.com", "/\\evil.com"])
def test_request_leads_to_local_pages_only(client, stranger, oauth_app, then):
    log_in(client, stranger)
    data = fields(client.get(authorize_url(oauth_app)).text)
    assert client.post("/access-requests", data={**data, "next": then}).location == "/"


def test_withdrawn_access_ends_everything_at_once(client, session, stranger, oauth_app, administrator):
    decide(session, administrator, oauth_app, True)
    tokens = new_tokens(client, stranger, oauth_app)
    assert opens(client, tokens["access_token"])
    decide(session, administrator, oauth_app, False)
    assert not opens(client, tokens["access_token"])
    assert refresh(client, oauth_app, tokens["refresh_token"]).get_json()["error"] == "invalid_grant"


def test_refusal_of_an_app_that_is_not_let_in_now_does_not_spend_its_token(
    client, session, stranger, oauth_app
):
    firm = session.get_one(Firm, stranger.firm_id)

    def decides_on_each_app(decides):
        firm.approves_apps = not decides
        session.commit()

    decides_on_each_app(False)
    tokens = new_tokens(client, stranger, oauth_app)
    decides_on_each_app(True)
    for _ in range(2):
        assert refresh(client, oauth_app, tokens["refresh_token"]).get_json()["error"] == "invalid_grant"
    decides_on_each_app(False)
    assert refresh(client, oauth_app, tokens["refresh_token"]).status_code == 200


def test_replay_ends_the_family_of_an_app_that_is_not_let_in_now_too(client, session, stranger, oauth_app):
    firm = session.get_one(Firm, stranger.firm_id)
    firm.approves_apps = True
    session.commit()
    spent = new_tokens(client, stranger, oauth_app)["refresh_token"]
    access_token = refresh(client, oauth_app, spent).get_json()["access_token"]
    firm.approves_apps = False
    session.commit()
    assert opens(client, access_token)
    assert refresh(client, oauth_app, spent).status_code == 400
    assert not opens(client, access_token)


def test_code_does_not_outlive_the_firms_consent(client, session, stranger, oauth_app, administrator):
    decide(session, administrator, oauth_app, True)
    code = new_code(client, stranger, oauth_app)
    decide(session, administrator, oauth_app, False)
    assert redeem(client, oauth_app, code).get_json()["error"] == "invalid_grant"


@pytest.mark.parametrize("setting", ["is_demo", "approves_apps"])
def test_demo_firms_and_those_that_say_so_let_every_app_in(client, session, stranger, oauth_app, setting):
    setattr(session.get_one(Firm, stranger.firm_id), setting, True)
    session.commit()
    assert new_tokens(client, stranger, oauth_app)["access_token"]


def test_device_is_not_let_in_either(client, session, stranger, register_app, administrator):
    tool = register_app(grant_types=[DEVICE_CODE], redirect_uris=[])
    codes = begin(client, tool)
    log_in(client, stranger)
    page = type_code(client, codes["user_code"])
    assert page.status_code == 403
    assert "is not let in yet" in page.text
    data = {**fields(page.text), "user_code": codes["user_code"], "decision": "approve"}
    assert client.post("/device", data=data).status_code == 403
    assert poll(client, tool, codes).get_json()["error"] == "authorization_pending"
    asked = client.post("/access-requests", data=fields(page.text))
    assert asked.location == f"/device?user_code={codes['user_code']}"
