"""The hub protocol of SignalR, as JSON in text (dotnet/aspnetcore, src/SignalR/docs/specs/HubProtocol.md).

A *record* is one JSON object and the character RS behind it. Records come in any number in a frame, or in parts in
several.
"""

from __future__ import annotations

from typing import Any

import orjson

RS = "\x1e"
LONGEST_RECORD = 32 * 1024
"""Characters; what ASP.NET Core takes, too."""
INVOCATION, STREAM_ITEM, COMPLETION, STREAM_INVOCATION, CANCEL, PING_TYPE, CLOSE_TYPE = range(1, 8)
KNOWN = range(1, 10)  # 8 and 9 are for stateful reconnects, which are not offered
LONGEST_ID = 100


def record(message: dict[str, Any]) -> str:
    return orjson.dumps(message).decode() + RS


PING = record({"type": PING_TYPE})
HANDSHAKEN = record({})


class ProtocolError(Exception):
    """The client does not keep to the protocol; the sentence is for its programmer."""


def data_changed(entity: str, entity_id: str, action: str) -> str:
    """The call of the client's `DataChanged`."""
    return record({"type": INVOCATION, "target": "DataChanged", "arguments": [entity, entity_id, action]})


def close(error: str | None = None, *, may_return: bool = False) -> str:
    """The last record of a connection.

    Args:
        may_return: whether a client that reconnects by itself should.
    """
    told: dict[str, Any] = {"type": CLOSE_TYPE}
    if error is not None:
        told["error"] = error
    if may_return:
        told["allowReconnect"] = True
    return record(told)


class Records:
    """Puts records together from what arrives."""

    def __init__(self) -> None:
        self._begun = ""

    @property
    def is_within(self) -> bool:
        """Whether a record has begun and not ended."""
        return bool(self._begun)

    def feed(self, text: str) -> list[str]:
        """The records that are complete now.

        Raises:
            ProtocolError: one is too long.
        """
        *complete, self._begun = (self._begun + text).split(RS)
        if any(len(each) > LONGEST_RECORD for each in (*complete, self._begun)):
            raise ProtocolError("A message is too long.")
        return complete


def shake_hands(text: str) -> None:
    """Read the client's first record.

    Raises:
        ProtocolError: it is no handshake, or asks for something else than version 1 of the JSON protocol.
    """
    asked = _object(text)
    if "protocol" not in asked:
        raise ProtocolError("The first message must be a handshake.")
    if asked["protocol"] != "json":
        raise ProtocolError("Only the protocol 'json' is available.")
    if asked.get("version") not in (1, 2):
        raise ProtocolError("Only version 1 of the protocol is available.")


def handshake_error(error: str) -> str:
    return record({"error": error})


def answer_to(text: str) -> str | None:
    """What to say to a record of the client; None where there is nothing to say.

    There are no methods to call: a call that waits for its result is told so.

    Raises:
        ProtocolError: it is no message; or the client says that it closes the connection (`Closed`).
    """
    message = _object(text)
    kind = message.get("type")
    if not isinstance(kind, int) or isinstance(kind, bool) or kind not in KNOWN:
        raise ProtocolError("A message has no type that is known.")
    if kind == CLOSE_TYPE:
        raise Closed
    if kind not in (INVOCATION, STREAM_INVOCATION) or message.get("invocationId") is None:
        return None
    waiting = message["invocationId"]
    if not isinstance(waiting, str) or len(waiting) > LONGEST_ID:
        raise ProtocolError("An invocationId is no short text.")
    error = "This hub has no methods; it calls DataChanged."
    return record({"type": COMPLETION, "invocationId": waiting, "error": error})


class Closed(Exception):
    """The client has said that it closes the connection."""


def _object(text: str) -> dict[str, Any]:
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise ProtocolError("A message is not JSON.") from None
    if not isinstance(message, dict):
        raise ProtocolError("A message is not an object.")
    return message
