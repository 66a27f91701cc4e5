"""What the text of $apply asks for, parsed and not yet bound (OData Extension for Data Aggregation 4.0, 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from odata.parser import ComputeItem, OrderItem, Parsed


@dataclass(frozen=True, slots=True)
class Filter:
    """Only the rows for which the condition is true."""

    condition: Parsed


@dataclass(frozen=True, slots=True)
class Search:
    """Only the rows that the words are found in; `text` is still to be parsed."""

    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Compute:
    """The same rows, each with further properties."""

    items: tuple[ComputeItem, ...]


@dataclass(frozen=True, slots=True)
class Aggregation:
    """One value made from many.

    Args:
        of: the expression whose values are aggregated, or of `$count` the path that is counted; None for the
            rows themselves.
        method: `sum`, `min`, `max`, `average`, `countdistinct` or `$count`.
        alias: the name that the value gets.
        position: where it begins.
    """

    of: Parsed | None
    method: str
    alias: str
    position: int


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One row for all, or for each group."""

    items: tuple[Aggregation, ...]


@dataclass(frozen=True, slots=True)
class Rollup:
    """Levels to group by, the coarsest first: the rows are grouped by all, then by all but the last, and so on."""

    paths: tuple[Parsed, ...]


@dataclass(frozen=True, slots=True)
class GroupBy:
    """`then` on the rows of each group; without it, one row for each."""

    elements: tuple[Parsed | Rollup, ...]
    then: Sequence | None
    position: int


@dataclass(frozen=True, slots=True)
class Concat:
    """The rows of each sequence, one after the other."""

    branches: tuple[Sequence, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Best:
    """The rows with the highest or lowest values.

    Args:
        name: `topcount`, `bottomsum` and so on.
        limit: how many, how much, or how many per cent.
    """

    name: str
    limit: Parsed
    by: Parsed
    position: int


@dataclass(frozen=True, slots=True)
class OrderBy:
    items: tuple[OrderItem, ...]


@dataclass(frozen=True, slots=True)
class Top:
    number: int


@dataclass(frozen=True, slots=True)
class Skip:
    number: int


@dataclass(frozen=True, slots=True)
class Identity:
    """The rows as they are."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Correct, and nothing that is carried out here; `what` begins the sentence that says so."""

    what: str
    position: int


Transformation: TypeAlias = (
    Filter
    | Search
    | Compute
    | Aggregate
    | GroupBy
    | Concat
    | Best
    | OrderBy
    | Top
    | Skip
    | Identity
    | Foreign
)
Sequence: TypeAlias = tuple[Transformation, ...]
