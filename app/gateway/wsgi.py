"""Runs a WSGI application in a bounded number of threads."""

from __future__ import annotations

import asyncio
import logging
from io import BytesIO
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, TypeAlias

from app.gateway.answers import Answer, closed_after
from app.gateway.bodies import Bodies, TooSlow, Unfinished, may_have_body
from app.gateway.environ import environ_of
from app.gateway.pipes import Pipes
from app.gateway.rsgi import Http, Scope

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

logger = logging.getLogger(__name__)

LONG_BODIES_A_THREAD = 4

Waiting: TypeAlias = tuple[Scope, Http, IO[bytes], asyncio.AbstractEventLoop, asyncio.Future[None]]
"""A request, and who waits until it is answered."""


class Bridge:
    """From granian's event loop to the application and back.

    Args:
        threads: how many requests the application works on at once.
        longest_body: bytes that it may want to read of a body.
    """

    def __init__(self, application: WSGIApplication, threads: int, longest_body: int) -> None:
        self._application = application
        self._bodies = Bodies(longest_body, threads * LONG_BODIES_A_THREAD)
        self._pipes = Pipes()
        self._waiting: SimpleQueue[Waiting] = SimpleQueue()
        for _ in range(threads):
            Thread(target=self._work, daemon=True).start()

    def close(self) -> None:
        self._pipes.close()

    async def answer(self, scope: Scope, http: Http) -> None:
        """Have the application answer a request."""
        if not may_have_body(scope):  # most have none, and should not pay for those that have
            await self._in_thread(scope, http, BytesIO())
            return
        try:
            async with self._bodies.of(scope, http) as body:
                await self._in_thread(scope, http, body)
        except TooSlow:
            http.response_bytes(408, [("connection", "close")], b"The body took too long.\n")
        except Unfinished:
            http.response_empty(400, [("connection", "close")])

    async def _in_thread(self, scope: Scope, http: Http, body: IO[bytes]) -> None:
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self._waiting.put((scope, http, body, loop, done))
        await done

    def _work(self) -> None:
        while True:
            scope, http, body, loop, done = self._waiting.get()
            try:
                self._run(scope, http, body)
            finally:
                loop.call_soon_threadsafe(_settle, done)
                del scope, http, body  # nothing is kept until the next request

    def _run(self, scope: Scope, http: Http, body: IO[bytes]) -> None:
        answer = Answer(http, self._pipes)
        try:
            found = self._application(environ_of(scope, body), answer.start)
            with closed_after(found):
                answer.send(found, scope.method)
        except BrokenPipeError:
            logger.info("A client left before its answer was complete.")
        except Exception:
            logger.exception("The application failed.")
            if not answer.is_sent:
                http.response_empty(500, [])


def _settle(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_result(None)
