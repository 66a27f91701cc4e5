"""What has been answered and not been taken yet, in temporary files: they let a thread go on whose client reads slowly.

All of a process together may take so many bytes of the disk, each in steps. When there are none left, a thread has to
wait for its client, and if somebody else waits for a thread then, the client that reads slowest of all is let go.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from tempfile import TemporaryFile
from threading import Condition, Lock
from time import monotonic

logger = logging.getLogger(__name__)

STEP = 4_000_000
"""Bytes; so the number of files is bounded, too."""
AT_ONCE = 64 * 1024
"""Bytes; as many as a pipe holds."""
AT_FIRST = 1_000_000
"""Bytes a second that a client is taken to read with, as long as nothing is known of it."""


class Room:
    """The room that a process has for such files.

    Args:
        size: bytes.
        is_wanted: whether somebody waits for a thread.
    """

    def __init__(self, size: int, is_wanted: Callable[[], bool]) -> None:
        self._left = size
        self._is_wanted = is_wanted
        self._lock = Lock()
        self._spools: set[Spool] = set()

    def spool(self, wake: Callable[[], None]) -> Spool | None:
        """A spool, if there is room for one.

        Args:
            wake: tells whoever takes from it that there is something new; may be called in any thread.
        """
        size = self.more()
        if not size:
            return None
        try:
            spool = Spool(self, size, wake)
        except OSError:
            logger.exception("A client that reads slowly is waited for: there is no file for its answer.")
            with self._lock:
                self._left += size
            return None
        with self._lock:
            self._spools.add(spool)
        return spool

    def more(self) -> int:
        """Bytes that a spool may take besides what it has; 0 if there is no room."""
        with self._lock:
            if self._left < STEP:
                return 0
            self._left -= STEP
            return STEP

    def give_back(self, spool: Spool, size: int) -> None:
        with self._lock:
            self._spools.discard(spool)
            self._left += size

    def make_way(self) -> None:
        """A thread waits because there is no room: do something about it if that is in somebody's way."""
        with self._lock:
            if self._left >= STEP or not self._spools or not self._is_wanted():
                return
            slowest = min(self._spools, key=lambda spool: spool.speed)
        slowest.break_off()


class Spool:
    """A file that one thread puts in at its end, and the event loop takes from at its beginning.

    It is written from its beginning again whenever everything has been taken.
    """

    def __init__(self, room: Room, size: int, wake: Callable[[], None]) -> None:
        self._room = room
        self._size = size
        self._wake = wake
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - `close` closes it
        self._changed = Condition()
        self._start = self._end = 0
        self._is_complete = self._is_broken = False
        self._begun = monotonic()
        self._taken = 0

    @property
    def speed(self) -> float:
        """Bytes a second that the client has read."""
        return (AT_FIRST + self._taken) / (1 + monotonic() - self._begun)

    def put(self, piece: memoryview, seconds: float) -> int:
        """Bytes that it keeps; waits so long for some room, but never for what it has to the disk to be taken.

        Raises:
            BrokenPipeError: nobody takes them any more.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_broken or self._free(), seconds)
            if self._is_broken:
                raise BrokenPipeError("the client is gone, or was let go")
            room = piece[: self._size - self._end]
        # Without the lock, or the event loop would wait for the disk. What is not told of yet, nobody reads.
        length = os.pwrite(self._file.fileno(), room, self._end)
        with self._changed:
            self._end += length
        self._wake()
        return length

    def complete(self) -> None:
        """That was all."""
        self._is_complete = True
        self._wake()

    def break_off(self) -> None:
        """Let the client go, and whoever puts in know of it."""
        with self._changed:
            self._is_broken = True
            self._changed.notify()
        self._wake()

    def next(self) -> bytes | None:
        """What comes next; nothing where it is not there yet, and None where there is no more.

        Raises:
            BrokenPipeError: the client is let go.
        """
        is_complete = self._is_complete  # before looking for more
        with self._changed:
            if self._is_broken:
                raise BrokenPipeError("the client is let go")
            start, length = self._start, self._end - self._start
        if not length:
            return None if is_complete else b""
        return os.pread(self._file.fileno(), min(length, AT_ONCE), start)

    def took(self, length: int) -> None:
        """So many bytes of what came next have been taken."""
        with self._changed:
            self._start += length
            self._taken += length
            self._changed.notify()

    def close(self) -> None:
        self._file.close()
        self._room.give_back(self, self._size)

    def _free(self) -> int:
        if self._start == self._end:
            self._start = self._end = 0
        if self._end == self._size:
            self._size += self._room.more()
        return self._size - self._end
