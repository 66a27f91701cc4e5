"""Refresh tokens: rotation, reuse, scope and expiry."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.models import OAuthGrant, OAuthRefreshToken
from oauth.credentials import digest
from oauth.spending import BURST, VOLLEY
from tests.oauth.test_code_flow import works
from tests.oauth_steps import new_tokens, refresh

DAY = 86_400


def stored(app, token):
    with app.extensions["database"].session() as session:
        return session.scalar(select(OAuthRefreshToken).where(OAuthRefreshToken.hash == digest(token)))


def change(app, token, **values):
    with app.extensions["database"].session.begin() as session:
        session.execute(
            update(OAuthRefreshToken).where(OAuthRefreshToken.hash == digest(token)).values(**values)
        )


def test_each_refresh_gives_a_fresh_pair(app, client, firm, oauth_app):
    first = new_tokens(client, firm, oauth_app)
    second = refresh(client, oauth_app, first["refresh_token"]).get_json()
    third = refresh(client, oauth_app, second["refresh_token"])
    assert third.status_code == 200
    assert third.headers["Cache-Control"] == "no-store"
    assert len({first["refresh_token"], second["refresh_token"], third.get_json()["refresh_token"]}) == 3
    assert works(app, third.get_json()["access_token"])


def test_reuse_of_a_spent_token_kills_the_family_at_once(app, client, firm, oauth_app):
    first = new_tokens(client, firm, oauth_app)
    second = refresh(client, oauth_app, first["refresh_token"]).get_json()
    reuse = refresh(client, oauth_app, first["refresh_token"])
    assert (reuse.status_code, reuse.get_json()["error"]) == (400, "invalid_grant")
    assert not works(app, first["access_token"])
    assert not works(app, second["access_token"])
    assert refresh(client, oauth_app, second["refresh_token"]).get_json()["error"] == "invalid_grant"


def test_another_apps_token_is_refused_and_its_family_unharmed(app, client, firm, oauth_app, register_app):
    tokens = new_tokens(client, firm, oauth_app)
    thief = register_app(name="Thief")
    assert refresh(client, thief, tokens["refresh_token"]).get_json()["error"] == "invalid_grant"
    assert refresh(client, oauth_app, tokens["refresh_token"]).status_code == 200


def test_narrower_scope_holds_for_the_access_token_only(client, firm, oauth_app):
    tokens = new_tokens(client, firm, oauth_app)
    narrow = refresh(client, oauth_app, tokens["refresh_token"], scope="read").get_json()
    assert narrow["scope"] == "read"
    assert refresh(client, oauth_app, narrow["refresh_token"]).get_json()["scope"] == "full"


@pytest.mark.parametrize("scope", ["full", "everything", "read everything", "matters:write"])
def test_wider_scope_is_refused_and_costs_nothing(client, firm, oauth_app, scope):
    tokens = new_tokens(client, firm, oauth_app, scope="read")
    answer = refresh(client, oauth_app, tokens["refresh_token"], scope=scope)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_scope")
    assert refresh(client, oauth_app, tokens["refresh_token"]).status_code == 200


def test_refresh_token_lives_60_days_from_its_own_issue(app, client, firm, oauth_app):
    tokens = new_tokens(client, firm, oauth_app)
    left = stored(app, tokens["refresh_token"]).expires_at - datetime.now(UTC)
    assert timedelta(days=60) - timedelta(minutes=1) < left <= timedelta(days=60)
    change(app, tokens["refresh_token"], expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert refresh(client, oauth_app, tokens["refresh_token"]).get_json()["error"] == "invalid_grant"


@pytest.mark.parametrize("name", ["refresh_token_expires_at", "refresh_token_expires", "expires_at"])
def test_app_may_ask_for_an_earlier_expiry(app, client, firm, oauth_app, name):
    tokens = new_tokens(client, firm, oauth_app)
    stamp = int(time.time()) + 3600
    answer = refresh(client, oauth_app, tokens["refresh_token"], **{name: str(stamp)}).get_json()
    assert stored(app, answer["refresh_token"]).expires_at == datetime.fromtimestamp(stamp, UTC)


IN_61_DAYS = pytest.param(str(int(time.time()) + 61 * DAY), id="in 61 days")


@pytest.mark.parametrize("stamp", ["0", "-1", "1.5", "soon", "٣", "9" * 400, "1" * 9, IN_61_DAYS, "\0"])
def test_impossible_expiry_is_refused_and_costs_nothing(client, firm, oauth_app, stamp):
    tokens = new_tokens(client, firm, oauth_app)
    answer = refresh(client, oauth_app, tokens["refresh_token"], refresh_token_expires_at=stamp)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_request")
    assert refresh(client, oauth_app, tokens["refresh_token"]).status_code == 200


def test_use_that_began_before_the_winning_one_leaves_the_family_alone(app, client, firm, oauth_app):
    first = new_tokens(client, firm, oauth_app)
    second = refresh(client, oauth_app, first["refresh_token"]).get_json()
    change(app, first["refresh_token"], used_at=datetime.now(UTC) + timedelta(seconds=5))
    assert refresh(client, oauth_app, first["refresh_token"]).status_code == 400
    assert works(app, second["access_token"])


def test_volley_lifts_the_revocation_that_it_caused_and_a_later_replay_kills_the_family(
    app, client, firm, oauth_app
):
    first = new_tokens(client, firm, oauth_app)
    second = refresh(client, oauth_app, first["refresh_token"]).get_json()
    alive = []
    for _ in range(VOLLEY + 1):
        assert refresh(client, oauth_app, first["refresh_token"]).status_code == 400
        alive.append(works(app, second["access_token"]))
    assert alive == [False] * (VOLLEY - 1) + [True] * 2
    change(app, first["refresh_token"], used_at=datetime.now(UTC) - BURST - timedelta(seconds=1))
    refresh(client, oauth_app, first["refresh_token"])
    assert not works(app, second["access_token"])


def test_volley_brings_back_no_family_that_a_person_ended(app, client, firm, oauth_app):
    first = new_tokens(client, firm, oauth_app)
    second = refresh(client, oauth_app, first["refresh_token"]).get_json()
    grant = stored(app, first["refresh_token"]).grant_id
    with app.extensions["database"].session.begin() as session:
        session.get_one(OAuthGrant, (firm.firm_id, grant)).revoked_at = datetime.now(UTC)
    for _ in range(VOLLEY + 1):
        refresh(client, oauth_app, first["refresh_token"])
    assert not works(app, second["access_token"])
