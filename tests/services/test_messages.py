"""Messages, and the people of a matter."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from app.errors import InvalidBody
from app.models import Message, Relationship
from app.services.messages import RULES
from app.services.records import Rules
from tests.services.records_of_a_firm import Desk

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def test_a_message_begins_a_conversation_of_its_own(desk: Desk) -> None:
    one, two = (desk.create(Message, RULES, type="Secure", body="Hi") for _ in range(2))
    assert one.conversation_id != two.conversation_id
    reply = desk.create(Message, RULES, type="Secure", body="Hi", conversation_id=one.conversation_id)
    assert reply.conversation_id == one.conversation_id


def test_a_message_is_sent_now_by_whoever_sends_it(desk: Desk) -> None:
    message = desk.create(Message, RULES, type="Text", body="Hi")
    assert message.sender_id == desk.user_id
    assert dt.datetime.now(dt.UTC) - message.sent_at < dt.timedelta(minutes=1)
    assert desk.create(Message, RULES, type="Text", body="Hi", sent_at=NOON).sent_at == NOON
    assert desk.create(Message, RULES, type="Text", body="Hi", sent_by_contact=True).sender_id is None


def test_a_message_is_for_the_account_of_its_contact_or_matter(desk: Desk) -> None:
    acme, bolt = desk.account(), desk.account("Bolt")
    contact, matter = desk.contact(acme), desk.matter(bolt)
    for values, account in (
        ({"contact_id": contact.id}, acme.id),
        ({"matter_id": matter.id}, bolt.id),
        ({"contact_id": contact.id, "matter_id": matter.id}, bolt.id),
        ({"contact_id": contact.id, "account_id": bolt.id}, bolt.id),
        ({}, None),
    ):
        assert desk.create(Message, RULES, body="Hi", **values).account_id == account


def test_sent_back_unchanged_a_message_does_not_change(desk: Desk) -> None:
    message = desk.create(Message, RULES, body="Hi", contact_id=desk.contact(desk.account()).id)
    columns = {column.name: getattr(message, column.name) for column in Message.__table__.c}
    assert desk.unchanged(message, RULES, **columns)
    kept = (message.conversation_id, message.sent_at, message.sender_id)
    desk.replace(message, RULES, body="Hello", contact_id=message.contact_id)
    assert (message.conversation_id, message.sent_at, message.sender_id) == kept


def test_a_relationship_is_between_a_contact_and_a_matter_that_are_there(desk: Desk) -> None:
    account = desk.account()
    people = {"contact_id": desk.contact(account).id, "matter_id": desk.matter(account).id}
    judge = desk.create(Relationship, Rules(), name="Judge", **people)
    assert desk.unchanged(judge, Rules(), name="Judge", **people)
    for column in people:
        with pytest.raises(InvalidBody) as refused:
            desk.create(Relationship, Rules(), name="Judge", **{**people, column: str(uuid4())})
        assert list(refused.value.fields) == [column]
