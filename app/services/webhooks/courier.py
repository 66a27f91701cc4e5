"""Delivers what is due, from where each webhook stands in the firm's changes.

The numbers of changes are without gaps, and their order is that of the commits (docs/decisions/0006): whoever has
read up to a number has missed nothing before it. Each webhook is served by one courier at a time, of all threads
of all processes, and its next delivery is made when the one before has arrived. So the order is kept and nothing
is lost, whoever stops in between; what was sent but not noted is sent again, under the same id.
"""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from psycopg import RawCursor
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.extensions import Database
from app.models import Webhook, WebhookAttempt, WebhookDelivery
from app.models.base import new_id, now
from app.models.types import utc_text
from app.services.webhooks import signing
from app.services.webhooks.parcels import DELIVERED, FAILING, Parcel, next_parcel
from app.services.webhooks.sending import Outcome
from app.services.webhooks.subscriptions import Terms

PAUSES = (10, 60, 5 * 60, 30 * 60, 2 * 3_600, 6 * 3_600, 12 * 3_600)
"""Seconds before the next attempt; the last one again and again."""
SPREAD = 0.1
"""By how much of itself a pause is longer at random, so that not all come at once."""
LEASE = dt.timedelta(seconds=60)
"""Longer than any attempt takes, with its name to be looked up."""
IN_A_ROW = 100
"""Deliveries to one webhook before the others have their turn."""
UNREADABLE = "The secret cannot be read, because SECRET_KEY is another one now. Make a new secret."

DUE = """
    SELECT w.firm_id, w.id FROM webhooks w LEFT JOIN counters c ON c.firm_id = w.firm_id AND c.name = 'changes'
    WHERE (w.busy_until IS NULL OR w.busy_until < {now}) AND (
        (NOT w.is_paused AND c.value > w.position AND (w.next_attempt_at IS NULL OR w.next_attempt_at <= {now}))
        OR EXISTS (
            SELECT 1 FROM webhook_deliveries d
            WHERE d.firm_id = w.firm_id AND d.webhook_id = w.id AND d.wanted_at IS NOT NULL
        )
    )
"""
ON_SQLITE = DUE.format(now="?1")
ON_POSTGRESQL = DUE.format(now="$1")

Send = Callable[[str, dict[str, str], bytes], Outcome]
Key = tuple[int, str]
R = TypeVar("R")


@dataclass
class Courier:
    """Takes deliveries out.

    Args:
        send: what carries a body with its headers to an address.
        clock: what tells the time.
    """

    database: Database
    terms: Terms
    send: Send
    clock: Callable[[], dt.datetime] = now

    def due(self) -> list[Key]:
        """The webhooks that have something to be delivered now, in any order. Nobody waits for this."""
        at = self.clock()
        with self.database.reading() as connection:
            if isinstance(connection, sqlite3.Connection):
                rows = connection.execute(ON_SQLITE, (utc_text(at),)).fetchall()
            else:
                rows = RawCursor(connection).execute(ON_POSTGRESQL, (at.replace(tzinfo=None),)).fetchall()
        random.shuffle(rows)
        return [(firm_id, str(webhook_id)) for firm_id, webhook_id in rows]

    def deliver_due(self) -> int:
        """Deliver until nothing is due; how many attempts that took."""
        attempts = 0
        while made := sum(self.serve(key) for key in self.due()):
            attempts += made
        return attempts

    def serve(self, key: Key) -> int:
        """Deliver what a webhook waits for, unless somebody else does.

        Returns:
            How many attempts were made.
        """
        me, attempts = new_id(), 0
        if not self._transaction(key, partial(self._claim, me=me)):
            return 0
        parcel = self._transaction(key, partial(self._next, me=me))
        while parcel is not None:
            outcome = self._take(parcel)
            attempts += 1
            ends = attempts >= IN_A_ROW
            parcel = self._transaction(
                key, partial(self._settle, me=me, parcel=parcel, outcome=outcome, ends=ends)
            )
        return attempts

    def _transaction(self, key: Key, act: Callable[[Session, Key], R]) -> R:
        with self.database.session.begin() as session:
            return act(session, key)

    def _claim(self, session: Session, key: Key, *, me: str) -> bool:
        at = self.clock()
        free = or_(Webhook.busy_until.is_(None), Webhook.busy_until < at)
        mine = update(Webhook).where(Webhook.firm_id == key[0], Webhook.id == key[1], free)
        done = session.execute(mine.values(busy_by=me, busy_until=at + LEASE))
        return bool(done.rowcount)  # type: ignore[attr-defined]

    def _held(self, session: Session, key: Key, me: str) -> Webhook | None:
        """The webhook, if it is still there and still ours."""
        mine = select(Webhook).where(Webhook.firm_id == key[0], Webhook.id == key[1], Webhook.busy_by == me)
        return session.scalars(mine.with_for_update(key_share=True)).first()

    def _next(self, session: Session, key: Key, *, me: str) -> Parcel | None:
        webhook = self._held(session, key, me)
        if webhook is None:
            return None
        parcel = next_parcel(session, webhook, self.terms.known, self.clock())
        self._hold(webhook, goes_on=parcel is not None)
        return parcel

    def _settle(
        self, session: Session, key: Key, *, me: str, parcel: Parcel, outcome: Outcome, ends: bool
    ) -> Parcel | None:
        """Note what came of an attempt, and take the next delivery."""
        webhook = self._held(session, key, me)
        if webhook is None:
            return None
        at = self.clock()
        delivery = session.get_one(WebhookDelivery, (key[0], parcel.delivery_id))
        _note(session, delivery, outcome, at)
        if outcome.succeeded:
            delivery.state, delivery.delivered_at = DELIVERED, delivery.delivered_at or at
            webhook.position = max(webhook.position, delivery.last)
            webhook.failures, webhook.failing_since, webhook.next_attempt_at = 0, None, None
        elif delivery.state != DELIVERED:
            delivery.state = FAILING
            webhook.failures += 1
            webhook.failing_since = webhook.failing_since or at
            webhook.next_attempt_at = at + pause_after(webhook.failures)
        session.flush()
        goes_on = None if ends else next_parcel(session, webhook, self.terms.known, at)
        self._hold(webhook, goes_on=goes_on is not None)
        return goes_on

    def _hold(self, webhook: Webhook, *, goes_on: bool) -> None:
        webhook.busy_until = self.clock() + LEASE if goes_on else None
        webhook.busy_by = webhook.busy_by if goes_on else None

    def _take(self, parcel: Parcel) -> Outcome:
        secrets = [signing.opened(secret, self.terms.key) for secret in parcel.secrets]
        if secrets[0] is None:
            return Outcome(error=UNREADABLE)
        body, at = parcel.body.encode(), int(self.clock().timestamp())
        headers = signing.headers(parcel.delivery_id, at, body, filter(None, secrets))
        headers |= {"content-type": "application/json", "user-agent": "Matterbase"}
        return self.send(parcel.url, headers, body)


def pause_after(failures: int) -> dt.timedelta:
    """How long nothing is sent after so many failures in a row."""
    seconds = PAUSES[min(failures, len(PAUSES)) - 1]
    return dt.timedelta(seconds=seconds * random.uniform(1, 1 + SPREAD))


def _note(session: Session, delivery: WebhookDelivery, outcome: Outcome, at: dt.datetime) -> None:
    delivery.attempts += 1
    delivery.wanted_at = None
    session.add(
        WebhookAttempt(
            firm_id=delivery.firm_id,
            delivery_id=delivery.id,
            number=delivery.attempts,
            at=at,
            milliseconds=outcome.milliseconds,
            status=outcome.status,
            error=outcome.error,
            answer=outcome.answer or None,
        )
    )
