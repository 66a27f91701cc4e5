"""A small WSGI application behind the bridge, in a server of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Echo:
    """The server, and how to talk to it byte by byte."""

    port: int
    pid: int

    def connect(self, sent: bytes) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        connection.sendall(sent)
        return connection

    def ask(self, sent: bytes) -> bytes:
        """Everything that comes back until the server closes; `Connection: close` has to be asked for."""
        with self.connect(sent) as connection, connection.makefile("rb") as answer:
            return answer.read()

    def memory(self) -> int:
        """Bytes of the worker's own memory."""
        lines = Path(f"/proc/{self.worker}/status").read_text().splitlines()
        [size] = [line.split()[1] for line in lines if line.startswith("RssAnon")]
        return int(size) * 1024

    @property
    def worker(self) -> int:
        return int(Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()[-1])


@pytest.fixture(scope="session")
def echo() -> Iterator[Echo]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--factory", "--workers", "1"]
    command += ["--loop", "asyncio", "--port", str(port), "tests.gateway.echo:front"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            until = time.monotonic() + 30
            while time.monotonic() < until:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield Echo(port, process.pid)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
