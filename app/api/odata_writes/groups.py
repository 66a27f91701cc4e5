"""Atomic groups of a batch, as the writes in them know them: all share a session, which is committed in the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g, request
from sqlalchemy.orm import Session

from app.extensions import database

TRANSACTION = "matterbase.transaction"
"""Where in the environment a group keeps its session."""


def shared_session() -> Session | None:
    """The session of the group that the request is in; None where it is in none."""
    found: Session | None = request.environ.get(TRANSACTION)
    return found


@contextmanager
def reading_what_is_written() -> Iterator[None]:
    """Let what the block reads find what the group has written so far."""
    shared = shared_session()
    if shared is None:
        yield
        return
    before = g.reader
    try:
        with database().reading_through(shared) as g.reader:
            yield
    finally:
        g.reader = before
