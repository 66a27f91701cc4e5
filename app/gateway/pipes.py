"""Long answers, at the pace of the client.

RSGI's own streams take whatever they are given, as fast as it comes, and keep it in memory until the client has
read it. Of a file, granian reads no more than it can send. So a long answer is a file to it: a named pipe
(mkfifo, POSIX), which holds 64 kB and lets its writer wait.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from itertools import count

SECONDS_TO_OPEN = 5.0
PAUSE = 0.002
"""Seconds between two looks whether granian has opened its end."""


class Pipes:
    """The pipes of a process, in a folder of its own."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="matterbase-")
        self._numbers = count()

    def open(self, begin: Callable[[str], None]) -> Pipe:
        """A pipe whose other end is being read.

        Args:
            begin: makes the reader open the path that it is given.

        Raises:
            BrokenPipeError: nobody has opened it; the client is gone.
        """
        path = os.path.join(self._folder, str(next(self._numbers)))
        os.mkfifo(path, 0o600)
        try:
            begin(path)
            return Pipe(_opened(path))
        finally:
            _let_go(path)
            os.unlink(path)

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


class Pipe:
    """The end to write to."""

    def __init__(self, end: int) -> None:
        self._end = end

    def __enter__(self) -> Pipe:
        return self

    def __exit__(self, *failure: object) -> None:
        os.close(self._end)

    def write(self, piece: bytes) -> None:
        """Wait until all of it is on its way.

        Raises:
            BrokenPipeError: the client is gone.
        """
        left = memoryview(piece)
        while left:
            left = left[os.write(self._end, left) :]


def _opened(path: str) -> int:
    until = time.monotonic() + SECONDS_TO_OPEN
    while True:
        try:
            end = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:  # there is no reader yet
                raise
        else:
            os.set_blocking(end, True)
            return end
        if time.monotonic() > until:
            raise BrokenPipeError(errno.EPIPE, "nobody reads the answer")
        time.sleep(PAUSE)


def _let_go(path: str) -> None:
    """A reader that comes too late would wait for ever for somebody to write; here is one, who leaves at once."""
    os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))
