"""Runs a plan on a driver connection. The drivers differ in a few lines, and those are here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import orjson
from psycopg import Connection, RawCursor
from psycopg.types.numeric import FloatLoader
from psycopg.types.string import TextLoader

from odata.errors import LimitExceeded
from odata.planner import KEYS, OWNER, CollectionPlan, Plan
from odata.statement import Statement

TEXT_FOLDS: tuple[tuple[str, Callable[[str], str]], ...] = (("lower", str.lower), ("upper", str.upper))
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
    for name, fold in TEXT_FOLDS:  # SQLite folds only ASCII by itself
        connection.create_function(name, 1, partial(_folded, fold), deterministic=True)


def _folded(fold: Callable[[str], str], value: object) -> str | None:
    return None if value is None else fold(str(value))


def fetch(plan: Plan, values: Mapping[str, Any], connection: Any) -> list[dict[str, Any]]:
    """The page's objects, ready for JSON.

    Args:
        values: the request's values and those of the policy's parameters, by name.
        connection: a driver connection of the plan's database (sqlite3 or psycopg).
    """
    execute = _executor(connection)
    rows = execute(plan.page, values)
    groups, weights = _groups(plan.collections, rows, values, execute)
    if _weight(plan.collections, rows, weights) > MOST_OBJECTS:
        raise LimitExceeded(f"The answer would hold more than {MOST_OBJECTS:,} objects; page it with $top.")
    found: list[dict[str, Any]] = plan.build(rows, *groups)
    return found


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
        rows: list[Any] = connection.execute(statement.sql, statement.parameters(values)).fetchall()
        return rows

    return execute


def _postgresql(connection: Connection[Any]) -> Execute:
    def execute(statement: Statement, values: Mapping[str, Any]) -> Sequence[Any]:
        cursor = RawCursor(connection)  # takes $1 as it is, where the usual cursor would translate %s
        return cursor.execute(statement.sql, statement.parameters(values)).fetchall()

    return execute
