"""What the whole application shares: the database and the password hasher.

Nothing here holds state of a request or of a firm; any number of processes can serve one database.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from time import monotonic
from typing import Any, cast

from argon2 import PasswordHasher
from flask import Flask, current_app
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from app.config import Settings
from odata.drivers import prepare_connection, prepared

password_hasher = PasswordHasher()

SHARED: ContextVar[Any] = ContextVar("matterbase_shared_connection", default=None)
"""The connection of a transaction through which all is read that its request reads."""
STEPS_BETWEEN_LOOKS = 100_000
"""Instructions of SQLite's machine, about a millisecond's worth."""


class Readers:
    """Driver connections in autocommit, for plans that are SQL text already (docs/decisions/0003).

    Every request takes one and gives it back, so lending is two moves on a deque rather than a pool with
    events and time-outs. There are never more of them than threads that serve.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: deque[Any] = deque()

    def lend(self) -> Any:
        try:
            return self._idle.pop()
        except IndexError:
            fresh = self._engine.raw_connection()
            connection = fresh.driver_connection
            fresh.detach()  # from here on it is ours to close
            return connection

    def take_back(self, connection: Any) -> None:
        """Keep it for the next request. One that is broken goes, and those of its age with it."""
        if getattr(connection, "closed", False):
            self.dispose()
        else:
            self._idle.append(connection)

    def dispose(self) -> None:
        while self._idle:
            self._idle.pop().close()


class Reading:
    """A connection on loan, for a `with` block: one snapshot a statement."""

    __slots__ = ("_connection", "_limit", "_readers", "_shared")

    def __init__(self, readers: Readers, limit: int) -> None:
        self._readers = readers
        self._limit = limit

    def __enter__(self) -> Any:
        self._shared = SHARED.get()
        self._connection = self._readers.lend() if self._shared is None else self._shared
        if self._limit:
            limit_time(self._connection, self._limit)
        return self._connection

    def __exit__(self, *failure: object) -> None:
        if self._shared is None:
            self._readers.take_back(self._connection)


class Database:
    """One database, reached two ways: `writer` runs transactions, `reading` lends connections for reading, and
    `reader` is the engine that these come from, for what has to go through SQLAlchemy and may not wait for writers."""

    def __init__(self, settings: Settings) -> None:
        url = make_url(settings.database)
        self.name: str = url.get_backend_name()
        size = {"pool_size": settings.database_connections, "max_overflow": 0}
        if self.name == "sqlite":
            Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
            self.writer = create_engine(url, **size)
            self.reader = create_engine(url)
            event.listen(self.writer, "connect", _prepare_sqlite)
            event.listen(self.writer, "begin", _begin_immediate)
            event.listen(self.reader, "connect", _prepare_sqlite)
        else:
            options = f"-c statement_timeout={settings.statement_timeout}s -c timezone=UTC -c datestyle=ISO"
            arguments = {"options": options, "prepare_threshold": 0}
            self.writer = create_engine(url, connect_args=arguments, pool_pre_ping=True, **size)
            self.reader = create_engine(
                url, connect_args={**arguments, "autocommit": True}, pool_pre_ping=True
            )
            event.listen(self.reader, "connect", _prepare_reader)
        event.listen(self.writer, "reset", _leave_nothing_open)
        self.readers = Readers(self.reader)
        # PostgreSQL keeps the time itself; SQLite has to be asked now and then.
        self._limit = settings.statement_timeout if self.name == "sqlite" else 0
        self.session: sessionmaker[Session] = sessionmaker(self.writer, expire_on_commit=False)

    def reading(self) -> Reading:
        """Lend a driver connection for reading."""
        return Reading(self.readers, self._limit)

    @contextmanager
    def reading_through(self, session: Session) -> Iterator[Any]:
        """Let what this request reads within the block find what the session has not committed yet.

        `reading` lends the session's own connection meanwhile. The session itself is not to be used.
        """
        session.flush()
        connection: Any = session.connection().connection.driver_connection
        with prepared(connection):
            before = SHARED.set(connection)
            try:
                yield connection
            finally:
                SHARED.reset(before)
                if self._limit:
                    connection.set_progress_handler(None, 0)  # a writer may take its time

    def restart_clock(self, connection: Any) -> None:
        """Give a lent connection the time of a new request, where the client itself took the old one's."""
        if self._limit:
            limit_time(connection, self._limit)

    def dispose(self) -> None:
        """Close what is idle; before a fork, so that no process inherits another's connections."""
        self.writer.dispose()
        self.readers.dispose()
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
        "busy_timeout=30000",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "mmap_size=268435456",
        "cache_size=-65536",
    ):
        connection.execute(f"PRAGMA {pragma}")
    prepare_connection(connection)


def limit_time(connection: sqlite3.Connection, seconds: int) -> None:
    """Interrupt whatever still runs on the connection when the time is over."""
    deadline = monotonic() + seconds
    connection.set_progress_handler(lambda: monotonic() > deadline, STEPS_BETWEEN_LOOKS)


def _begin_immediate(connection: Any) -> None:
    # A transaction that starts by reading can find that it may not write; one that starts by writing waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _leave_nothing_open(connection: Any, *others: object) -> None:
    """A COMMIT that fails ends no transaction on SQLite. SQLAlchemy gives such a connection back to its pool as it is
    (2.1: `RootTransaction._close_impl` rolls back active transactions only); there it would shut all writers out."""
    if not getattr(connection, "closed", False):
        connection.rollback()


def _prepare_reader(connection: Any, record: object) -> None:
    prepare_connection(connection)
