"""Clients that are so slow that others would wait for them."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from app.gateway import patience, spool
from app.gateway.bodies import Bodies, TooSlow
from app.gateway.pipes import Pipes
from app.gateway.sending import Sending
from app.gateway.spool import STEP, Room
from tests.parallel import in_another_thread


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.1)


class Reader(Thread):
    """A client that reads slowly at first, and what is left at once.

    Args:
        portion: bytes that it reads every hundredth of a second at first.
    """

    def __init__(self, portion: int) -> None:
        super().__init__(daemon=True)
        self.path = ""
        self.taken = 0
        self.last: bytes | None = None
        self._portion = portion

    def run(self) -> None:
        with open(self.path, "rb", buffering=0) as end:
            until = time.monotonic() + 0.3
            while time.monotonic() < until:
                self.taken += len(end.read(self._portion)) if self._portion else 0
                time.sleep(0.01)
            while piece := end.read(100_000):
                self.taken += len(piece)
            self.last = piece

    @property
    def fails(self) -> bool:
        """Whether it came to something else than the end: `read` has None for what it would have to wait for."""
        return self.last is None


def send_to(reader: Reader, pieces: int, room: int, *, has_length: bool = False) -> None:
    """Send a long answer as the bridge does it, in a thread and then in the event loop."""
    pipes = Pipes()

    def write(sending: Sending) -> None:
        with sending:
            for _ in range(pieces):
                sending.write(b"x" * 100_000)

    async def send() -> None:
        pipe = pipes.make()
        reader.path = pipe.path
        reader.start()
        loop = asyncio.get_running_loop()
        sending = Sending(pipe, Room(room, lambda: False), loop, has_length=has_length)
        try:
            await asyncio.to_thread(write, sending)
        finally:
            await sending.finish()

    try:
        in_another_thread(lambda: asyncio.run(asyncio.wait_for(send(), 10)))
    finally:
        reader.join()
        pipes.close()


@pytest.mark.parametrize("portion", [0, 10], ids=["reads nothing", "reads hardly anything"])
def test_no_thread_waits_for_whoever_does_not_read(portion: int) -> None:
    reader = Reader(portion)
    with pytest.raises(BrokenPipeError, match="too slowly"):
        send_to(reader, 3, room=0)
    assert reader.fails


@pytest.mark.parametrize("portion", [0, 10], ids=["reads nothing", "reads hardly anything"])
def test_nor_does_the_disk(portion: int) -> None:
    reader = Reader(portion)
    with suppress(BrokenPipeError):
        send_to(reader, 3, room=STEP)
    assert reader.fails
    assert reader.taken < 300_000


def test_whoever_knows_the_length_is_told_by_the_end() -> None:
    reader = Reader(0)
    with suppress(BrokenPipeError):
        send_to(reader, 3, room=STEP, has_length=True)
    assert not reader.fails
    assert reader.taken < 300_000


@pytest.mark.parametrize("room", [0, STEP])
def test_whoever_reads_is_waited_for(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 2)  # on a busy machine the reader may not have its turn sooner
    reader = Reader(30_000)
    send_to(reader, 60, room)
    assert (reader.taken, reader.fails) == (6_000_000, False)


def test_without_files_the_thread_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_file(**how: Any) -> Any:
        raise OSError("on purpose")

    monkeypatch.setattr(patience, "PATIENCE", 2)
    monkeypatch.setattr(spool, "TemporaryFile", no_file)
    reader = Reader(30_000)
    send_to(reader, 60, room=STEP)
    assert (reader.taken, reader.fails) == (6_000_000, False)


def test_a_reader_who_never_comes_is_not_waited_for() -> None:
    reader = Reader(0)
    reader.run = lambda: None  # type: ignore[method-assign]
    with pytest.raises(BrokenPipeError, match="too slowly"):
        send_to(reader, 3, room=0)
    reader = Reader(0)
    reader.run = lambda: None  # type: ignore[method-assign]
    with suppress(BrokenPipeError):
        send_to(reader, 3, room=STEP)


class Drip:
    """A body that comes a byte at a time, and would never end."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield b"x"
            await asyncio.sleep(0.01)


def test_a_byte_now_and_then_is_no_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SLOWEST", 1_000)
    scope: Any = SimpleNamespace(method="POST", http_version="1.1", headers={"content-length": "1000000"})

    async def take_in() -> None:
        async with Bodies(1_000_000, 1).of(scope, Drip()):  # type: ignore[arg-type]
            raise AssertionError("it never ends")

    with pytest.raises(TooSlow):
        in_another_thread(lambda: asyncio.run(asyncio.wait_for(take_in(), 3)))
