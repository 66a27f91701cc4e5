"""The requests in a batch and what comes of them, whichever form the batch has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from flask import Response

from app.errors import InvalidBody

METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.A)
NOT_ITS_OWN = frozenset(
    ("authorization", "host", "cookie", "connection", "content-length", "transfer-encoding", "expect", "te")
)
"""Headers that a request in a batch does not have: it comes over the batch's connection, from its caller."""


@dataclass(frozen=True)
class Part:
    """A request in a batch.

    Args:
        id: what others call it; empty where nothing was given.
        address: as it was written: whole, from the root, or relative to the service.
        group: the atomic group that it is in, if any.
        depends_on: the ids of requests and groups that must succeed first.
        condition: what decides instead, where it is given.
    """

    id: str
    method: str
    address: str
    headers: Mapping[str, str]
    body: bytes
    group: str | None = None
    depends_on: Sequence[str] = ()
    condition: str | None = None


@dataclass
class Outcome:
    """What came of a request.

    Args:
        made: the address of the entity that it made, changed or read.
        is_skipped: whether it was not carried out, as its own condition wants it.
        is_undone: whether nothing was wrong with it, but with another request of its group.
    """

    part: Part
    response: Response
    made: str | None = None
    is_skipped: bool = False
    is_undone: bool = False

    @property
    def succeeded(self) -> bool:
        return self.response.status_code < 400


@dataclass
class Unit:
    """What is carried out at once: one request, or the requests of an atomic group."""

    parts: list[Part] = field(default_factory=list)
    is_group: bool = False


Results: TypeAlias = list[tuple[Unit, list[Outcome]]]
"""Of each unit, in order."""


def checked_method(text: object) -> str:
    """
    Raises:
        InvalidBody: there is no such method in a batch.
    """
    method = text.upper() if isinstance(text, str) else ""
    if method not in METHODS:
        raise InvalidBody({"method": [f"Must be one of {', '.join(METHODS)}."]})
    return method


def checked_headers(given: Mapping[str, str]) -> dict[str, str]:
    """The headers that the request may have, with lower-case names.

    Raises:
        InvalidBody: one is no header (RFC 9110 section 5).
    """
    headers = {}
    for name, value in given.items():
        if not NAME.fullmatch(name) or not isinstance(value, str) or not _is_field_value(value):
            raise InvalidBody({"headers": ["A header has a name and a line of text."]})
        if name.lower() in headers:
            raise InvalidBody({"headers": [f"'{name[:80]}' is there twice."]})
        if name.lower() not in NOT_ITS_OWN:
            headers[name.lower()] = value
    return headers


def _is_field_value(value: str) -> bool:
    return all((character.isprintable() and ord(character) < 256) or character == "\t" for character in value)
