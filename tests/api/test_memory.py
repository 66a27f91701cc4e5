"""The memory of a server that sends long answers does not grow with their length, and nobody waits for slow readers."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import orjson
import pytest
from sqlalchemy.orm import Session

from app.config import Settings
from tests.api.many_rows import multiply
from tests.api.odata.conftest import Practice, own_practice

__all__ = ["own_practice"]  # a fixture

ROOT = Path(__file__).parents[2]
FEW, MANY = 20_000, 150_000
THREADS = 2
GROWTH = 25_000_000
"""Bytes. In memory the rows between the two would take more than ten times as much."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


class Server:
    """Granian with one worker, as `matterbase run` has it."""

    def __init__(self, settings: Settings) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--factory", "--workers", "1"]
        command += ["--loop", "asyncio", "--port", str(self.port), "app.serving:application"]
        url = settings.database.replace("postgresql+psycopg:", "postgresql:")
        given = {"DATABASE_URL": url, "INSTANCE_PATH": settings.instance_path, "THREADS": str(THREADS)}
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **given},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def memory(self) -> int:
        """The worker's own memory in bytes, without the database file that SQLite maps."""
        pid = self._process.pid
        worker = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[-1]
        lines = Path(f"/proc/{worker}/status").read_text().splitlines()
        [size] = [line.split()[1] for line in lines if line.startswith("RssAnon")]
        return int(size) * 1024

    def end(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@pytest.fixture
def server(settings: Settings, own_practice: Practice) -> Iterator[Server]:
    server = Server(settings)
    try:
        server.wait()
        yield server
    finally:
        server.end()


ANSWERS: list[tuple[str, dict[str, str]]] = [
    ("/odata/v4/TimeEntries?$count=true", {"Prefer": "maxpagesize=1000000"}),
    ("/odata/v4/TimeEntries?$expand=matter($expand=tags)", {"Accept": "text/csv"}),
    ("/api/v2/timeentries", {}),
]


def read_all(server: Server, token: str) -> tuple[int, int]:
    """The bytes of some answers together, which are not kept here either, and the server's memory at its peak."""
    length = peak = 0
    for path, headers in ANSWERS:
        with asked(server, path, token, **headers) as answer:
            assert answer.status == 200
            while piece := answer.read(1_000_000):
                length += len(piece)
                peak = max(peak, server.memory())
    return length, peak


def test_memory_does_not_grow_with_the_answer(
    server: Server, own_practice: Practice, session: Session
) -> None:
    place = own_practice.place
    multiply(session, place.firm_id, 1, FEW)
    few, before = read_all(server, place.token)
    multiply(session, place.firm_id, FEW + 1, MANY)
    many, after = read_all(server, place.token)
    assert many > 7 * few
    assert after - before < GROWTH
    with unread(server, place.token, THREADS + 1) as answers:
        for _ in range(3):
            begun = time.monotonic()
            with asked(server, "/api/v2/users/me", place.token) as answer:
                assert answer.status == 200
                assert answer.read()
            assert time.monotonic() - begun < 2
        assert server.memory() - before < GROWTH
        for answer in answers:
            assert len(orjson.loads(answer.read())["value"]) == FEW


@contextmanager
def asked(server: Server, path: str, token: str, **headers: str) -> Iterator[http.client.HTTPResponse]:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)) as connection:
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}", **headers})
        yield connection.getresponse()


@contextmanager
def unread(server: Server, token: str, how_many: int) -> Iterator[list[http.client.HTTPResponse]]:
    """Long answers that their clients do not read yet."""
    path, prefer = "/odata/v4/TimeEntries", f"maxpagesize={FEW}"
    with ExitStack() as stack:
        yield [stack.enter_context(asked(server, path, token, Prefer=prefer)) for _ in range(how_many)]
