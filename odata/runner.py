"""Runs a plan on a driver connection. The drivers differ in a few lines, and those are here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import OperationalError
from typing import Any, TypeAlias

import orjson
from psycopg import Connection, RawCursor
from psycopg.types.numeric import FloatLoader
from psycopg.types.string import TextLoader

from odata import exact
from odata.errors import LimitExceeded
from odata.planner import KEYS, OWNER, CollectionPlan, Plan
from odata.statement import Statement

TOO_DEEP = ("parser stack overflow", "Expression tree is too large")
"""What SQLite says of an expression within our bounds and beyond its own."""
MOST_OBJECTS = 1_000_000
"""In the collections of one answer. Each level of $expand multiplies; beyond this no reader is served."""

Groups: TypeAlias = dict[str, list[Any]]
Weights: TypeAlias = dict[str, int]
Execute: TypeAlias = Callable[[Statement, Mapping[str, Any]], Sequence[Any]]


def prepare_connection(connection: Any) -> None:
    """Make a new driver connection deliver values as answers show them, and know what the plans call.

    A PostgreSQL connection prepared so is for reading only: a number comes as a float, which shows every
    decimal of up to 15 digits as it is, but is nothing to calculate with.
    """
    if isinstance(connection, Connection):
        for kind in ("uuid", "timestamp", "date"):
            connection.adapters.register_loader(kind, TextLoader)
        connection.adapters.register_loader("numeric", FloatLoader)
        return
    exact.register(connection)


@dataclass(frozen=True, slots=True)
class Page:
    """The objects of a page, ready for JSON, and where it ended: the values of its last row's sort keys, or
    None where no more rows follow."""

    objects: list[dict[str, Any]]
    end: tuple[Any, ...] | None = None


def fetch(plan: Plan, values: Mapping[str, Any], connection: Any) -> list[dict[str, Any]]:
    """The objects of `fetch_page`, where nobody asks for the next page."""
    return fetch_page(plan, values, connection).objects


def fetch_page(plan: Plan, values: Mapping[str, Any], connection: Any) -> Page:
    """The page of a plan.

    Args:
        values: the request's values and those of the policy's parameters, by name.
        connection: a driver connection of the plan's database (sqlite3 or psycopg).
    """
    execute = _executor(connection)
    rows = execute(plan.page, values)
    end = None
    if plan.size is not None and len(rows) > plan.size:
        rows = rows[: plan.size]
        end = tuple(rows[-1][index] for index in plan.sorted_by)
    groups, weights = _groups(plan.collections, rows, values, execute)
    if _weight(plan.collections, rows, weights) > MOST_OBJECTS:
        raise LimitExceeded(f"The answer would hold more than {MOST_OBJECTS:,} objects; page it with $top.")
    return Page(plan.build(rows, *groups), end)


def count(plan: Plan, values: Mapping[str, Any], connection: Any) -> int:
    """How many entities match, without regard to paging (Protocol 4.01, 11.2.6.5)."""
    if plan.count is None:
        raise ValueError("the plan was made without a count")
    return int(_executor(connection)(plan.count, values)[0][0])


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


def _executor(connection: Any) -> Execute:
    return _postgresql(connection) if isinstance(connection, Connection) else _sqlite(connection)


def _sqlite(connection: Any) -> Execute:
    def execute(statement: Statement, values: Mapping[str, Any]) -> Sequence[Any]:
        if KEYS in values:
            values = {**values, KEYS: orjson.dumps(values[KEYS]).decode()}
        try:
            rows: list[Any] = connection.execute(statement.sql, statement.parameters(values)).fetchall()
        except OperationalError as error:
            if str(error).startswith(TOO_DEEP):
                raise LimitExceeded(
                    "The query is nested deeper than the database reads; ask for less."
                ) from None
            raise
        return rows

    return execute


def _postgresql(connection: Connection[Any]) -> Execute:
    def execute(statement: Statement, values: Mapping[str, Any]) -> Sequence[Any]:
        cursor = RawCursor(connection)  # takes $1 as it is, where the usual cursor would translate %s
        return cursor.execute(statement.sql, statement.parameters(values)).fetchall()

    return execute
