"""Database work of the hub: in a few threads of its own, because the event loop must not wait."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, ParamSpec, TypeVar

import psycopg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.auth import Caller, authenticate
from app.extensions import Database

P = ParamSpec("P")
R = TypeVar("R")
THREADS = 2
DATABASE_ERRORS = (SQLAlchemyError, sqlite3.Error, psycopg.Error)
"""What a database that is away makes of a statement."""


class Work:
    """Runs functions on a session, each in a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._threads = ThreadPoolExecutor(THREADS, "hub")

    async def write(
        self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run and commit."""

        def in_transaction() -> R:
            with self.database.session.begin() as session:
                return function(session, *args, **kwargs)

        return await self.run(in_transaction)

    async def read(
        self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run on a connection in autocommit: on SQLite a transaction would wait for those who write."""

        def reading() -> R:
            with self.database.reader.connect() as connection, Session(connection) as session:
                return function(session, *args, **kwargs)

        return await self.run(reading)

    async def caller(self, token: str) -> Caller:
        """Whose token it is.

        Raises:
            NotAuthenticated: nobody's, or it has ended.
        """

        def look_up() -> Caller:
            with self.database.reading() as connection:
                return authenticate(connection, f"Bearer {token}")

        return await self.run(look_up)

    async def run(self, function: Callable[[], R]) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function)

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=False)
