"""Deleting what has expired, in small batches: each is a transaction of its own, so nobody waits long.

Several processes may purge at once: on PostgreSQL each passes over the rows that another one is deleting, and
on SQLite they take turns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Delete, delete, exists, inspect, or_, select, tuple_
from sqlalchemy.orm import Session, sessionmaker

from app.models import (
    AuditEvent,
    Base,
    BrowserSession,
    Change,
    HubConnection,
    IdempotencyKey,
    InitialAccessToken,
    OAuthAccessToken,
    OAuthCode,
    OAuthDeviceCode,
    OAuthGrant,
    OAuthRefreshToken,
    WebhookAttempt,
    WebhookDelivery,
)
from app.models.base import now
from app.services import idempotency, old_changes

BATCH = 500
AT_THE_START = 20
"""Batches of each table that a start of the server takes the time for."""
DAY = dt.timedelta(days=1)
CODES_KEPT = 7 * DAY
"""After its end, so that whoever replays a code from a log is still noticed."""
ENDED_KEPT = 30 * DAY


@dataclass(frozen=True)
class Expired:
    """The rows of one table that may go."""

    model: type[Base]
    condition: ColumnElement[bool]


def purge(
    sessions: sessionmaker[Session],
    audit_retention: int,
    changes_retention: int,
    *,
    most: int | None = None,
) -> dict[str, int]:
    """Delete what has expired.

    Args:
        audit_retention: for how many days the audit trail is kept; 0 for ever.
        changes_retention: the same for the log of changes.
        most: batches of each table to delete at most; all when left out.

    Returns:
        How many rows of each table are gone.
    """
    at = now()
    gone = {
        expired.model.__tablename__: _delete(sessions, expired, most)
        for expired in _everything(at, audit_retention)
    }
    if changes_retention:
        kept_since = at - changes_retention * DAY
        gone[Change.__tablename__] = old_changes.purge(sessions, kept_since, BATCH, most)
    return gone


def _everything(at: dt.datetime, audit_retention: int) -> Iterator[Expired]:
    """Credentials come before the grants that they belong to."""
    yield Expired(OAuthCode, OAuthCode.expires_at < at - CODES_KEPT)
    yield Expired(OAuthAccessToken, OAuthAccessToken.expires_at < at - DAY)
    yield Expired(OAuthRefreshToken, OAuthRefreshToken.expires_at < at - DAY)
    yield Expired(OAuthGrant, _without_credentials() & (OAuthGrant.created_at < at - DAY))
    yield Expired(OAuthDeviceCode, OAuthDeviceCode.expires_at < at - DAY)
    yield Expired(InitialAccessToken, InitialAccessToken.expires_at < at - ENDED_KEPT)
    over = or_(BrowserSession.expires_at < at - DAY, BrowserSession.ended_at < at - ENDED_KEPT)
    yield Expired(BrowserSession, over)
    yield Expired(HubConnection, HubConnection.expires_at < at)
    yield Expired(IdempotencyKey, IdempotencyKey.created_at < at - idempotency.KEPT)
    yield Expired(WebhookAttempt, WebhookAttempt.at < at - ENDED_KEPT)
    yield Expired(WebhookDelivery, _arrived_and_forgotten() & (WebhookDelivery.made_at < at - ENDED_KEPT))
    if audit_retention:
        yield Expired(AuditEvent, AuditEvent.at < at - audit_retention * DAY)


def _without_credentials() -> ColumnElement[bool]:
    """A grant that nothing is left of: the user will be asked again."""
    left = [
        exists().where(model.firm_id == OAuthGrant.firm_id, model.grant_id == OAuthGrant.id)
        for model in (OAuthCode, OAuthAccessToken, OAuthRefreshToken)
    ]
    return ~or_(*left)


def _arrived_and_forgotten() -> ColumnElement[bool]:
    """A delivery without an attempt that is kept. One that has not arrived stays, however old."""
    attempted = exists().where(
        WebhookAttempt.firm_id == WebhookDelivery.firm_id, WebhookAttempt.delivery_id == WebhookDelivery.id
    )
    return (WebhookDelivery.delivered_at.is_not(None)) & ~attempted


def _delete(sessions: sessionmaker[Session], expired: Expired, most: int | None) -> int:
    statement, deleted, batches = _batch(expired), 0, 0
    while most is None or batches < most:
        with sessions.begin() as session:
            gone = int(session.execute(statement).rowcount)  # type: ignore[attr-defined]
        deleted += gone
        batches += 1
        if gone < BATCH:
            break
    return deleted


def _batch(expired: Expired) -> Delete:
    key = tuple(inspect(expired.model).primary_key)
    some = select(*key).where(expired.condition).limit(BATCH).with_for_update(skip_locked=True)
    return delete(expired.model).where(tuple_(*key).in_(some)).execution_options(synchronize_session=False)
