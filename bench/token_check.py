"""What checking a token adds to a request: the processor time of a view that asks for one, less that of the
same view without.

All that comes with it is in: the look-up, the count for the rate limit with its headers, and the note of the
last use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import process_time
from typing import Any

from flask import Flask
from werkzeug.test import create_environ

from app.auth import public, requires
from app.config import Settings
from app.factory import create_app
from bench.load import Loaded

ROUNDS, REQUESTS = 100, 100
PLENTY = 10**9
"""Requests a minute: they are counted, and none is refused."""
AIM = 50
"""Microseconds, on SQLite."""

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def print_cost(database: str, loaded: Loaded) -> None:
    """Measure over the rows that are loaded, and say it in a line.

    Args:
        database: what it is called.
    """
    app = create_app(Settings(database_url=loaded.matterbase, rate_limit=PLENTY))
    without, checked = "/api/without", "/api/checked"
    app.add_url_rule(without, without, public(_nothing))
    app.add_url_rule(checked, checked, requires("read")(_nothing))
    found = _added(app, without, checked, {"Authorization": f"Bearer {loaded.token}"})
    aim = f" (aim: under {AIM})" if loaded.matterbase.startswith("sqlite") else ""
    print(f"{database}: checking a token adds {found:.0f} µs of processor time to a request{aim}")


def _nothing() -> str:
    return "nothing"


def _added(app: Flask, without: str, checked: str, headers: dict[str, str]) -> float:
    """The difference of the least that each takes in many rounds, in turns, in microseconds.

    The least, because whatever else the machine does only adds to it.
    """
    environs = [create_environ(path, headers=headers) for path in (without, checked)]
    rounds = [[_spent(app.wsgi_app, environ) for environ in environs] for _ in range(ROUNDS)]
    first, second = map(min, zip(*rounds, strict=True))
    return (second - first) / REQUESTS * 1e6


def _spent(wsgi: Wsgi, environ: dict[str, Any]) -> float:
    answered: list[str] = []
    start = process_time()
    for _ in range(REQUESTS):
        for _ in wsgi(dict(environ), lambda status, headers, exc_info=None: answered.append(status)):
            pass
    spent = process_time() - start
    if set(answered) != {"200 OK"}:
        raise SystemExit(f"The answers were {set(answered)}.")
    return spent
