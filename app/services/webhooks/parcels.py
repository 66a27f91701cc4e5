"""What a delivery holds: up to a hundred changes, as the log has them, in one request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Change, Webhook, WebhookDelivery
from app.models.base import now
from app.models.types import utc_text

WAITING, FAILING, DELIVERED = "waiting", "failing", "delivered"
STATES = (WAITING, FAILING, DELIVERED)
MOST_CHANGES = 100
AT_ONCE = 1_000
"""Changes that are looked at together, for those that the webhook wants."""


@dataclass(frozen=True)
class Parcel:
    """A delivery on its way.

    Args:
        secrets: the present one, and the one before while it still signs; both encrypted.
    """

    delivery_id: str
    url: str
    secrets: tuple[str, ...]
    body: str


def next_parcel(session: Session, webhook: Webhook, known: Collection[str], at: dt.datetime) -> Parcel | None:
    """What is to be sent to a webhook now: first what somebody wants sent again, then what comes next.

    Args:
        webhook: held by this transaction.
        known: the kinds of records that anybody is told of.
    """
    delivery = _wanted(session, webhook)
    if delivery is None and not webhook.is_paused and not _is_waited(webhook, at):
        delivery = _unfinished(session, webhook) or _fresh(session, webhook, known)
    if delivery is None:
        return None
    secrets = [webhook.secret]
    if webhook.old_secret and webhook.old_secret_until and webhook.old_secret_until > at:
        secrets.append(webhook.old_secret)
    return Parcel(delivery.id, webhook.url, tuple(secrets), delivery.body)


def _is_waited(webhook: Webhook, at: dt.datetime) -> bool:
    return webhook.next_attempt_at is not None and webhook.next_attempt_at > at


def _wanted(session: Session, webhook: Webhook) -> WebhookDelivery | None:
    asked = select(WebhookDelivery).filter_by(firm_id=webhook.firm_id, webhook_id=webhook.id)
    asked = asked.where(WebhookDelivery.wanted_at.is_not(None))
    return session.scalars(asked.order_by(WebhookDelivery.wanted_at).limit(1)).first()


def _unfinished(session: Session, webhook: Webhook) -> WebhookDelivery | None:
    made = select(WebhookDelivery).filter_by(firm_id=webhook.firm_id, webhook_id=webhook.id)
    return session.scalars(made.where(WebhookDelivery.last > webhook.position).limit(1)).first()


def _fresh(session: Session, webhook: Webhook, known: Collection[str]) -> WebhookDelivery | None:
    """A new delivery of the changes after the webhook's position. What it does not want is passed over."""
    while True:
        rows = _after(session, webhook)
        if not rows:
            return None
        wanted = [row for row in rows if _wants(webhook, row, known)]
        if wanted:
            break
        webhook.position = rows[-1].number
    some = wanted[:MOST_CHANGES]
    delivery = WebhookDelivery(
        firm_id=webhook.firm_id,
        webhook_id=webhook.id,
        last=rows[-1].number if len(some) == len(wanted) else some[-1].number,
        changes=len(some),
        body=body_of(some, now()),
        state=WAITING,
    )
    session.add(delivery)
    session.flush()
    return delivery


def _after(session: Session, webhook: Webhook) -> Sequence[Any]:
    later = (
        select(Change.number, Change.entity, Change.entity_id, Change.action, Change.at)
        .where(Change.firm_id == webhook.firm_id, Change.number > webhook.position)
        .order_by(Change.number)
        .limit(AT_ONCE)
    )
    return session.execute(later).all()


def _wants(webhook: Webhook, change: Any, known: Collection[str]) -> bool:
    """Whether a webhook is told of a change. Parts of records are not among the kinds that anybody is told of."""
    kinds = webhook.entities or known
    return change.entity in kinds and change.entity in known and change.action in webhook.actions


def body_of(rows: Sequence[Any], at: dt.datetime) -> str:
    """The body of a delivery, in the structure that Standard Webhooks recommends."""
    told = [
        {
            "number": row.number,
            "entity": row.entity,
            "id": row.entity_id,
            "action": row.action,
            "at": utc_text(row.at) + "Z",
        }
        for row in rows
    ]
    return orjson.dumps({"type": "changes", "timestamp": utc_text(at) + "Z", "data": told}).decode()
