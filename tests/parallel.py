"""Doing the same thing many times at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from threading import Barrier
from typing import Any, NoReturn, TypeVar

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
    headers = {"Authorization": f"Bearer {token}", **named}
    work = json.dumps([asdict(settings), headers, path, body, each, processes])
    command = [sys.executable, "-m", "tests.parallel", work]
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=120, check=True)
    return [int(status) for status in done.stdout.split()]


def become(processes: int, act: Callable[[int], Any]) -> NoReturn:
    """Fork into several processes, each of which acts, and end with 0 when all of them have, if all went well.

    What was loaded before, which takes seconds, was loaded once. No connection may be open by then. None of them
    tidies up at its end, which would take as long again.

    Args:
        act: is told which of the processes it is in.
    """
    children = []
    for number in range(processes):
        if not (child := os.fork()):
            _act(act, number)
        children.append(child)
    ends = [os.waitpid(child, 0)[1] for child in children]
    os._exit(any(ends))


def _act(act: Callable[[int], Any], number: int) -> NoReturn:
    try:
        act(number)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def main() -> None:
    from app.factory import create_app

    given, headers, path, body, each, processes = json.loads(sys.argv[1])
    client = create_app(Settings(**given)).test_client()

    def send(number: int) -> None:
        for _ in range(each):
            status = client.post(path, json=body, headers=headers).status_code
            os.write(1, b"%d\n" % status)  # in one piece, whoever else writes to it

    become(processes, send)


if __name__ == "__main__":
    main()
