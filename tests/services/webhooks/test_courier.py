"""Deliveries: every change once and in order, whoever fails or stops in between."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Change, User, Webhook, WebhookAttempt, WebhookDelivery
from app.models.types import utc_text
from app.services.webhooks import parcels, signing, subscriptions
from app.services.webhooks.courier import LEASE, PAUSES, SPREAD, Courier, pause_after
from app.services.webhooks.sending import Outcome
from tests.contract.samples import account, matter
from tests.firms import Workplace
from tests.parallel import in_threads
from tests.services.webhooks.receiver import Clock, Receiver, one, subscribe, terms_of, webhook_of


def log(place: Workplace, session: Session, after: int = 0) -> list[dict[str, Any]]:
    """The firm's changes of records that doors show, as a delivery tells of them."""
    session.rollback()
    mine = select(Change).where(Change.firm_id == place.firm_id, Change.number > after)
    lines = [
        {
            "number": line.number,
            "entity": line.entity,
            "id": line.entity_id,
            "action": line.action,
            "at": utc_text(line.at) + "Z",
        }
        for line in session.scalars(mine.order_by(Change.number))
        if line.entity in terms_of(place.app).known
    ]
    session.rollback()
    return lines


def test_every_change_arrives_signed_and_in_order(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier, clock: Clock
) -> None:
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    before = len(log(workplace, session))
    key, secret = subscribe(workplace, session, receiver.url)
    assert courier.serve((workplace.firm_id, key)) == 0, "what was before is not told"
    made = workplace.ok("POST", "/api/v2/matters", json=matter(workplace))
    workplace.ok("PUT", f"/api/v2/matters?id={made['id']}", json={**made, "notes": "New"})
    workplace.ok("DELETE", f"/api/v2/matters?id={made['id']}")
    assert (workplace.firm_id, key) in courier.due()
    assert courier.serve((workplace.firm_id, key)) == 1
    assert receiver.changes() == log(workplace, session)[before:]
    assert [c["action"] for c in receiver.changes() if c["id"] == made["id"]] == [
        "created",
        "updated",
        "deleted",
    ]
    ((headers, body),) = receiver.got
    at = int(clock().timestamp())
    expected = signing.signature(secret, headers["webhook-id"], at, body)
    assert (headers["webhook-timestamp"], headers["webhook-signature"]) == (str(at), expected)
    assert headers["content-type"] == "application/json"
    assert json.loads(body)["type"] == "changes"
    assert (workplace.firm_id, key) not in courier.due()
    assert courier.serve((workplace.firm_id, key)) == 0
    delivery = one(workplace, session, WebhookDelivery)
    assert (delivery.state, delivery.attempts, delivery.changes) == ("delivered", 1, len(receiver.changes()))
    assert (one(workplace, session, WebhookAttempt).status, delivery.body) == (204, body.decode())


def test_only_what_was_asked_for(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier
) -> None:
    wish = {"entities": ["Matter", "Tag"], "actions": ["created", "deleted"]}
    key, _ = subscribe(workplace, session, receiver.url, **wish)
    made = workplace.ok("POST", "/api/v2/matters", json={**matter(workplace), "tags": ["vip"]})
    workplace.ok("PUT", f"/api/v2/matters?id={made['id']}", json={**made, "notes": "New"})
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    courier.serve((workplace.firm_id, key))
    told = sorted((change["entity"], change["action"]) for change in receiver.changes())
    assert told == [("Matter", "created"), ("Tag", "created")]
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    assert courier.serve((workplace.firm_id, key)) == 0
    assert (workplace.firm_id, key) not in courier.due(), "what is not wanted is passed over"


def test_a_failure_is_tried_again_with_growing_pauses(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier, clock: Clock
) -> None:
    key, _ = subscribe(workplace, session, receiver.url)
    mine = (workplace.firm_id, key)
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    receiver.answers = [(500, b"out of \0order " + b"x" * 3_000)] * 9
    for failures, pause in enumerate([*PAUSES, PAUSES[-1], PAUSES[-1]], 1):
        assert courier.serve(mine) == 1
        webhook = webhook_of(workplace, session, key)
        assert webhook.failures == failures
        assert webhook.next_attempt_at is not None
        waits = (webhook.next_attempt_at - clock()).total_seconds()
        assert pause - 1 <= waits <= pause * (1 + SPREAD)
        assert courier.serve(mine) == 0, "not before the pause is over"
        clock.forward(seconds=pause * (1 + SPREAD) + 1)
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    assert courier.serve(mine) == 2, "it never gives up, and then goes on with what came in between"
    assert len(set(receiver.ids())) == 2
    assert len({body for _, body in receiver.got[:10]}) == 1, "the same body each time"
    assert [json.loads(receiver.got[n][1])["data"] for n in (9, 10)] != []
    webhook = webhook_of(workplace, session, key)
    assert (webhook.failures, webhook.failing_since, webhook.next_attempt_at) == (0, None, None)
    first = session.scalars(
        select(WebhookAttempt).filter_by(firm_id=workplace.firm_id, number=1).order_by(WebhookAttempt.at)
    ).first()
    assert first is not None
    session.expunge(first)
    session.rollback()
    assert (first.status, len(first.answer or ""), "\0" in (first.answer or "")) == (500, 500, False)


@pytest.mark.parametrize("status", [301, 307, 404, 410, 500])
def test_only_2xx_is_success(
    status: int, workplace: Workplace, session: Session, receiver: Receiver, courier: Courier
) -> None:
    key, _ = subscribe(workplace, session, receiver.url)
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    receiver.answers = [(status, b"")]
    assert courier.serve((workplace.firm_id, key)) == 1
    assert len(receiver.got) == 1, "no redirect is followed"
    assert one(workplace, session, WebhookDelivery).state == "failing"


def test_a_hundred_changes_at_most_in_a_delivery(
    workplace: Workplace,
    session: Session,
    receiver: Receiver,
    courier: Courier,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parcels, "MOST_CHANGES", 3)
    monkeypatch.setattr(parcels, "AT_ONCE", 4)
    key, _ = subscribe(workplace, session, receiver.url, entities=["Account"])
    for _ in range(7):
        workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    assert courier.serve((workplace.firm_id, key)) >= 3
    expected = [line for line in log(workplace, session) if line["entity"] == "Account"]
    assert receiver.changes() == expected
    assert max(len(json.loads(body)["data"]) for _, body in receiver.got) <= 3


def test_no_two_couriers_serve_one_webhook(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier, clock: Clock
) -> None:
    """One that stops in the middle leaves its lease, and after that another goes on with the same delivery."""
    key, _ = subscribe(workplace, session, receiver.url)
    mine = (workplace.firm_id, key)
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    others: list[int] = []

    def dies(url: str, headers: dict[str, str], body: bytes) -> Outcome:
        others.append(courier.serve(mine))
        courier.send(url, headers, body)
        raise SystemExit

    with pytest.raises(SystemExit):
        replace(courier, send=dies).serve(mine)
    assert others == [0]
    assert mine not in courier.due()
    clock.forward(seconds=LEASE.total_seconds() + 1)
    assert courier.serve(mine) == 1
    first, second = receiver.ids()
    assert first == second, "sent again under the same id"


def test_many_threads_deliver_each_once(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier
) -> None:
    key, _ = subscribe(workplace, session, receiver.url)
    mine = (workplace.firm_id, key)

    def write_or_deliver(index: int) -> Any:
        if index % 2:
            return [courier.serve(mine) for _ in range(10)]
        return [workplace.ok("POST", "/api/v2/accounts", json=account(workplace)) for _ in range(5)]

    in_threads(write_or_deliver, 8)
    while courier.serve(mine):
        pass
    assert receiver.changes() == log(workplace, session, after=1)
    assert len(set(receiver.ids())) == len(receiver.ids())


def test_paused_it_waits(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier
) -> None:
    key, _ = subscribe(workplace, session, receiver.url, is_paused=True)
    mine = (workplace.firm_id, key)
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    assert mine not in courier.due()
    assert courier.serve(mine) == 0
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    webhook = session.get_one(Webhook, mine)
    subscriptions.change(session, user, webhook, subscriptions.Wish(receiver.url), terms_of(workplace.app))
    session.commit()
    assert courier.serve(mine) == 1
    assert receiver.changes() == log(workplace, session, after=1)


def test_pauses_grow() -> None:
    pauses = [pause_after(failures).total_seconds() for failures in range(1, len(PAUSES) + 1)]
    assert pauses == sorted(pauses)
