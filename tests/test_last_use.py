"""When a grant was last used: kept now and then, and never waited for."""

from __future__ import annotations

import datetime as dt

import pytest

from app.extensions import Database
from app.last_use import LastUse
from app.models import OAuthGrant


@pytest.fixture
def grant(session, workplace) -> OAuthGrant:
    found = session.query(OAuthGrant).filter_by(firm_id=workplace.firm_id).one()
    session.rollback()
    return found


def kept(session, grant):
    session.rollback()
    session.refresh(grant)
    found = grant.last_used_at
    session.rollback()  # SQLite has one writer, and this would be it
    return found


def test_a_request_leaves_its_time(session, workplace, grant):
    assert workplace.get("/api/v2/users/me").status_code == 200
    first = kept(session, grant)
    assert abs(first - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=10)
    workplace.get("/api/v2/users/me")
    assert kept(session, grant) == first


@pytest.mark.parametrize(("minutes_ago", "is_renewed"), [(10, False), (20, True)])
def test_another_process_may_have_kept_it(database: Database, session, grant, minutes_ago, is_renewed):
    grant.last_used_at = before = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=minutes_ago)).replace(
        microsecond=0
    )
    session.commit()
    with database.reading() as connection:
        LastUse().note(connection, grant.firm_id, grant.id)
    assert (kept(session, grant) != before) == is_renewed


def test_nobody_waits_for_a_lock(database: Database, session, workplace, grant):
    last_use, key = LastUse(), (grant.firm_id, grant.id)
    grant.scope = "read"
    session.flush()  # and keeps the row locked, on SQLite the database
    with database.reading() as connection:
        last_use.note(connection, *key)
        assert kept(session, grant) is None
        last_use._due.clear()
        last_use.note(connection, *key)
    assert kept(session, grant) is not None


def test_a_personal_memory_has_its_bounds(database: Database, grant, monkeypatch):
    monkeypatch.setattr("app.last_use.MOST_REMEMBERED", 2)
    last_use = LastUse()
    with database.reading() as connection:
        for index in range(5):
            last_use.note(connection, grant.firm_id, f"00000000-0000-0000-0000-00000000000{index}")
    assert len(last_use._due) <= 2
