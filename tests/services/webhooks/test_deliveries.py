"""What was delivered: sent again, signed by two secrets, purged, and checked by the documented program."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.cli.upkeep import deliver_webhooks
from app.models import Change, User, Webhook, WebhookAttempt, WebhookDelivery
from app.services import purging
from app.services.webhooks import history, signing, subscriptions
from app.services.webhooks.courier import UNREADABLE, Courier
from app.services.webhooks.sending import Outcome
from tests.contract.samples import account
from tests.firms import Workplace
from tests.services.webhooks.receiver import Clock, Receiver, one, subscribe, terms_of, webhook_of


def test_sent_again(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier, clock: Clock
) -> None:
    key, _ = subscribe(workplace, session, receiver.url)
    mine = (workplace.firm_id, key)
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    courier.serve(mine)

    def again() -> None:
        webhook = session.get_one(Webhook, mine)
        (delivery,) = session.scalars(select(WebhookDelivery).filter_by(firm_id=workplace.firm_id))
        history.send_again(webhook, delivery)
        session.commit()
        session.expunge_all()

    again()
    assert mine in courier.due()
    receiver.answers = [(500, b"")]
    assert courier.serve(mine) == 1
    assert one(workplace, session, WebhookDelivery).state == "delivered", "once arrived is arrived"
    assert courier.serve(mine) == 0, "it is tried once"
    again()
    assert courier.serve(mine) == 1
    assert len(set(receiver.ids())) == 1
    assert webhook_of(workplace, session, key).failures == 0


def test_both_secrets_sign_for_a_while(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier, clock: Clock
) -> None:
    key, old = subscribe(workplace, session, receiver.url)
    mine = (workplace.firm_id, key)
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    new = subscriptions.rotate_secret(
        session, user, session.get_one(Webhook, mine), terms_of(workplace.app), overlap=1
    )
    session.commit()
    for secrets in ([new, old], [new]):
        workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
        courier.serve(mine)
        headers, body = receiver.got[-1]
        at = int(headers["webhook-timestamp"])
        signatures = [signing.signature(secret, headers["webhook-id"], at, body) for secret in secrets]
        assert headers["webhook-signature"].split() == signatures
        clock.forward(hours=1.1)


def test_a_secret_that_cannot_be_read_is_said(
    app: Flask, workplace: Workplace, session: Session, receiver: Receiver, courier: Courier
) -> None:
    key, _ = subscribe(workplace, session, receiver.url)
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    other = replace(courier, terms=replace(courier.terms, key="another secret key, as long as it has to be"))
    assert other.serve((workplace.firm_id, key)) == 1
    assert receiver.got == []
    assert one(workplace, session, WebhookAttempt).error == UNREADABLE


def test_deleted_while_it_delivers(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier
) -> None:
    key, _ = subscribe(workplace, session, receiver.url)
    mine = (workplace.firm_id, key)
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))

    def deleted_meanwhile(url: str, headers: dict[str, str], body: bytes) -> Outcome:
        user = session.get_one(User, (workplace.firm_id, workplace.user_id))
        subscriptions.delete(session, user, session.get_one(Webhook, mine))
        session.commit()
        return Outcome(204)

    assert replace(courier, send=deleted_meanwhile).serve(mine) == 1
    assert session.scalars(select(WebhookDelivery).filter_by(firm_id=workplace.firm_id)).all() == []


def test_old_deliveries_are_purged_and_those_on_their_way_are_not(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier
) -> None:
    key, _ = subscribe(workplace, session, receiver.url)
    mine = (workplace.firm_id, key)
    receiver.answers = [(204, b""), (500, b"")]
    for _ in range(2):
        workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
        courier.serve(mine)
    old = dt.datetime.now(dt.UTC) - dt.timedelta(days=31)
    for delivery in session.scalars(select(WebhookDelivery).filter_by(firm_id=workplace.firm_id)):
        delivery.made_at = old
    for attempt in session.scalars(select(WebhookAttempt).filter_by(firm_id=workplace.firm_id)):
        attempt.at = old
    session.commit()
    gone = purging.purge(workplace.app.extensions["database"].session, 400, 400)
    assert gone["webhook_attempts"] >= 2
    assert one(workplace, session, WebhookDelivery).state == "failing"


@pytest.mark.parametrize("is_paused", [False, True])
def test_who_was_away_for_years_is_told_of_them(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier, is_paused: bool
) -> None:
    key, _ = subscribe(workplace, session, receiver.url, is_paused=is_paused)
    mine = (workplace.firm_id, key)
    made = [workplace.ok("POST", "/api/v2/accounts", json=account(workplace))["id"] for _ in range(2)]
    years_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=1000)
    session.execute(update(Change).where(Change.firm_id == workplace.firm_id).values(at=years_ago))
    session.commit()
    assert purging.purge(workplace.app.extensions["database"].session, 400, 400)["changes"] >= 0
    session.get_one(Webhook, mine).is_paused = False
    session.commit()
    courier.serve(mine)
    assert [change["id"] for change in receiver.changes() if change["entity"] == "Account"] == made


def test_the_documented_program_knows_our_requests(
    workplace: Workplace, session: Session, receiver: Receiver, courier: Courier, clock: Clock
) -> None:
    page = (Path(__file__).parents[3] / "docs/how-to/webhooks.md").read_text()
    (program,) = re.findall(r"```python\n(.*?)```", page, re.S)
    names: dict[str, Any] = {}
    exec(program, names)  # noqa: S102 - it is the page's own
    key, secret = subscribe(workplace, session, receiver.url)
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    courier.serve((workplace.firm_id, key))
    ((headers, body),) = receiver.got
    assert names["is_ours"](headers, body, secret)
    assert not names["is_ours"](headers, body + b" ", secret)
    assert not names["is_ours"]({**headers, "webhook-id": "another"}, body, secret)
    assert not names["is_ours"]({**headers, "webhook-timestamp": "1"}, body, secret)
    assert not names["is_ours"](headers, body, signing.new_secret())
    (example,) = re.findall(r"```json\n(.*?)```", page, re.S)
    assert set(json.loads(example)) == set(json.loads(body))
    assert set(json.loads(example)["data"][0]) == set(json.loads(body)["data"][0])


def test_the_command_delivers_what_is_due(
    app: Flask, workplace: Workplace, session: Session, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whichever firm, so what other tests have left behind is not to go anywhere."""
    sent: list[str] = []
    mine = replace(courier, send=lambda url, *_: sent.append(url) or Outcome(204))
    monkeypatch.setitem(app.extensions, "webhook_courier", mine)
    key, _ = subscribe(workplace, session, "https://command.example/")
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    done = CliRunner().invoke(deliver_webhooks, obj=ScriptInfo(create_app=lambda: app))
    assert done.output == f"Attempts made: {len(sent)}\n"
    assert "https://command.example/" in sent
    assert webhook_of(workplace, session, key).position > 1
