"""How a door speaks: where a key stands, what it wraps an answer in, and what can be said to it besides.

`crud.py` asks the dialect, and so knows no door.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from flask import Response
from marshmallow import Schema

from app.api.parameters import Parameter
from app.api.reading import NO_OPTIONS, Source, json_answer
from app.auth import Caller
from odata.options import Options
from schemas.base import Shape

if TYPE_CHECKING:
    from app.api.legalserver.criteria import Criteria

Documented = tuple[Mapping[str, Any], ...]
"""Query parameters as OpenAPI has them."""


class KeyIn(Enum):
    """Where PUT and DELETE name the record that they mean."""

    PATH = "path"
    QUERY = "query"
    BODY = "body"
    """In the body of a PUT; a DELETE has none, and names it in the query."""


@dataclass(frozen=True)
class Said:
    """A body, taken apart.

    Args:
        body: what it says of the record.
        shown: what the answer is to show of it.
        criteria: what finds the record, if there is one already; None where a new one is meant.
    """

    body: dict[str, Any]
    shown: Options = field(default_factory=lambda: NO_OPTIONS)
    criteria: Criteria | None = None


class Listing(Protocol):
    """A list that is asked for, once what the door has of its own in the query is read."""

    @property
    def options(self) -> Options:
        """What the whole query comes to."""

    def answer(
        self, source: Source, caller: Caller, given: Mapping[str, Any], headers: dict[str, str]
    ) -> Response:
        """
        Args:
            given: the values of the list's own parameters.
            headers: of the answer.
        """


@dataclass(frozen=True)
class Whole:
    """All of a list, as an array."""

    options: Options

    def answer(
        self, source: Source, caller: Caller, given: Mapping[str, Any], headers: dict[str, str]
    ) -> Response:
        return source.answer(caller, self.options, given, headers)


class Bare:
    """The manner of the published APIs: a record is the answer, a list is all of it, and a body is the record."""

    of_lists: Documented = ()
    """What every list can be asked for besides its own parameters."""
    of_one: Documented = ()
    """The same of one record."""
    tells_total = False
    """Whether each list tells its total anyway, so that `$count` says nothing."""

    def listing(self, options: Options, standard: Source, detailed: Source) -> Listing:
        """The list that a query asks for. The door's own words are taken out of the options.

        Args:
            standard, detailed: the list in its two shapes.
        """
        return Whole(options)

    def shown(self, options: Options, source: Source) -> Options:
        """What a query wants to see of one record, in the same way."""
        return options

    def said(
        self, body: dict[str, Any], shape: Schema, shows: Source, search: Sequence[Parameter] | None
    ) -> Said:
        """What a body says of the record, and besides.

        Args:
            shape, shows: that of the body, and that of the answer.
            search: the parameters of an upsert; none where such records are not upserted. None where a body
                cannot ask for it at all.
        """
        return Said(body)

    def body(self, shape: Any, *, upserts: bool = False) -> Any:
        """What a body looks like in the OpenAPI document."""
        return shape

    def record(self, value: Any, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
        """The answer that is one record."""
        return json_answer(value, headers, status)

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
        manner: how it asks and answers.
        created: the status of the answer to a POST that made a record.
        changes: whether a PUT changes what its body names, and leaves the rest as it is.
        counts: whether each list has an address that counts it.
    """

    prefix: str
    key: str
    key_in: KeyIn
    manner: Bare = BARE
    created: int = 200
    changes: bool = False
    counts: bool = True
