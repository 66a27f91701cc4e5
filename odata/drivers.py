"""What SQLite's driver and PostgreSQL's do differently when a plan runs: preparing, executing, reading a few rows at a
time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import orjson
from psycopg import Connection, RawCursor, RawServerCursor
from psycopg.pq import Format, TransactionStatus
from psycopg.types.numeric import FloatLoader
from psycopg.types.string import TextLoader

from odata import exact
from odata.errors import LimitExceeded
from odata.plans import KEYS
from odata.statement import Statement

TOO_DEEP = ("parser stack overflow", "Expression tree is too large")
"""What SQLite says of an expression within our bounds and beyond its own."""

Execute: TypeAlias = Callable[[Statement, Mapping[str, Any]], Sequence[Any]]
"""Runs a statement with a request's values; all of its rows."""
Fetch: TypeAlias = Callable[[int], Sequence[Any]]
"""The next rows, at most so many; none when there are no more."""


READ_AS: dict[str, Any] = {
    **dict.fromkeys(("uuid", "timestamp", "date", "time"), TextLoader),
    "numeric": FloatLoader,
}


def prepare_connection(connection: Any) -> None:
    """Make a new driver connection deliver values as answers show them, and know what the plans call.

    A PostgreSQL connection prepared so is for reading only: a number comes as a float, which shows every
    decimal of up to 15 digits as it is, but is nothing to calculate with.
    """
    if isinstance(connection, Connection):
        for kind, loader in READ_AS.items():
            connection.adapters.register_loader(kind, loader)
        return
    exact.register(connection)


@contextmanager
def prepared(connection: Any) -> Iterator[None]:
    """The same for a connection that writes, too: it is as it was when the block ends."""
    if not isinstance(connection, Connection):
        yield  # what SQLite's connections know is in nobody's way
        return
    adapters = connection.adapters
    usual = [adapters.get_loader(adapters.types[kind].oid, Format.TEXT) for kind in READ_AS]
    prepare_connection(connection)
    try:
        yield
    finally:
        for kind, loader in zip(READ_AS, usual, strict=True):
            if loader is not None:
                adapters.register_loader(kind, loader)


def executor(connection: Any) -> Execute:
    """Runs statements on a connection that is in autocommit."""
    if isinstance(connection, Connection):
        # A raw cursor takes $1 as it is, where the usual cursor would translate %s.
        return lambda statement, values: (
            RawCursor(connection).execute(statement.sql, statement.parameters(values)).fetchall()
        )
    return lambda statement, values: _on_sqlite(connection, statement, values).fetchall()


@contextmanager
def opened(connection: Any, statement: Statement, values: Mapping[str, Any]) -> Iterator[Fetch]:
    """A statement whose rows stay in the database until they are fetched.

    What else is read on the connection meanwhile sees the same state of the database. The database's time limit
    is for each fetch, not for the whole: how long a client takes to read is no fault of the statement.
    """
    if not isinstance(connection, Connection):
        cursor = _on_sqlite(connection, statement, values)
        try:
            yield cursor.fetchmany
        finally:
            cursor.close()
        return
    if connection.info.transaction_status is not TransactionStatus.IDLE:
        raise ValueError("the connection is in a transaction, which this would end")
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        with RawServerCursor(connection, "rows") as server_cursor:
            server_cursor.execute(statement.sql, statement.parameters(values))
            yield server_cursor.fetchmany
    finally:
        if not connection.closed:
            connection.rollback()


def _on_sqlite(
    connection: sqlite3.Connection, statement: Statement, values: Mapping[str, Any]
) -> sqlite3.Cursor:
    if KEYS in values:
        values = {**values, KEYS: orjson.dumps(values[KEYS]).decode()}
    try:
        return connection.execute(statement.sql, statement.parameters(values))
    except sqlite3.OperationalError as error:
        if str(error).startswith(TOO_DEEP):
            raise LimitExceeded("The query is nested deeper than the database reads; ask for less.") from None
        raise
