"""Who is told of what: a firm's webhooks, which its administrators make, change and delete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete as delete_rows
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidBody, NotFound
from app.models import User, Webhook, WebhookAttempt, WebhookDelivery
from app.models.base import now
from app.models.types import is_guid
from app.services import audit, changes, numbering
from app.services.people import require_administrator
from app.services.webhooks import destinations, signing
from app.services.webhooks.destinations import Policy

ACTIONS = (changes.CREATED, changes.UPDATED, changes.DELETED)
MOST = 50
OVERLAP = 24
LONGEST_OVERLAP = 24 * 7
"""Hours that the secret before goes on signing."""


@dataclass(frozen=True)
class Terms:
    """What holds for all webhooks of this server.

    Args:
        known: the kinds of records that there are.
        policy: where requests may go.
        key: the application's SECRET_KEY.
    """

    known: Collection[str]
    policy: Policy
    key: str


@dataclass(frozen=True)
class Wish:
    """What a webhook is to be.

    Args:
        entities: the kinds of records; none for all.
        actions: what happens to them; none for all.
    """

    url: str
    entities: Sequence[str] = ()
    actions: Sequence[str] = ()
    is_paused: bool = False


def of_firm(session: Session, administrator: User) -> list[Webhook]:
    """The firm's webhooks, the first one first.

    Raises:
        Forbidden: the user is no administrator.
    """
    require_administrator(administrator)
    mine = select(Webhook).where(Webhook.firm_id == administrator.firm_id)
    return list(session.scalars(mine.order_by(Webhook.created_at, Webhook.id)))


def find(session: Session, administrator: User, webhook_id: str, *, hold: bool = False) -> Webhook:
    """
    Args:
        hold: whether nobody else may change it until the transaction ends, a courier neither.

    Raises:
        Forbidden: the user is no administrator.
        NotFound: the firm has no such webhook.
    """
    require_administrator(administrator)
    found = None
    if is_guid(webhook_id):
        key = (administrator.firm_id, webhook_id)
        found = session.get(Webhook, key, with_for_update=hold or None, populate_existing=hold)
    if found is None:
        raise NotFound(f"There is no webhook with the id {webhook_id}.")
    return found


def make(
    session: Session,
    administrator: User,
    wish: Wish,
    terms: Terms,
    *,
    client_id: str | None = None,
    address: str | None = None,
) -> tuple[Webhook, str]:
    """Make a webhook. It is told of what changes from now on.

    Args:
        client_id: the app that asks.

    Returns:
        The webhook, and its secret, which is shown only here.

    Raises:
        Forbidden: the user is no administrator.
        InvalidBody: names what will not do.
    """
    if len(of_firm(session, administrator)) >= MOST:
        raise InvalidBody({"url": [f"A firm has at most {MOST} webhooks; delete one first."]})
    _check(wish, terms)
    secret = signing.new_secret()
    webhook = Webhook(
        firm_id=administrator.firm_id,
        secret=signing.sealed(secret, terms.key),
        position=numbering.last(session, administrator.firm_id, changes.SERIES),
        created_by_id=administrator.id,
        client_id=client_id,
    )
    _set(webhook, wish)
    session.add(webhook)
    session.flush()
    _record(session, administrator, webhook, "webhook.created", client_id, address)
    return webhook, secret


def change(
    session: Session,
    administrator: User,
    webhook: Webhook,
    wish: Wish,
    terms: Terms,
    *,
    client_id: str | None = None,
    address: str | None = None,
) -> None:
    """Change a webhook. What waits stays, and is tried again at once, wherever it goes now.

    Args:
        webhook: held by this transaction.

    Raises:
        Forbidden, InvalidBody: see `make`.
    """
    require_administrator(administrator)
    _check(wish, terms)
    _set(webhook, wish)
    webhook.next_attempt_at = None
    _record(session, administrator, webhook, "webhook.changed", client_id, address)


def rotate_secret(
    session: Session,
    administrator: User,
    webhook: Webhook,
    terms: Terms,
    overlap: int = OVERLAP,
    *,
    client_id: str | None = None,
    address: str | None = None,
) -> str:
    """Give a webhook a new secret, which is shown only here.

    Args:
        webhook: held by this transaction.
        overlap: hours in which the present one signs beside it.

    Raises:
        Forbidden: the user is no administrator.
        InvalidBody: the overlap is out of bounds.
    """
    require_administrator(administrator)
    if not 0 <= overlap <= LONGEST_OVERLAP:
        raise InvalidBody({"overlap": [f"The overlap is 0 to {LONGEST_OVERLAP} hours."]})
    secret = signing.new_secret()
    webhook.old_secret = webhook.secret if overlap else None
    webhook.old_secret_until = now() + dt.timedelta(hours=overlap) if overlap else None
    webhook.secret = signing.sealed(secret, terms.key)
    _record(session, administrator, webhook, "webhook.secret_rotated", client_id, address)
    return secret


def delete(
    session: Session,
    administrator: User,
    webhook: Webhook,
    *,
    client_id: str | None = None,
    address: str | None = None,
) -> None:
    """Delete a webhook, and what is known of its deliveries.

    Args:
        webhook: held by this transaction.

    Raises:
        Forbidden: the user is no administrator.
    """
    require_administrator(administrator)
    _record(session, administrator, webhook, "webhook.deleted", client_id, address)
    firm_id = webhook.firm_id
    mine = select(WebhookDelivery.id).filter_by(firm_id=firm_id, webhook_id=webhook.id)
    attempts = WebhookAttempt.delivery_id.in_(mine) & (WebhookAttempt.firm_id == firm_id)
    session.execute(delete_rows(WebhookAttempt).where(attempts))
    session.execute(delete_rows(WebhookDelivery).filter_by(firm_id=firm_id, webhook_id=webhook.id))
    session.delete(webhook)


def _check(wish: Wish, terms: Terms) -> None:
    wrong: dict[str, list[str]] = {}
    if problem := destinations.problem_with(wish.url, terms.policy):
        wrong["url"] = [problem]
    for name, chosen, choices in (
        ("entities", wish.entities, terms.known),
        ("actions", wish.actions, ACTIONS),
    ):
        if strangers := [one for one in chosen if one not in choices]:
            wrong[name] = [f"There is no '{strangers[0][:80]}'; there are {', '.join(sorted(choices))}."]
    if wrong:
        raise InvalidBody(wrong)


def _set(webhook: Webhook, wish: Wish) -> None:
    webhook.url = wish.url
    webhook.entities = sorted(set(wish.entities))
    webhook.actions = [action for action in ACTIONS if action in wish.actions or not wish.actions]
    webhook.is_paused = wish.is_paused


def _record(
    session: Session,
    administrator: User,
    webhook: Webhook,
    action: str,
    client_id: str | None,
    address: str | None,
) -> None:
    host = destinations.host_of(webhook.url)
    told = {"webhook": webhook.id, "host": host}
    audit.record_by(session, administrator, action, client_id=client_id, address=address, **told)
