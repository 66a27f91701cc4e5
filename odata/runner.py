"""Runs a plan on a driver connection: a page at once, or an answer of any length a chunk at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from odata.drivers import Execute, executor, opened
from odata.errors import LimitExceeded
from odata.plans import KEYS, OWNER, CollectionPlan, End, Plan

MOST_OBJECTS = 1_000_000
"""In the collections of one page or chunk. Each level of $expand multiplies; beyond this no reader is served."""
CHUNK = 1_000
"""Rows that are in memory at once when an answer is longer."""

Groups: TypeAlias = dict[str, list[Any]]
Weights: TypeAlias = dict[str, int]


@dataclass(frozen=True, slots=True)
class Page:
    """The objects of a page, ready for JSON.

    Args:
        end: where it ended; None where no more rows follow.
        total: how many there are on all pages, where the plan counts them.
    """

    objects: list[dict[str, Any]]
    end: End | None = None
    total: int | None = None


def fetch_page(plan: Plan, values: Mapping[str, Any], connection: Any) -> Page:
    """The page of a plan.

    Args:
        values: the request's values and those of the policy's parameters, by name.
        connection: a driver connection of the plan's database (sqlite3 or psycopg), in autocommit.
    """
    execute = executor(connection)
    rows = execute(plan.page, values)
    end = None
    if plan.size is not None and len(rows) > plan.size:
        rows = rows[: plan.size]
        end = plan.end_at(rows[-1], values)
    total = None
    if plan.count is not None:
        total = (
            rows[0][plan.total_at] if rows and plan.total_at is not None else count(plan, values, connection)
        )
    return Page(objects_of(plan, rows, values, execute), end, total)


def chunks(plan: Plan, values: Mapping[str, Any], connection: Any, size: int = CHUNK) -> Iterator[Page]:
    """The same in chunks of `size` rows, of which only the last may have an end.

    Each chunk runs one statement for each collection in it. The connection is taken until the iterator is used
    up or closed.
    """
    execute = executor(connection)
    last: Any = None
    left = plan.size
    with opened(connection, plan.page, values) as fetch_rows:
        while rows := fetch_rows(size):
            goes_on = left is not None and len(rows) > left
            if left is not None:
                rows = rows[:left]
                left -= len(rows)
            last = rows[-1] if rows else last
            yield Page(
                objects_of(plan, rows, values, execute), plan.end_at(last, values) if goes_on else None
            )
            if goes_on:
                return


def count(plan: Plan, values: Mapping[str, Any], connection: Any) -> int:
    """How many entities match, without regard to paging (Protocol 4.01, 11.2.6.5)."""
    if plan.count is None:
        raise ValueError("the plan was made without a count")
    return int(executor(connection)(plan.count, values)[0][0])


def objects_of(
    plan: Plan, rows: Sequence[Any], values: Mapping[str, Any], execute: Execute
) -> list[dict[str, Any]]:
    """The objects that a plan makes of its rows, in their order."""
    groups, weights = _groups(plan.collections, rows, values, execute)
    if _weight(plan.collections, rows, weights) > MOST_OBJECTS:
        raise LimitExceeded(f"The answer would hold more than {MOST_OBJECTS:,} objects; page it with $top.")
    objects: list[dict[str, Any]] = plan.build(rows, *groups)
    return objects


def _groups(
    collections: Sequence[CollectionPlan], rows: Sequence[Any], values: Mapping[str, Any], execute: Execute
) -> tuple[list[Groups], list[Weights]]:
    """The members of each collection by their owner's key, and how many objects they come to, all told.

    One statement a collection, never one a row. A member that many rows share is read once, but printed with
    each of them: the weights count it each time.
    """
    groups: list[Groups] = []
    weights: list[Weights] = []
    for collection in collections:
        keys = list({row[collection.key] for row in rows if row[collection.key] is not None})
        members = execute(collection.statement, {**values, **collection.values, KEYS: keys}) if keys else []
        inner, inner_weights = _groups(collection.collections, members, values, execute)
        built: Groups = collection.build(members, *inner)
        weight = {key: len(group) for key, group in built.items()}
        if inner:
            for member in members:
                weight[member[OWNER]] += _weight(collection.collections, [member], inner_weights)
        groups.append(built)
        weights.append(weight)
    return groups, weights


def _weight(collections: Sequence[CollectionPlan], rows: Sequence[Any], weights: Sequence[Weights]) -> int:
    """How many objects the rows' collections come to."""
    return sum(
        weight.get(row[collection.key], 0)
        for collection, weight in zip(collections, weights, strict=True)
        for row in rows
    )
