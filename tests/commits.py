"""Commits that fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.extensions import Database


class Broken(Exception):
    """The database has gone away."""


@contextmanager
def failing(database: Database, *, seemingly: bool = False) -> Iterator[None]:
    """Let every commit fail within the block.

    Args:
        seemingly: whether it happens all the same, and only the answer is lost.
    """

    def fail(connection: Any) -> None:
        if seemingly:
            connection.connection.driver_connection.commit()
        raise Broken

    event.listen(database.writer, "commit", fail)
    try:
        yield
    finally:
        event.remove(database.writer, "commit", fail)
