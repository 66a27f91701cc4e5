"""A WSGI application that says what it was asked, behind the bridge, with two threads."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from threading import active_count
from typing import Any

from app.gateway import Bridge, Front

THREADS = 2
LONGEST = 1_000_000
SPOOL = 60_000_000
closed: list[int] = []


def piece(number: int) -> bytes:
    """100 kB that are like no others."""
    return b"%010d" % number * 10_000


def application(environ: dict[str, Any], start_response: Any) -> Any:
    path = environ["PATH_INFO"]
    if path == "/long":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return Long(int(environ["QUERY_STRING"]))
    if path == "/fails":
        raise ValueError("on purpose")
    if path == "/breaks":
        length = [("Content-Length", "20000000")] if environ["QUERY_STRING"] == "length" else []
        start_response("200 OK", length)
        return Breaking(100)
    if path == "/slow":
        time.sleep(0.3)
    body = environ["wsgi.input"].read()
    shown = {name: value for name, value in environ.items() if isinstance(value, str | bool)}
    said = {**shown, "length": len(body), "closed": closed, "threads": active_count()}
    start_response("200 OK", [("X-Same", "1"), ("X-Same", "2"), ("Content-Type", "application/json")])
    return [json.dumps(said).encode()]


class Long:
    """Pieces, as many as asked for; notes how many were taken."""

    def __init__(self, pieces: int) -> None:
        self._pieces = pieces
        self.taken = 0

    def __iter__(self) -> Iterator[bytes]:
        while self.taken < self._pieces:
            self.taken += 1
            yield piece(self.taken)

    def close(self) -> None:
        closed.append(self.taken)


class Breaking(Long):
    def __iter__(self) -> Iterator[bytes]:
        yield from super().__iter__()
        raise ValueError("on purpose")


class NoHub:
    def open(self, loop: asyncio.AbstractEventLoop) -> None: ...
    async def leave(self) -> None: ...
    async def close(self) -> None: ...
    async def request(self, scope: Any, http: Any) -> None:
        http.response_bytes(200, [], b"hub")

    async def websocket(self, scope: Any, socket: Any) -> None:
        socket.close(404)


def front() -> Front:
    return Front(Bridge(application, THREADS, LONGEST, SPOOL), NoHub())
