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
from app.errors import NotAuthenticated
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
        self._asked: list[tuple[str, asyncio.Future[Caller]]] = []

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
        """Whose token it is. Who asks at the same moment is answered together.

        Raises:
            NotAuthenticated: nobody's, or it has ended.
        """
        loop = asyncio.get_running_loop()
        if not self._asked:
            loop.call_soon(lambda: loop.create_task(self._look_up_asked()))
        answer: asyncio.Future[Caller] = loop.create_future()
        self._asked.append((token, answer))
        return await answer

    async def _look_up_asked(self) -> None:
        asked, self._asked = self._asked, []
        try:
            found = await self.run(lambda: self._look_up({token for token, _ in asked}))
        except Exception as error:
            found = {token: error for token, _ in asked}
        for token, answer in asked:
            if answer.done():
                continue
            result = found[token]
            if isinstance(result, Caller):
                answer.set_result(result)
            else:
                answer.set_exception(result)

    def _look_up(self, tokens: set[str]) -> dict[str, Caller | Exception]:
        found: dict[str, Caller | Exception] = {}
        with self.database.reading() as connection:
            for token in tokens:
                try:
                    found[token] = authenticate(connection, f"Bearer {token}")
                except NotAuthenticated as error:
                    found[token] = error
        return found

    async def run(self, function: Callable[[], R]) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function)

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=False)
