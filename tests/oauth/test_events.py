"""What the audit trail keeps of the authorization server, and what it must never keep."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import or_, select

from app.models import AuditEvent, Firm, User
from app.services import apps
from app.services.throttling import Rule
from tests.oauth.test_devices import DEVICE_CODE, approve, begin, poll
from tests.oauth_steps import (
    authorize_url,
    decide,
    log_in,
    new_code,
    new_tokens,
    post_as,
    redeem,
    refresh,
)


@pytest.fixture
def trail(app, oauth_app):
    """A function that gives the actions about an app, the first one first, or the events of one action."""

    def function(action=None, of=oauth_app):
        with app.extensions["database"].session() as session:
            events = session.scalars(
                select(AuditEvent).where(AuditEvent.client_id == of.client_id).order_by(AuditEvent.at)
            ).all()
        events = [event for event in events if not event.action.startswith("app.registered")]
        return [event for event in events if event.action == action] if action else events

    return function


def actions(events):
    return {event.action for event in events}


def test_grant_and_tokens(client, firm, oauth_app, trail):
    tokens = new_tokens(client, firm, oauth_app, scope="read")
    refresh(client, oauth_app, tokens["refresh_token"])
    assert actions(trail()) == {"grant.approved", "token.issued", "token.refreshed"}
    for event in trail():
        assert (event.firm_id, event.user_id, event.address) == (firm.firm_id, firm.user_id, "127.0.0.1")
        assert event.details["scope"] == "read"


def test_denial(client, firm, oauth_app, trail):
    log_in(client, firm)
    decide(client, client.get(authorize_url(oauth_app)), "deny")
    (event,) = trail()
    assert (event.action, event.user_id) == ("grant.denied", firm.user_id)


@pytest.mark.parametrize("uri", ["https://evil.example.com/", "x\0y", "\u202e", "é" * 900])
def test_unregistered_redirect_is_shown_to_the_developer(client, firm, oauth_app, trail, uri):
    client.get(authorize_url(oauth_app, redirect_uri=uri))
    (event,) = trail("grant.refused")
    assert event.firm_id == firm.firm_id
    assert event.details["error"] == "invalid_request"
    assert "redirect_uri is not registered" in event.details["reason"]
    shown = event.details["redirect_uri"]
    assert shown.isprintable()
    assert len(shown) <= 500
    assert shown[:5] == uri[:5] or not uri.isprintable()


@pytest.mark.parametrize(
    ("parameters", "error"),
    [({"scope": "everything"}, "invalid_scope"), ({"response_type": "token"}, "unsupported_response_type")],
)
def test_refused_authorization_request(client, oauth_app, trail, parameters, error):
    client.get(authorize_url(oauth_app, **parameters))
    (event,) = trail("grant.refused")
    assert event.details["error"] == error


def test_refusals_in_bulk_leave_no_more_rows(client_with, firm, oauth_app, trail, monkeypatch):
    monkeypatch.setattr("app.services.throttling.time", lambda: 1_767_960_000.0)
    client = client_with(limit_guesses=True)
    to_a_page = authorize_url(oauth_app, redirect_uri="https://evil.example.com/")
    to_the_app = authorize_url(oauth_app, scope="everything")
    statuses = [client.get(to_a_page).status_code for _ in range(30)]
    statuses += [client.get(to_the_app).status_code for _ in range(30)]
    assert statuses == [400] * 30 + [303] * 30
    for address in (to_a_page, to_the_app, authorize_url(oauth_app, client_id="nobody")):
        slowed = client.get(address)
        assert (slowed.status_code, slowed.headers["Retry-After"]) == (429, "61")
        assert "Location" not in slowed.headers
    assert len(trail("grant.refused")) == 60
    assert client.get(authorize_url(oauth_app)).location.startswith("/login"), "what is right is answered"
    elsewhere = {"environ_base": {"REMOTE_ADDR": "127.0.0.2"}}
    assert client.get(to_a_page, **elsewhere).status_code == 400


def test_refusals_of_a_user_whose_firm_has_not_let_the_app_in_are_counted_too(
    client_with, session, other_workplace, oauth_app, trail, monkeypatch
):
    monkeypatch.setattr("app.web.refusing.REFUSALS_FROM", Rule("few", ((3, 3_600),)))
    monkeypatch.setattr("app.services.throttling.time", lambda: 1_767_960_000.0)
    session.get_one(Firm, other_workplace.firm_id).approves_apps = False
    session.commit()
    client = client_with(limit_guesses=True)
    log_in(client, other_workplace)
    statuses = [client.get(authorize_url(oauth_app)).status_code for _ in range(5)]
    assert statuses == [403] * 3 + [429] * 2
    assert len(trail("grant.refused")) == 3


def test_reuse(client, firm, oauth_app, trail):
    code = new_code(client, firm, oauth_app)
    first = redeem(client, oauth_app, code).get_json()
    redeem(client, oauth_app, code)
    assert len(trail("token.reused")) == 1
    assert trail("token.reused")[0].user_id == firm.user_id
    refresh(client, oauth_app, first["refresh_token"])
    assert {event.details["error"] for event in trail("token.refused")} == {"invalid_grant"}


def test_wrong_secret(client, oauth_app, trail, firm):
    client.post("/oauth/token", data={"grant_type": "refresh_token"}, auth=(oauth_app.client_id, "wrong"))
    (event,) = trail()
    assert (event.action, event.firm_id, event.user_id) == ("app.refused", firm.firm_id, None)


def test_revocation_and_rotation(app, client, firm, oauth_app, trail):
    tokens = new_tokens(client, firm, oauth_app)
    post_as(client, oauth_app, "/oauth/revoke", token=tokens["access_token"])
    assert trail("token.revoked")[0].user_id == firm.user_id
    with app.extensions["database"].session.begin() as session:
        user = session.get_one(User, (firm.firm_id, firm.user_id))
        apps.rotate_secret(session, user, oauth_app.client_id)
    assert len(trail("app.secret_rotated")) == 1


def test_device(client, firm, register_app, trail):
    tool = register_app(grant_types=[DEVICE_CODE], redirect_uris=[])
    codes = begin(client, tool)
    poll(client, tool, codes)
    approve(client, firm, codes["user_code"])
    (approved,) = trail(of=tool)
    assert (approved.action, approved.user_id, approved.address) == (
        "grant.approved",
        firm.user_id,
        "127.0.0.1",
    )
    client.environ_base["REMOTE_ADDR"] = "127.0.0.2"  # where the device is
    poll(client, tool, codes)
    assert [(event.action, event.address) for event in trail(of=tool)] == [
        ("grant.approved", "127.0.0.1"),
        ("token.issued", "127.0.0.2"),
    ]
    codes = begin(client, tool)
    approve(client, firm, codes["user_code"], "deny")
    assert "grant.denied" in actions(trail(of=tool))


def test_self_registration(app, client):
    told = client.post("/oauth/register", json={"redirect_uris": ["https://a.example.com/"]}).get_json()
    path = told["registration_client_uri"].removeprefix("http://localhost")
    client.delete(path, headers={"Authorization": f"Bearer {told['registration_access_token']}"})
    with app.extensions["database"].session() as session:
        found = session.scalars(select(AuditEvent.action).where(AuditEvent.client_id == told["client_id"]))
        assert set(found) == {"app.registered", "app.deleted"}


def test_nothing_secret_is_kept(app, client, firm, oauth_app):
    code = new_code(client, firm, oauth_app)
    tokens = redeem(client, oauth_app, code).get_json()
    later = refresh(client, oauth_app, tokens["refresh_token"]).get_json()
    data = {
        "grant_type": "refresh_token",
        "refresh_token": "leaked-by-mistake",
        "client_secret": "wrong-secret",
    }
    client.post("/oauth/token", data={**data, "client_id": oauth_app.client_id})
    client.post("/oauth/token", data={**data, "client_id": oauth_app.secret})
    with app.extensions["database"].session() as session:
        own = or_(AuditEvent.client_id == oauth_app.client_id, AuditEvent.firm_id.is_(None))
        text = json.dumps([event.details for event in session.scalars(select(AuditEvent).where(own))])
    secrets = (code, oauth_app.secret, *tokens.values(), *later.values(), "leaked-by-mistake", "wrong-secret")
    for secret in secrets:
        if isinstance(secret, str) and len(secret) > 10:
            assert secret not in text
