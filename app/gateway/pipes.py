"""Long answers, at the pace of the client.

RSGI's own streams take whatever they are given, as fast as it comes, and keep it in memory until the client has
read it. Of a file, granian reads no more than it can send. So a long answer is a file to it: a named pipe
(mkfifo, POSIX), which holds 64 kB, and then takes nothing until there is room.
"""

from __future__ import annotations

import asyncio
import errno
import os
import select
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

PAUSE = 0.002
"""Seconds between two looks whether granian has opened its end."""
LONGEST_PAUSE = 1.0


class Pipes:
    """The pipes of a process, in a folder of its own."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="matterbase-")
        self._numbers = count()

    def make(self) -> Pipe:
        path = os.path.join(self._folder, str(next(self._numbers)))
        os.mkfifo(path, 0o600)
        return Pipe(path)

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


class Pipe:
    """A pipe to write to, for a thread and for the event loop. It is open once somebody reads it.

    Everything raises BrokenPipeError when the reader has gone.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._end: int | None = None
        self._room = select.poll()

    def close(self) -> None:
        if self._end is not None:
            os.close(self._end)
            return
        # A reader that comes too late would wait for ever for somebody to write; here is one, who leaves at once.
        os.close(os.open(self.path, os.O_RDWR | os.O_NONBLOCK))
        os.unlink(self.path)

    def take(self, piece: memoryview, seconds: float) -> int:
        """Bytes that it takes within that time; for threads, which wait for it."""
        until = time.monotonic() + seconds
        while self._opened() is None and time.monotonic() < until:
            time.sleep(PAUSE)
        if self._end is not None:
            self._room.poll(1000 * max(0.0, until - time.monotonic()))
        return self.offer(piece)

    def offer(self, piece: bytes | memoryview) -> int:
        """Bytes that it takes at once."""
        end = self._opened()
        try:
            return 0 if end is None else os.write(end, piece)
        except BlockingIOError:
            return 0

    async def wait(self, seconds: float, news: asyncio.Event) -> None:
        """Wait until it may take something, or until there are news.

        Raises:
            TimeoutError: there was nothing.
        """
        if self._end is None:
            await asyncio.sleep(min(seconds, 10 * PAUSE))
            if not seconds:
                raise TimeoutError
            return
        loop = asyncio.get_running_loop()
        loop.add_writer(self._end, news.set)
        try:
            async with asyncio.timeout(seconds):
                await news.wait()
        finally:
            loop.remove_writer(self._end)

    async def spoil(self) -> None:
        """Have the reader fail, and wait until it has: what is broken off must not look as if it were the end.

        Granian takes the end of a file for the end of the answer. What it does notice is a read that fails, as
        one does that would have to wait where it may not (`O_NONBLOCK`). Its end of the pipe is in this process.
        """
        if self._end is None:
            return
        for end in _other_ends(self._end):
            with suppress(OSError):  # it has just been closed
                os.set_blocking(end, False)
        with suppress(BrokenPipeError):
            self.offer(b"\n")  # for a read that waits already
        pause = PAUSE
        while not self._is_left():
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _opened(self) -> int | None:
        if self._end is None:
            try:
                self._end = os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                if error.errno != errno.ENXIO:  # there is no reader yet
                    raise
                return None
            os.unlink(self.path)
            self._room.register(self._end, select.POLLOUT)
        return self._end

    def _is_left(self) -> bool:
        return any(events & select.POLLERR for _, events in self._room.poll(0))


def _other_ends(end: int) -> Iterator[int]:
    """The other file descriptors of a pipe that this process has."""
    this = os.fstat(end)
    for other in map(int, os.listdir("/dev/fd")):
        with suppress(OSError):
            if other != end and os.path.samestat(this, os.fstat(other)):
                yield other
