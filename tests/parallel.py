"""Doing the same thing many times at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from threading import Barrier
from typing import Any, TypeVar

from app.config import Settings

R = TypeVar("R")
PROCESSES = 4


def in_threads(act: Callable[[int], R], how_many: int) -> list[R]:
    """Start all at the same moment and wait for all."""
    barrier = Barrier(how_many)

    def one(index: int) -> R:
        barrier.wait()
        return act(index)

    with ThreadPoolExecutor(how_many) as pool:
        return list(pool.map(one, range(how_many)))


def in_another_thread(act: Callable[[], R]) -> R:
    """Run it where no event loop is: the browser tests have one in the thread of the tests."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).result()


def in_processes(
    settings: Settings,
    token: str,
    path: str,
    body: Any,
    *,
    each: int,
    processes: int = PROCESSES,
    **headers: str,
) -> list[int]:
    """POST `body` from several processes over one database; the statuses of all answers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    work = json.dumps([asdict(settings), {"Authorization": f"Bearer {token}", **named}, path, body, each])
    running = [
        subprocess.Popen([sys.executable, "-m", "tests.parallel", work], stdout=subprocess.PIPE)
        for _ in range(processes)
    ]
    return [status for process in running for status in json.loads(process.communicate(timeout=120)[0])]


def main() -> None:
    from app.factory import create_app

    given, headers, path, body, each = json.loads(sys.argv[1])
    client = create_app(Settings(**given)).test_client()
    print(json.dumps([client.post(path, json=body, headers=headers).status_code for _ in range(each)]))


if __name__ == "__main__":
    main()
