"""Servers as `matterbase run` starts them, over a database that the tests have migrated already."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.config import Settings

ROOT = Path(__file__).parents[1]
PROGRAM = "from app import serving; from app.config import settings_from; serving.serve(settings_from())"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One server with one worker; it can be ended and started again at the same port."""

    def __init__(self, settings: Settings, given: Mapping[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": settings.database.replace("postgresql+psycopg:", "postgresql:"),
            "INSTANCE_PATH": settings.instance_path,
            "RATE_LIMIT": "0",
            "WEBHOOK_THREADS": "0",  # or it would deliver what the tests of the same database do
            "PORT": str(self.port),
            **given,
        }
        self.output = ""
        self.begin()

    def begin(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.05)
        self.end(signal.SIGKILL)
        raise AssertionError(self.output)

    @property
    def worker(self) -> int:
        """The process id of the worker."""
        pid = self.process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[-1])

    def end(self, sign: signal.Signals = signal.SIGTERM) -> None:
        if self.process.poll() is None:
            if sign is signal.SIGKILL:
                os.killpg(self.process.pid, sign)
            else:
                self.process.send_signal(sign)
        if self.process.stdout is not None and not self.process.stdout.closed:
            self.output += self.process.communicate(timeout=20)[0]


@contextmanager
def several(settings: Settings, how_many: int, **given: str) -> Iterator[list[Server]]:
    """Servers that answer, started together.

    Args:
        given: further environment variables.
    """
    servers = [Server(settings, given) for _ in range(how_many)]
    try:
        for server in servers:
            server.wait()
        yield servers
    finally:
        for server in servers:
            server.end(signal.SIGKILL)


@contextmanager
def serving(settings: Settings, **given: str) -> Iterator[Server]:
    """One such server."""
    with several(settings, 1, **given) as [server]:
        yield server
