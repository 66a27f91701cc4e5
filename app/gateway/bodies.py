"""Bodies, taken in before a thread is: whoever sends slowly keeps nobody waiting.

What is short stays in memory. What is long goes to a temporary file, of which there are only so many at once;
whoever comes next is read from when one is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from tempfile import TemporaryFile
from time import monotonic
from typing import IO

from app.gateway.patience import of_client
from app.gateway.rsgi import Http, Scope

IN_MEMORY = 64 * 1024
"""Bytes of a body up to which it needs no file."""
WITHOUT_BODY = ("GET", "HEAD", "OPTIONS", "TRACE")


class Unfinished(Exception):
    """The client was gone before its body was complete; nobody is there to be told."""


class TooSlow(Exception):
    """The client said nothing for too long, or too little (RFC 9110 section 15.5.9)."""


class Bodies:
    """Reads bodies.

    Args:
        longest: bytes; no more than one byte beyond are read, by which the application knows to refuse it.
        at_once: how many long ones there may be.
    """

    def __init__(self, longest: int, at_once: int) -> None:
        self._longest = longest
        self._files = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def of(self, scope: Scope, http: Http) -> AsyncIterator[IO[bytes]]:
        """The body of a request at its beginning, for a block.

        One that is declared to be too long is not read at all: its `Content-Length` tells the application.

        Raises:
            Unfinished, TooSlow: it did not arrive.
        """
        declared = declared_length(scope)
        if declared > self._longest or not may_have_body(scope):
            yield BytesIO()
            return
        pieces = _pieces(scope, http)
        start = BytesIO()
        async for piece in pieces:
            start.write(piece)
            if start.tell() > IN_MEMORY:
                break
        else:
            yield _complete(start, declared)
            return
        async with self._files:
            with TemporaryFile() as file:
                file.write(start.getbuffer())
                start.close()
                async for piece in pieces:
                    file.write(piece)
                    if file.tell() > self._longest:
                        break
                yield _complete(file, declared)


def may_have_body(scope: Scope) -> bool:
    """Whether there may be anything to read."""
    headers = scope.headers
    if headers.get("content-length") is not None or headers.get("transfer-encoding") is not None:
        return True
    # HTTP/2 knows where a body ends without either header.
    return scope.method not in WITHOUT_BODY and scope.http_version not in ("1", "1.1")


def declared_length(scope: Scope) -> int:
    """Bytes that the body has by its header; 0 where it does not say."""
    length = scope.headers.get("content-length") or ""
    return int(length) if length.isdigit() else 0


async def _pieces(scope: Scope, http: Http) -> AsyncIterator[bytes]:
    """What the client sends. Granian ends a body with an empty piece, and one that breaks off with two of them."""
    pieces = aiter(http)
    empty, pace = 0, of_client()
    while True:
        since = monotonic()
        try:
            async with asyncio.timeout(pace.left):
                piece = await anext(pieces)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise TooSlow from None
        pace.went_on(monotonic() - since, len(piece))
        empty = 0 if piece else empty + 1
        if empty > 1 and scope.http_version in ("1", "1.1"):
            raise Unfinished
        if piece:
            yield piece


def _complete(body: IO[bytes], declared: int) -> IO[bytes]:
    if declared and body.tell() != declared:
        raise Unfinished
    body.seek(0)
    return body
