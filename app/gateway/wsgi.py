"""Runs a WSGI application in a bounded number of threads."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from io import BytesIO
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, TypeAlias

from app.gateway.answers import Answer, closed_after
from app.gateway.bodies import Bodies, TooSlow, Unfinished, may_have_body
from app.gateway.environ import environ_of
from app.gateway.pipes import Pipes
from app.gateway.rsgi import Http, Scope
from app.gateway.sending import Sending
from app.gateway.spool import Room

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

logger = logging.getLogger(__name__)

LONG_BODIES_A_THREAD = 4

Done: TypeAlias = asyncio.Future[Sending | None]
"""Comes true when a thread has done its part; what is still to be sent then, if it is a long answer."""
Waiting: TypeAlias = tuple[Scope, Http, IO[bytes], asyncio.AbstractEventLoop, Done]


class Bridge:
    """From granian's event loop to the application and back.

    Args:
        threads: how many requests the application works on at once.
        longest_body: bytes that it may want to read of a body.
        spool: bytes of long answers that may wait on the disk until they are read.
    """

    def __init__(self, application: WSGIApplication, threads: int, longest_body: int, spool: int) -> None:
        self._application = application
        self._bodies = Bodies(longest_body, threads * LONG_BODIES_A_THREAD)
        self._pipes = Pipes()
        self._waiting: SimpleQueue[Waiting] = SimpleQueue()
        self._room = Room(spool, lambda: not self._waiting.empty())
        for _ in range(threads):
            Thread(target=self._work, daemon=True).start()

    def close(self) -> None:
        self._pipes.close()

    async def answer(self, scope: Scope, http: Http) -> None:
        """Have the application answer a request."""
        if not may_have_body(scope):  # most have none, and should not pay for those that have
            sending = await self._in_thread(scope, http, BytesIO())
        else:
            sending = await self._with_body(scope, http)
        if sending is not None:
            await sending.finish()

    async def _with_body(self, scope: Scope, http: Http) -> Sending | None:
        try:
            async with self._bodies.of(scope, http) as body:
                return await self._in_thread(scope, http, body)
        except TooSlow:
            http.response_bytes(408, [("connection", "close")], b"The body took too long.\n")
        except Unfinished:
            http.response_empty(400, [("connection", "close")])
        return None

    async def _in_thread(self, scope: Scope, http: Http, body: IO[bytes]) -> Sending | None:
        loop = asyncio.get_running_loop()
        done: Done = loop.create_future()
        self._waiting.put((scope, http, body, loop, done))
        return await done

    def _work(self) -> None:
        while True:
            scope, http, body, loop, done = self._waiting.get()
            answer = Answer(http, partial(self._send_long, loop))
            try:
                self._run(scope, http, body, answer)
            finally:
                loop.call_soon_threadsafe(_settle, done, answer.sending)
                del scope, http, body, answer  # nothing is kept until the next request

    def _send_long(
        self, loop: asyncio.AbstractEventLoop, begin: Callable[[str], None], has_length: bool
    ) -> Sending:
        pipe = self._pipes.make()
        begin(pipe.path)
        return Sending(pipe, self._room, loop, has_length=has_length)

    def _run(self, scope: Scope, http: Http, body: IO[bytes], answer: Answer) -> None:
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


def _settle(done: Done, sending: Sending | None) -> None:
    if not done.done():
        done.set_result(sending)
