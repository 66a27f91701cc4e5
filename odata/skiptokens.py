"""`$skiptoken`: where the next page begins (Protocol 4.01, 11.2.6.7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import orjson

from odata.errors import InvalidOption
from odata.seals import Seal

FORM = b"skiptoken 3"
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
        deltatoken: what the last page's delta link is to have, where changes are tracked from the first page on.
    """

    values: tuple[Any, ...]
    left: int | None = None
    size: int | None = None
    moment: dt.datetime | None = None
    deltatoken: str | None = None


class Seals:
    """Writes and reads the tokens; `secret` is what the processes that serve one service share."""

    def __init__(self, secret: bytes) -> None:
        self._seal = Seal(secret, FORM)

    def write(self, place: Place, about: str) -> str:
        """The token for a place; `about` is what it belongs to: the set and its order."""
        values = [*map(_written, place.values)]
        return self._seal.close(
            orjson.dumps([place.left, place.size, values, place.moment, place.deltatoken]), about
        )

    def read(self, token: str, about: str) -> Place:
        """The place that a token means.

        Raises:
            InvalidOption: it was not made here, or for another list or order.
        """
        text = self._seal.open(token, about)
        if text is None:
            raise InvalidOption(
                "The $skiptoken does not belong to this request; follow @odata.nextLink as it is.",
                target="$skiptoken",
            )
        left, size, values, moment, deltatoken = orjson.loads(text)
        at = moment and dt.datetime.fromisoformat(moment)
        return Place(tuple(map(_read, values)), left, size, at, deltatoken)


def _written(value: Any) -> Any:
    """A value for the token: a text of which only the beginning is kept stands in a list."""
    return [value[:LONGEST]] if isinstance(value, str) and len(value) > LONGEST else value


def _read(value: Any) -> Any:
    return Cut(value[0]) if isinstance(value, list) else value
