"""Personal access tokens: made, listed without themselves, ended."""

from __future__ import annotations

import datetime as dt

import pytest

from app.errors import InvalidBody, NotFound
from app.models import OAuthAccessToken
from app.services import personal_tokens
from oauth.credentials import digest
from tests.services.people_of_a_firm import administrator_of, colleague, events_of

NOW = dt.datetime.now(dt.UTC)
TOMORROW = NOW + dt.timedelta(days=1)


@pytest.fixture
def ada(session, workplace):
    return administrator_of(session, workplace)


def make(session, user, **values):
    return personal_tokens.make(
        session, user, **{"name": "Excel", "scope": "read", "expires_at": TOMORROW, **values}
    )


def test_token_is_known_by_its_prefix_and_kept_as_a_digest(session, ada):
    token, made = make(session, ada, name=" Excel ", scope="matters:read read")
    assert token.startswith("mb_pat_")
    assert len(token) == len("mb_pat_") + 43
    row = session.get_one(OAuthAccessToken, digest(token))
    assert (row.grant_id, row.scope) == (made.id, "matters:read read")
    [listed] = personal_tokens.of(session, ada)
    assert (listed.id, listed.name) == (made.id, "Excel")
    assert token not in repr(listed)
    assert events_of(session, ada) == ["personal_token.made"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "a\0"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"scope": ""}, "scope"),
        ({"scope": "everything"}, "scope"),
        ({"expires_at": NOW - dt.timedelta(seconds=1)}, "expires_at"),
        ({"expires_at": NOW + dt.timedelta(days=367)}, "expires_at"),
    ],
    ids=["blank", "nul", "long", "no-scope", "unknown-scope", "past", "far"],
)
def test_wrong_token_is_refused(session, ada, wrong, field):
    with pytest.raises(InvalidBody) as refused:
        make(session, ada, **wrong)
    assert list(refused.value.fields) == [field]


def test_only_its_user_revokes_it_here(session, workplace, other_workplace, ada):
    _, made = make(session, ada)
    for stranger in (colleague(session, workplace), administrator_of(session, other_workplace)):
        with pytest.raises(NotFound):
            personal_tokens.revoke(session, stranger, made.id)
    for unknown in ("", "\0", "x" * 36):
        with pytest.raises(NotFound):
            personal_tokens.revoke(session, ada, unknown)
    personal_tokens.revoke(session, ada, made.id)
    assert personal_tokens.of(session, ada) == []
    with pytest.raises(NotFound):
        personal_tokens.revoke(session, ada, made.id)


def test_there_is_an_end_to_how_many(session, ada, monkeypatch):
    monkeypatch.setattr(personal_tokens, "MOST", 2)
    make(session, ada)
    make(session, ada)
    with pytest.raises(InvalidBody):
        make(session, ada)
