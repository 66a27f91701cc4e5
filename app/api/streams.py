"""Long answers, sent while they are read: a million rows take the memory of one chunk.

What turns out to be short is sent as one piece all the same. A stream keeps its connection to the database until it
has been made, and goes to the disk for a client that reads slowly (`app/gateway/sending.py`), so only what is too long
for memory should be one.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import orjson
from flask import Response
from werkzeug.wsgi import ClosingIterator

from app.extensions import Database
from odata.plans import End, Plan
from odata.runner import Page, chunks

Pieces = Generator[bytes, None, Any]

WHOLE = 4_000_000
"""Bytes; no longer answer is kept in memory."""


def read(plan: Plan, values: Mapping[str, Any], database: Database) -> Iterator[Page]:
    """The chunks of an answer, on a connection of their own.

    The time limit is that of a statement: each chunk has it anew, and what the client takes does not count.
    """
    with database.reading() as connection:
        for page in chunks(plan, values, connection):
            yield page
            database.restart_clock(connection)


def answer(pieces: Pieces, content_type: str, headers: Mapping[str, str]) -> Response:
    """The pieces as an answer. What goes wrong in the first few megabytes is still answered as an error.

    Later it leaves the body broken off, as OData wants it (Protocol 4.01, 9.5): the status is out already.
    """
    begun: list[bytes] = []
    length = 0
    for piece in pieces:
        begun.append(piece)
        length += len(piece)
        if length > WHOLE:
            body: Iterable[bytes] = ClosingIterator(chain(begun, pieces), pieces.close)
            return Response(body, headers=headers, content_type=content_type)
    return Response(b"".join(begun), headers=headers, content_type=content_type)


def json_array(pages: Iterator[Page]) -> Pieces:
    """The objects of all pages as one array; returns where they end."""
    before, end = b"[", None
    for page in pages:
        if page.objects:
            yield before + orjson.dumps(page.objects)[1:-1]
            before = b","
        end = page.end
    yield b"[]" if before == b"[" else b"]"
    return end


def json_collection(
    found: Mapping[str, Any], pages: Iterator[Page], after: Callable[[End | None], Mapping[str, Any]]
) -> Pieces:
    """An OData collection: what is known before its objects, they, and what is said of where they end."""
    yield orjson.dumps(found)[:-1] + (b',"value":' if found else b'"value":')
    end = yield from json_array(pages)
    link = after(end)
    yield b"," + orjson.dumps(link)[1:] if link else b"}"
