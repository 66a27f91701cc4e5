"""The hub protocol's edge cases: none is more than an error of its own connection."""

from __future__ import annotations

import json

import pytest

from app.realtime import protocol
from app.realtime.protocol import RS, Closed, ProtocolError, Records, answer_to, shake_hands


def test_records_come_in_any_pieces() -> None:
    records = Records()
    assert records.feed('{"a"') == []
    assert records.is_within
    assert records.feed(f":1}}{RS}{{}}{RS}") == ['{"a":1}', "{}"]
    assert not records.is_within
    assert records.feed(RS) == [""]


@pytest.mark.parametrize("text", ["x" * 40_000, "x" * 40_000 + RS], ids=["open", "closed"])
def test_a_record_has_a_limit(text: str) -> None:
    with pytest.raises(ProtocolError):
        Records().feed(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "1",
        "null",
        "{}",
        '{"protocol":"messagepack","version":1}',
        '{"protocol":"json","version":7}',
        '{"protocol":"json"}',
        '{"protocol":["json"],"version":1}',
        '{"protocol":"json","version":1e400}',
        "\0",
        "[" * 30_000,
    ],
    ids=lambda text: repr(text[:30]),
)
def test_what_is_no_handshake(text: str) -> None:
    with pytest.raises(ProtocolError):
        shake_hands(text)


@pytest.mark.parametrize("version", [1, 2])
def test_the_handshake(version: int) -> None:
    shake_hands(json.dumps({"protocol": "json", "version": version}))


@pytest.mark.parametrize(
    "text",
    ['{"type":6}', '{"type":1,"target":"X","arguments":[]}', '{"type":5,"invocationId":"1"}', '{"type":3}'],
)
def test_nothing_is_said_to_what_waits_for_nothing(text: str) -> None:
    assert answer_to(text) is None


@pytest.mark.parametrize("kind", [1, 4])
def test_a_call_is_told_that_there_are_no_methods(kind: int) -> None:
    answer = answer_to(
        json.dumps({"type": kind, "invocationId": "7", "target": "X", "arguments": [], "headers": {}})
    )
    assert answer is not None
    found = json.loads(answer.removesuffix(RS))
    assert (found["type"], found["invocationId"]) == (3, "7")
    assert "no methods" in found["error"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        '"\\ud800"',
        '{"type":true}',
        '{"type":"1"}',
        '{"type":0}',
        '{"type":99999999999999999999999}',
        '{"type":1,"invocationId":7}',
        json.dumps({"type": 1, "invocationId": "x" * 101}),
    ],
    ids=lambda text: repr(text[:30]),
)
def test_what_is_no_message(text: str) -> None:
    with pytest.raises(ProtocolError):
        answer_to(text)


def test_a_client_may_say_goodbye() -> None:
    with pytest.raises(Closed):
        answer_to('{"type":7}')


def test_the_last_record() -> None:
    assert json.loads(protocol.close("Why")[:-1]) == {"type": 7, "error": "Why"}
    assert json.loads(protocol.close(may_return=True)[:-1]) == {"type": 7, "allowReconnect": True}
