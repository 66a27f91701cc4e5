"""Seeing what apps may do, and taking it back."""

from __future__ import annotations

import datetime as dt

import pytest

from app.errors import Forbidden, NotFound
from app.models import OAuthGrant
from app.services import apps, grants, personal_tokens, revoking
from tests.firms import issue_token
from tests.services.people_of_a_firm import administrator_of, colleague, events_of

TOMORROW = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)


@pytest.fixture
def ada(session, workplace):
    return administrator_of(session, workplace)


@pytest.fixture
def grace(session, workplace):
    return colleague(session, workplace)


@pytest.fixture
def ledger(session, other_workplace):
    row, _ = apps.register(
        session, firm_id=other_workplace.firm_id, name="ledger", redirect_uris=["https://a.example/cb"]
    )
    return row.client_id


def grants_of(session, user):
    session.expire_all()
    return session.query(OAuthGrant).filter_by(firm_id=user.firm_id, user_id=user.id, revoked_at=None).all()


def test_app_connected_twice_is_one_app(session, grace, ledger):
    for scope in ("read", "matters:write"):
        issue_token(session, grace, ledger, scope)
    first, last = sorted(grants_of(session, grace), key=lambda grant: grant.created_at)
    last.last_used_at = used = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    session.flush()
    [connected] = grants.of_user(session, grace)
    assert (connected.name, connected.scope) == ("ledger", "matters:write read")
    assert (connected.since, connected.last_used_at) == (first.created_at, used)
    assert grants.disconnect(session, grace, ledger) == 2
    assert grants.of_user(session, grace) == []
    with pytest.raises(NotFound):
        grants.disconnect(session, grace, ledger)
    assert events_of(session, grace) == ["grant.revoked"]


def test_administrator_sees_and_ends_any_grant_of_the_firm(session, ada, grace, ledger, other_workplace):
    issue_token(session, grace, ledger, "read")
    issue_token(session, administrator_of(session, other_workplace), ledger, "read")
    personal_tokens.make(session, grace, name="Excel", scope="read", expires_at=TOMORROW)
    session.flush()
    found = [each for each in grants.of_firm(session, ada) if each.user_id == grace.id]
    assert [(each.name, each.kind) for each in found] == [
        ("Excel", "personal"),
        ("ledger", "authorization_code"),
    ]
    for each in found:
        grants.revoke(session, ada, each.id)
    assert grants_of(session, grace) == []
    with pytest.raises(Forbidden):
        grants.of_firm(session, grace)


def test_nobody_else_ends_a_grant(session, ada, grace, ledger, other_workplace):
    issue_token(session, ada, ledger, "read")
    session.flush()
    [grant] = [each for each in grants_of(session, ada) if each.client_id == ledger]
    for stranger in (grace, administrator_of(session, other_workplace)):
        with pytest.raises(NotFound):
            grants.revoke(session, stranger, grant.id)
        with pytest.raises(NotFound):
            grants.disconnect(session, stranger, ledger)
    assert grant in grants_of(session, ada)


@pytest.mark.parametrize("grant_id", ["", "\0", "x" * 36, "é", "00000000-0000-0000-0000-000000000000"])
def test_grant_that_does_not_exist(session, ada, grant_id):
    with pytest.raises(NotFound):
        grants.revoke(session, ada, grant_id)


def test_ending_is_final_where_a_replay_came_first(session, grace, ledger):
    """A volley could still prove the replay harmless, and bring the grant back (`oauth.spending`)."""
    issue_token(session, grace, ledger, "read")
    [grant] = grants_of(session, grace)
    grant.revoked_at, grant.revoked_for = grant.created_at, "digest"
    session.flush()
    assert grants.end_where(session, grants.of_person(grace)) == 1
    session.expire_all()
    assert (grant.revoked_at, grant.revoked_for) == (grant.created_at, None)


def test_operator_ends_what_meets_every_condition(session, ada, grace, ledger, workplace):
    for user in (ada, grace):
        issue_token(session, user, ledger, "read")
    session.flush()
    assert revoking.all_of(session, client_id=ledger, user=grace) == 1
    assert revoking.all_of(session, client_id=ledger, firm_id=ada.firm_id) == 1
    assert revoking.all_of(session, firm_id=ada.firm_id) == 1, "the token of the fixture"
    assert revoking.all_of(session, firm_id=ada.firm_id) == 0


def test_token_that_was_found_ends_its_grant(session, grace, ledger):
    token = issue_token(session, grace, ledger, "read")
    session.flush()
    assert revoking.by_credential(session, token) == 1
    assert grants_of(session, grace) == []
    assert [revoking.by_credential(session, text) for text in (token, "unknown", "\0")] == [0, 0, 0]
