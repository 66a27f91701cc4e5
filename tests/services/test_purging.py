"""What has expired goes, in small batches; what still counts stays."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from app.extensions import Database
from app.models import (
    AuditEvent,
    BrowserSession,
    OAuthAccessToken,
    OAuthCode,
    OAuthDeviceCode,
    OAuthGrant,
    OAuthRefreshToken,
)
from app.models.base import new_id
from app.services import audit, purging
from oauth.credentials import digest, new_credential
from tests.parallel import in_threads
from tests.services.people_of_a_firm import administrator_of

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(purging, "BATCH", 3)


@pytest.fixture
def ada(session, workplace):
    return administrator_of(session, workplace)


def grant(session, ada, client_id, *, age=10 * DAY, **credentials):
    """A grant with a credential of each kind named, which expired so long ago."""
    row = OAuthGrant(
        firm_id=ada.firm_id, user_id=ada.id, client_id=client_id, scope="read", created_at=NOW - age
    )
    session.add(row)
    session.flush()
    kinds = {"code": OAuthCode, "access": OAuthAccessToken, "refresh": OAuthRefreshToken}
    for name, expired in credentials.items():
        common = {"hash": digest(new_credential()), "firm_id": ada.firm_id, "grant_id": row.id}
        more = {"scope": "read"} if name == "access" else {}
        session.add(kinds[name](**common, **more, expires_at=NOW - expired))
    session.flush()
    return row.id


def purge(database: Database, **options):
    return purging.purge(database.session, 400, 400, **options)


def left(session, model, ada):
    return session.query(model).filter_by(firm_id=ada.firm_id).count()


def test_what_is_over_goes_and_the_grant_with_its_last_credential(database, session, workplace, ada):
    kept = {
        grant(session, ada, workplace.client_id, access=10 * DAY, refresh=-DAY),
        grant(session, ada, workplace.client_id, code=2 * DAY),
        grant(session, ada, workplace.client_id, age=dt.timedelta(0)),
        grant(session, ada, workplace.client_id, access=dt.timedelta(hours=1)),
    }
    for _ in range(7):
        grant(session, ada, workplace.client_id, code=10 * DAY, access=10 * DAY, refresh=2 * DAY)
    session.commit()
    gone = purge(database)
    assert gone["oauth_grants"] >= 7
    remaining = {row.id for row in session.query(OAuthGrant).filter_by(firm_id=ada.firm_id)}
    assert len(remaining) == len(kept) + 1, "the grant of the fixture's token"
    assert kept < remaining
    assert left(session, OAuthCode, ada) == left(session, OAuthRefreshToken, ada) == 1
    assert workplace.get("/api/v2/users/me").status_code == 200
    session.rollback()
    assert set(purge(database).values()) == {0}


def test_sessions_devices_and_the_audit_trail(database, session, ada, workplace):
    for expires_at, ended_at in ((NOW + DAY, None), (NOW - 2 * DAY, None), (NOW + DAY, NOW - 31 * DAY)):
        times = {"expires_at": expires_at, "ended_at": ended_at}
        session.add(BrowserSession(firm_id=ada.firm_id, user_id=ada.id, **times))
    for expires_at in (NOW + DAY, NOW - 2 * DAY):
        hashes = {"hash": new_id(), "user_code_hash": new_id(), "scope": "read"}
        session.add(
            OAuthDeviceCode(
                client_id=workplace.client_id, expires_at=expires_at, firm_id=ada.firm_id, **hashes
            )
        )
    for age in (399, 401):
        session.add(AuditEvent(firm_id=ada.firm_id, action="sign_out", at=NOW - age * DAY))
    session.commit()
    assert left(session, AuditEvent, ada) == 3
    session.rollback()
    assert purging.purge(database.session, 0, 0).get("audit_events") is None
    purge(database)
    assert left(session, BrowserSession, ada) == 1
    assert left(session, OAuthDeviceCode, ada) == 1
    assert left(session, AuditEvent, ada) == 2
    session.rollback()


def test_a_start_of_the_server_does_not_take_long(database, session, ada):
    for _ in range(20):
        session.add(BrowserSession(firm_id=ada.firm_id, user_id=ada.id, expires_at=NOW - 2 * DAY))
    session.commit()
    assert purge(database, most=2)["browser_sessions"] == 6
    assert purge(database)["browser_sessions"] == 14


def test_several_purge_at_once(database, session, workplace, ada):
    for _ in range(40):
        grant(session, ada, workplace.client_id, access=10 * DAY, refresh=10 * DAY)
        audit.record(session, "sign_out", firm_id=ada.firm_id)
    session.commit()
    gone = sum((Counter(each) for each in in_threads(lambda _: purge(database), 4)), Counter())
    gone += Counter(purge(database))
    assert (gone["oauth_access_tokens"], gone["oauth_grants"]) == (40, 40)
