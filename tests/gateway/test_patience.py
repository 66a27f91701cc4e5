"""Clients that are so slow that others would wait for them."""

import asyncio
import time
from collections.abc import AsyncIterator
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from app.gateway import patience
from app.gateway.bodies import Bodies, TooSlow
from app.gateway.pipes import Pipes
from tests.parallel import in_another_thread


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.1)


def write_to_a_reader_of(portion: int, pieces: int) -> None:
    """Write to a client that takes so many bytes every hundredth of a second; none who takes nothing."""
    pipes, done = Pipes(), []

    def read(path: str) -> None:
        with open(path, "rb", buffering=0) as end:
            while not done and (portion == 0 or end.read(portion)):
                time.sleep(0 if portion > 10_000 else 0.01)

    def begin(path: str) -> None:
        Thread(target=read, args=(path,), daemon=True).start()

    try:
        with pipes.open(begin) as pipe:
            for _ in range(pieces):
                pipe.write(b"x" * 100_000)
    finally:
        done.append(True)
        pipes.close()


@pytest.mark.parametrize("portion", [0, 10], ids=["reads nothing", "reads hardly anything"])
def test_no_thread_waits_for_whoever_does_not_read(portion: int) -> None:
    with pytest.raises(BrokenPipeError, match="too slowly"):
        write_to_a_reader_of(portion, 3)


def test_whoever_reads_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 2)  # on a busy machine the reader may not have its turn sooner
    write_to_a_reader_of(65_536, 30)


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
