"""What became of deliveries, for the people who look after them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from app.errors import Conflict, NotFound
from app.models import OAuthClient, Webhook, WebhookAttempt, WebhookDelivery
from app.models.base import now
from app.models.types import is_guid
from app.services import changes, numbering
from app.services.webhooks.parcels import DELIVERED, STATES

ON_A_PAGE = 50
LISTED = (
    WebhookDelivery.id,
    WebhookDelivery.last,
    WebhookDelivery.changes,
    WebhookDelivery.state,
    WebhookDelivery.attempts,
    WebhookDelivery.made_at,
    WebhookDelivery.delivered_at,
    WebhookDelivery.wanted_at,
)


@dataclass(frozen=True)
class Page:
    """Some deliveries, the last one first, and where the next page begins."""

    deliveries: list[WebhookDelivery]
    next: int | None


def page(session: Session, webhook: Webhook, state: str | None, before: int | None) -> Page:
    """
    Args:
        state: only those in this state.
        before: only those that come before this number.
    """
    mine = select(WebhookDelivery).filter_by(firm_id=webhook.firm_id, webhook_id=webhook.id)
    if state in STATES:
        mine = mine.where(WebhookDelivery.state == state)
    if before is not None:
        mine = mine.where(WebhookDelivery.last < before)
    mine = mine.options(load_only(*LISTED)).order_by(WebhookDelivery.last.desc()).limit(ON_A_PAGE + 1)
    found = list(session.scalars(mine))
    return Page(found[:ON_A_PAGE], found[ON_A_PAGE - 1].last if len(found) > ON_A_PAGE else None)


def find(session: Session, webhook: Webhook, delivery_id: str) -> WebhookDelivery:
    """
    Raises:
        NotFound: the webhook has no such delivery.
    """
    key = (webhook.firm_id, delivery_id)
    found = session.get(WebhookDelivery, key) if is_guid(delivery_id) else None
    if found is None or found.webhook_id != webhook.id:
        raise NotFound("There is no such delivery. They are kept for 30 days after they have arrived.")
    return found


def attempts(session: Session, delivery: WebhookDelivery) -> list[WebhookAttempt]:
    """The attempts to deliver, the last one first."""
    mine = select(WebhookAttempt).filter_by(firm_id=delivery.firm_id, delivery_id=delivery.id)
    return list(session.scalars(mine.order_by(WebhookAttempt.number.desc()).limit(ON_A_PAGE)))


def send_again(webhook: Webhook, delivery: WebhookDelivery) -> None:
    """Have a delivery sent again: at once where it is still on its way, else once more beside the others.

    Raises:
        Conflict: the webhook is paused, so it would not go out.
    """
    if delivery.state == DELIVERED:
        delivery.wanted_at = now()
    elif webhook.is_paused:
        raise Conflict("The webhook is paused; let it go on first.")
    else:
        webhook.next_attempt_at = None


def behind(session: Session, webhook: Webhook) -> int:
    """How many of the firm's changes the webhook is behind, those that it does not want among them."""
    return max(0, numbering.last(session, webhook.firm_id, changes.SERIES) - webhook.position)


def maker(session: Session, webhook: Webhook) -> str | None:
    """The name of the app that made it, or its id where the app is gone; None for one that was made on the pages."""
    this = (Webhook.firm_id == webhook.firm_id, Webhook.id == webhook.id)
    named = select(OAuthClient.name).join(Webhook, Webhook.client_id == OAuthClient.client_id).where(*this)
    return session.scalar(named) or webhook.client_id
