"""The grace window for a refresh whose answer was lost on the way."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import update

from app.config import settings_from
from app.errors import ConfigurationError
from app.models import OAuthRefreshToken
from oauth.credentials import digest
from oauth.lost_answers import TIMES
from tests.oauth_steps import new_tokens, opens, refresh


@pytest.fixture
def patient(client_with):
    return client_with(refresh_grace_period=60)


@pytest.fixture
def first(client, firm, oauth_app):
    return new_tokens(client, firm, oauth_app)


def pair(client, app, token):
    answer = refresh(client, app, token)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def refused(client, app, token):
    answer = refresh(client, app, token)
    return (answer.status_code, answer.get_json().get("error")) == (400, "invalid_grant")


def test_there_is_none_by_default(client, oauth_app, first):
    second = pair(client, oauth_app, first["refresh_token"])
    assert refused(client, oauth_app, first["refresh_token"])
    assert not opens(client, second["access_token"])


def test_old_token_buys_a_new_pair_and_revokes_the_unused_one(patient, oauth_app, first):
    lost = pair(patient, oauth_app, first["refresh_token"])
    again = pair(patient, oauth_app, first["refresh_token"])
    assert not opens(patient, lost["access_token"])
    assert opens(patient, again["access_token"])
    assert opens(patient, first["access_token"])
    assert pair(patient, oauth_app, again["refresh_token"])


def test_use_of_the_revoked_pair_kills_the_family(patient, oauth_app, first):
    lost = pair(patient, oauth_app, first["refresh_token"])
    again = pair(patient, oauth_app, first["refresh_token"])
    assert refused(patient, oauth_app, lost["refresh_token"])
    assert not opens(patient, again["access_token"])


def test_only_the_immediate_parent_is_forgiven(patient, oauth_app, first):
    second = pair(patient, oauth_app, first["refresh_token"])
    third = pair(patient, oauth_app, second["refresh_token"])
    assert refused(patient, oauth_app, first["refresh_token"])
    assert not opens(patient, third["access_token"])


def test_it_is_forgiven_a_few_times_only(patient, oauth_app, first):
    for _ in range(1 + TIMES):
        last = pair(patient, oauth_app, first["refresh_token"])
    assert refused(patient, oauth_app, first["refresh_token"])
    assert not opens(patient, last["access_token"])


def test_window_counts_from_the_first_use_and_does_not_grow(app, patient, oauth_app, first):
    pair(patient, oauth_app, first["refresh_token"])
    for ago, works in ((50, True), (61, False)):
        used_at = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=ago)
        own = OAuthRefreshToken.hash == digest(first["refresh_token"])
        with app.extensions["database"].session.begin() as session:
            session.execute(update(OAuthRefreshToken).where(own).values(used_at=used_at))
        assert refused(patient, oauth_app, first["refresh_token"]) is not works


def test_revoked_family_is_not_forgiven(patient, oauth_app, first):
    second = pair(patient, oauth_app, first["refresh_token"])
    patient.post("/oauth/revoke", data={"token": second["refresh_token"]}, auth=oauth_app.basic)
    assert refused(patient, oauth_app, first["refresh_token"])


def test_window_is_a_minute_at_most():
    assert settings_from({"REFRESH_GRACE_PERIOD": "60"}).refresh_grace_period == 60
    with pytest.raises(ConfigurationError):
        settings_from({"REFRESH_GRACE_PERIOD": "61"})
