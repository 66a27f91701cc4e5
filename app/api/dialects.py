"""How a door speaks: where a key stands, what an answer is wrapped in, what a list can be asked for.

`crud.py` asks the dialect, and so knows no door.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from flask import Response
from marshmallow import Schema

from app.api.reading import Source, json_answer
from app.auth import Caller
from odata.options import Options
from schemas.base import Shape


class KeyIn(Enum):
    """Where PUT and DELETE name the record that they mean."""

    PATH = "path"
    QUERY = "query"
    BODY = "body"
    """In the body of a PUT; a DELETE has none, and names it in the query."""


class Bare:
    """The manner of the published APIs: a record is the answer, and a list is all of it."""

    parameters: tuple[Mapping[str, Any], ...] = ()
    """What every list can be asked for besides its own parameters, as OpenAPI has it."""

    def options(self, options: Options) -> Options:
        """What a list's options mean, once the door's own parameters among them are read."""
        return options

    def record(self, value: Any, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
        """The answer that is one record."""
        return json_answer(value, headers, status)

    def listed(
        self,
        source: Source,
        caller: Caller,
        options: Options,
        given: Mapping[str, Any],
        headers: dict[str, str],
    ) -> Response:
        """The answer that is a list."""
        return source.answer(caller, options, given, headers)

    def schema(self, shape: type[Shape], *, many: bool) -> Schema:
        """What an answer looks like in the OpenAPI document."""
        return shape(many=many)


BARE = Bare()


@dataclass(frozen=True)
class Dialect:
    """How a door of this family speaks.

    Args:
        prefix: what its addresses begin with.
        key: what it calls a record's id.
        key_in: where a replacement names its record.
        manner: how it answers.
        created: the status of the answer to a POST that made a record.
        changes: whether a PUT changes what its body names, and leaves the rest as it is.
        counts: whether each list has an address that counts it.
        takes_manners: whether it minds what LegalServer's clients say besides (`app.api.legalserver`).
    """

    prefix: str
    key: str
    key_in: KeyIn
    manner: Bare = BARE
    created: int = 200
    changes: bool = False
    counts: bool = True
    takes_manners: bool = False
