"""A long answer on its way. Whoever reads as fast as it is made gets it from the thread that makes it. For all
others the thread puts it into a file, and is free as soon as it has made it; the event loop sends it on.
"""

from __future__ import annotations

import asyncio
import logging
import time

from app.gateway import patience
from app.gateway.patience import Pace
from app.gateway.pipes import Pipe
from app.gateway.spool import Room, Spool

MOMENT = 0.1
"""Seconds that a thread may wait for a client on the whole."""
FAST = 20_000_000
"""Bytes a second of a client that it may wait for longer, because little is lost by it."""
BETWEEN_LOOKS = 0.2
"""Seconds after which a thread that waits for room looks whether it is in somebody's way."""

logger = logging.getLogger(__name__)


class Sending:
    """One answer, through a pipe that granian has been given.

    In a thread it is a context to write in; then, in the event loop, `finish` has to be called, whatever happened.

    Args:
        has_length: whether the client knows how long the answer is, and so when it is not complete.
    """

    def __init__(self, pipe: Pipe, room: Room, loop: asyncio.AbstractEventLoop, *, has_length: bool) -> None:
        self._pipe = pipe
        self._room = room
        self._loop = loop
        self._has_length = has_length
        self._is_broken_off = False
        self._haste = Pace(MOMENT, FAST)
        self._pace = patience.of_client()
        self._news = asyncio.Event()
        self._spool: Spool | None = None
        self._carrying: asyncio.Task[None] | None = None

    def __enter__(self) -> Sending:
        return self

    def __exit__(self, kind: type[BaseException] | None, *failure: object) -> None:
        if kind is not None:
            self._break_off()
        elif self._spool is not None:
            self._spool.complete()

    def write(self, piece: bytes) -> None:
        """Send it, or keep it to be sent.

        Raises:
            BrokenPipeError: the client is gone, or reads too slowly.
        """
        left = memoryview(piece)
        while left:
            left = left[self._move(left) :]

    async def finish(self) -> None:
        """Send what is kept, and let go of everything."""
        try:
            if self._carrying is not None:
                await self._carrying
            if self._spool is not None:
                self._spool.close()
            if self._is_broken_off and not self._has_length:
                await self._pipe.spoil()
        finally:
            self._pipe.close()

    def _move(self, left: memoryview) -> int:
        """Bytes that have been sent or kept, after a while at most."""
        if self._spool is None and not self._haste.left:
            self._spool = self._room.spool(self._wake)
            if self._spool is not None:
                self._loop.call_soon_threadsafe(self._begin_to_carry, self._spool)
        since = time.monotonic()
        moved = self._send(left) if self._spool is None else self._spool.put(left, BETWEEN_LOOKS)
        if time.monotonic() - since > MOMENT:
            self._room.make_way()
        return moved

    def _send(self, left: memoryview) -> int:
        if not self._pace.left:
            raise BrokenPipeError("the client reads too slowly")
        since = time.monotonic()
        taken = self._pipe.take(left, self._haste.left or min(BETWEEN_LOOKS, self._pace.left))
        waited = time.monotonic() - since
        self._haste.went_on(waited, taken)
        self._pace.went_on(waited, taken)
        return taken

    def _wake(self) -> None:
        self._loop.call_soon_threadsafe(self._news.set)

    def _begin_to_carry(self, spool: Spool) -> None:
        self._carrying = self._loop.create_task(self._carry(spool))

    async def _carry(self, spool: Spool) -> None:
        """Send what is in the file, until nothing more comes or nobody takes it."""
        try:
            while (piece := self._next(spool)) is not None:
                await self._offer(spool, piece)
        except (BrokenPipeError, TimeoutError):
            logger.info("A client left, or was let go, before it had read its answer.")
            self._break_off()
        except Exception:
            logger.exception("An answer cannot be sent.")
            self._break_off()

    def _next(self, spool: Spool) -> bytes | None:
        self._news.clear()
        return spool.next()

    async def _offer(self, spool: Spool, piece: bytes) -> None:
        """Send what the client takes of a piece, or wait until things have changed."""
        if not piece:
            await self._news.wait()
        elif taken := self._pipe.offer(piece):
            spool.took(taken)
            self._pace.went_on(0, taken)
            await asyncio.sleep(0)  # others have their turn
        else:
            since = self._loop.time()
            await self._pipe.wait(self._pace.left, self._news)
            self._pace.went_on(self._loop.time() - since, 0)

    def _break_off(self) -> None:
        """The answer is not going to be complete, says the thread or the event loop."""
        self._is_broken_off = True
        if self._spool is not None:
            self._spool.break_off()
