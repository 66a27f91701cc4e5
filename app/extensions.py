"""What the whole application shares: the database and the password hasher.

Nothing here holds state of a request or of a firm; any number of processes can serve one database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import psycopg
from argon2 import PasswordHasher
from flask import Flask, current_app
from psycopg.types.numeric import FloatLoader
from psycopg.types.string import TextLoader
from sqlalchemy import Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from app.config import Settings

password_hasher = PasswordHasher()


class Database:
    """One database, reached two ways.

    `writer` runs transactions through SQLAlchemy. `reader` lends plain driver connections in autocommit, for
    plans that are already SQL text: one round trip a statement, and values that arrive as the doors print
    them (docs/decisions/0003).
    """

    def __init__(self, settings: Settings) -> None:
        url = make_url(settings.database)
        self.name: str = url.get_backend_name()
        size = {"pool_size": settings.database_connections, "max_overflow": 0}
        if self.name == "sqlite":
            Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
            self.writer = create_engine(url, **size)
            self.reader = create_engine(url, pool_reset_on_return=None, **size)
            event.listen(self.writer, "connect", _prepare_sqlite)
            event.listen(self.writer, "begin", _begin_immediate)
            event.listen(self.reader, "connect", _prepare_sqlite)
        else:
            options = f"-c statement_timeout={settings.statement_timeout}s -c timezone=UTC"
            arguments = {"options": options, "prepare_threshold": 0}
            self.writer = create_engine(url, connect_args=arguments, **size)
            self.reader = create_engine(
                url, connect_args={**arguments, "autocommit": True}, pool_reset_on_return=None, **size
            )
            event.listen(self.reader, "connect", _read_as_text)
        self.session: sessionmaker[Session] = sessionmaker(self.writer, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Lend a driver connection for reading: one snapshot a statement.

        A connection that turns out to be broken goes out of the pool, with the others of its age.
        """
        lent: PoolProxiedConnection = self.reader.raw_connection()
        try:
            yield lent.driver_connection
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            if cast(Any, lent.driver_connection).closed:
                lent.invalidate(error)
            raise
        finally:
            lent.close()

    def dispose(self) -> None:
        self.writer.dispose()
        self.reader.dispose()


def database() -> Database:
    """The database of the application that serves this request."""
    return cast(Database, current_app.extensions["database"])


def init_database(app: Flask, settings: Settings) -> None:
    app.extensions["database"] = Database(settings)


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so, not where the driver guesses
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "mmap_size=268435456",
        "cache_size=-65536",
    ):
        connection.execute(f"PRAGMA {pragma}")
    for name, function in (("lower", str.lower), ("upper", str.upper)):
        connection.create_function(name, 1, _or_null(function), deterministic=True)


def _or_null(function: Callable[[str], str]) -> Callable[[object], str | None]:
    """SQLite folds only ASCII by itself; Python knows the other letters too."""
    return lambda value: None if value is None else function(str(value))


def _begin_immediate(connection: Any) -> None:
    # A transaction that starts as a reader and turns writer can fail at once; one that starts as writer waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _read_as_text(connection: psycopg.Connection[Any], record: object) -> None:
    for kind in ("uuid", "timestamp", "date"):
        connection.adapters.register_loader(kind, TextLoader)
    connection.adapters.register_loader("numeric", FloatLoader)


__all__ = ["Database", "Engine", "database", "init_database", "password_hasher"]
