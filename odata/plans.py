"""What the planner is given, and what it gives: a query that is bound, and the statements that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from odata.metadata import EntityType, Shape
from odata.origins import Origin
from odata.shaper import Rows
from odata.statement import Statement
from odata.typed import NOW, Order, Scalar, Slot, Variable

SKIP = "skip"
KEYS = "keys"
"""The names of two parameters: of `$skip`, and of the owners' keys in the statement for a collection."""
OWNER = 0
"""The column of a collection's rows that holds the owner's key: it is asked for first."""


@dataclass(frozen=True)
class Query:
    """What is asked for, bound.

    Args:
        roots: the variables that stand for the rows of the set (the door's, and the host's presets').
        filters: conditions that all hold.
        top: how many rows at most; None for all.
        skips: whether a number of rows is passed over; the number comes with the request.
        counts: whether the total is wanted.
        origin: where the list begins, when not at a set.
        after: for each sort key and the key, whether it was null where the page before ended; None at the
            first page.
        cut: which of those keys the request brings only the beginning of.
        page: how many rows a page has at most; None where there are no pages.
        exact_numbers: whether decimals and 64-bit integers are shown as texts.
        among: whether only the rows with certain keys are wanted; these come with the request.
    """

    entity: EntityType
    roots: tuple[Variable, ...]
    shape: Shape
    filters: tuple[Scalar, ...] = ()
    order: tuple[Order, ...] = ()
    top: int | None = None
    skips: bool = False
    counts: bool = False
    origin: Origin | None = None
    after: tuple[bool, ...] | None = None
    cut: tuple[int, ...] = ()
    page: int | None = None
    exact_numbers: bool = False
    among: bool = False

    @property
    def may_go_on(self) -> bool:
        """Whether more rows may be wanted than a page has."""
        return self.page is not None and (self.top is None or self.top > self.page)

    @property
    def limit(self) -> int | None:
        """How many rows are read: one more than a page has tells whether another follows."""
        return self.page + 1 if self.page is not None and self.may_go_on else self.top


@dataclass(frozen=True)
class CollectionPlan:
    """How a collection is read for a whole page.

    Args:
        key: the index of the owner's key in the page's rows.
        values: those of the literals in the collection's own options.
    """

    key: int
    statement: Statement
    build: Rows
    collections: tuple[CollectionPlan, ...]
    values: Mapping[str, Any]


class End(NamedTuple):
    """Where a page ended.

    Args:
        values: those of its last row's sort keys, in order, the entity's key at the end.
        moment: what now() was on it, and is on the pages that follow; None where nobody asked.
    """

    values: tuple[Any, ...]
    moment: Any = None


@dataclass(frozen=True)
class Plan:
    """What to run, and what to make of the rows.

    Args:
        slots: the values to take from the request's literals.
        size: how many objects the page shows where more rows may follow; None where none can.
        sorted_by: where the rows have the values of the sort keys, when more rows may follow.
        shape: what each object shows.
        total_at: where each row has the total, when it comes with the page.
        context: what the context URL says of the selection (Protocol 4.01, 10.9).
        older_context: the same for OData 4.0.
        key_at: where each row has its key, when rows are asked for by their keys.
        follows_rows: whether which rows there are depends on nothing but the rows themselves, so that the log of
            their changes tells all that comes and goes.
    """

    page: Statement
    build: Rows
    collections: tuple[CollectionPlan, ...]
    count: Statement | None
    slots: tuple[Slot, ...]
    size: int | None = None
    sorted_by: tuple[int, ...] = ()
    shape: Shape = Shape(())
    total_at: int | None = None
    context: str = ""
    older_context: str = ""
    key_at: int | None = None
    follows_rows: bool = False

    def end_at(self, row: Any, values: Mapping[str, Any]) -> End:
        """Where a page ends whose last row this is; `values` are those of the request."""
        return End(tuple(row[index] for index in self.sorted_by), values.get(NOW))
