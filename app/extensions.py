"""What the whole application shares: the database and the password hasher.

Nothing here holds state of a request or of a firm; any number of processes can serve one database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import psycopg
from argon2 import PasswordHasher
from flask import Flask, current_app
from sqlalchemy import PoolProxiedConnection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from app.config import Settings
from odata.runner import prepare_connection

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
            event.listen(self.reader, "connect", _prepare_reader)
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


def init_database(app: Flask, settings: Settings) -> Database:
    """Give the application its database."""
    app.extensions["database"] = found = Database(settings)
    return found


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
    prepare_connection(connection)


def _begin_immediate(connection: Any) -> None:
    # A transaction that starts by reading can find that it may not write; one that starts by writing waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _prepare_reader(connection: Any, record: object) -> None:
    prepare_connection(connection)
