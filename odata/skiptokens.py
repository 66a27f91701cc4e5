"""`$skiptoken`: where the next page begins, as a text that only its writer can make (Protocol 4.01, 11.2.6.7)."""

from __future__ import annotations

import binascii
import datetime as dt
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b
from hmac import compare_digest
from typing import Any

import orjson

from odata.errors import InvalidOption

SEAL = 12
"""Bytes of the keyed digest in front of a token."""
FORM = b"skiptoken 2"
"""Counts up when a token is made of other parts, so that an older one is refused and not misread."""
LONGEST = 500
"""Characters of a text in a token: the link that has it must be one that servers and proxies take."""


class Cut(str):
    """The beginning of a text that is too long for a token. The statement looks the whole of it up by the key."""


@dataclass(frozen=True)
class Place:
    """The end of a page.

    Args:
        values: those of its last row's sort keys, in order, the entity's key at the end.
        left: how many entities `$top` still allows; None without it.
        size: how many of them a page has, where the client has said so (`maxpagesize`).
        moment: what now() means in the whole list, where it is asked for.
    """

    values: tuple[Any, ...]
    left: int | None = None
    size: int | None = None
    moment: dt.datetime | None = None


class Seals:
    """Writes and reads tokens.

    Args:
        secret: what the processes that serve one service share.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = blake2b(secret, digest_size=32, person=FORM).digest()

    def write(self, place: Place, about: str) -> str:
        """The token for a place; `about` is what it belongs to: the set and its order."""
        text = orjson.dumps([place.left, place.size, [*map(_written, place.values)], place.moment])
        return _encoded(self._digest(text, about) + text)

    def read(self, token: str, about: str) -> Place:
        """The place that a token means.

        Raises:
            InvalidOption: it was not made here, or for another list or order.
        """
        try:
            decoded = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        except (UnicodeError, binascii.Error, ValueError):
            decoded = b""
        if _encoded(decoded) != token:  # base64 has idle bits: another text could stand for the same bytes
            decoded = b""
        seal, text = decoded[:SEAL], decoded[SEAL:]
        if not compare_digest(seal, self._digest(text, about)):
            raise InvalidOption(
                "The $skiptoken does not belong to this request; follow @odata.nextLink as it is.",
                target="$skiptoken",
            )
        left, size, values, moment = orjson.loads(text)
        return Place(tuple(map(_read, values)), left, size, moment and dt.datetime.fromisoformat(moment))

    def _digest(self, text: bytes, about: str) -> bytes:
        return blake2b(
            about.encode() + b"\0" + text, digest_size=SEAL, key=self._secret, person=FORM
        ).digest()


def _encoded(token: bytes) -> str:
    return urlsafe_b64encode(token).rstrip(b"=").decode()


def _written(value: Any) -> Any:
    """A value for the token: a text of which only the beginning is kept stands in a list."""
    return [value[:LONGEST]] if isinstance(value, str) and len(value) > LONGEST else value


def _read(value: Any) -> Any:
    return Cut(value[0]) if isinstance(value, list) else value
