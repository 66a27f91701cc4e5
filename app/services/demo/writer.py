"""Inserts rows by the thousand, each with its line in the log of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import cast

from sqlalchemy import Connection, FromClause, Table, insert

from app.models import Change, Counter, FirmRow
from app.models.base import now
from app.services.changes import CREATED, SERIES
from app.services.demo.brief import Row
from app.services.demo.bulk import Loader

BATCH = 4_000

Progress = Callable[[str, int], None]
"""Called after each batch with the kind of row and how many were written."""


def silent(kind: str, rows: int) -> None:
    """The progress that nobody watches."""


class Writer:
    """Writes the rows of a new firm; the log counts from 1, so nobody else may be writing for the firm.

    Args:
        user_id: the user who is said to have made everything.
    """

    def __init__(
        self, connection: Connection, firm_id: int, user_id: str, progress: Progress = silent
    ) -> None:
        self._connection = connection
        self._firm_id = firm_id
        self._user_id = user_id
        self._progress = progress
        self._changes = 0

    def write(self, model: type[FirmRow], rows: Iterable[Row]) -> None:
        """Insert rows of one kind; each has the same keys, `id` and `created_at` among them."""
        for batch in _batches(rows):
            for row in batch:
                row["firm_id"] = self._firm_id
                row["created_by_id"] = row["updated_by_id"] = self._user_id
                row["updated_at"] = row["created_at"]
            self._load(model.__table__, batch)
            self._log(model, batch)
            self._progress(model.__name__, len(batch))

    def link(self, table: Table, rows: Iterable[Row]) -> None:
        """Insert rows that only join two others."""
        for batch in _batches(rows):
            for row in batch:
                row["firm_id"] = self._firm_id
            self._load(table, batch)

    def count(self, series: dict[str, int]) -> None:
        """Leave the firm's counters at the last numbers that were used."""
        values = {**series, SERIES: self._changes}
        counters = [
            {"firm_id": self._firm_id, "name": name, "value": value}
            for name, value in values.items()
            if value
        ]
        self._connection.execute(insert(Counter), counters)

    def _log(self, model: type[FirmRow], batch: list[Row]) -> None:
        common = {
            "firm_id": self._firm_id,
            "entity": model.__name__,
            "action": CREATED,
            "user_id": self._user_id,
            "at": now(),
        }
        lines = [
            {**common, "number": number, "entity_id": row["id"]}
            for number, row in enumerate(batch, self._changes + 1)
        ]
        self._load(Change.__table__, lines)
        self._changes += len(batch)

    def _load(self, table: FromClause, rows: list[Row]) -> None:
        Loader(self._connection, cast(Table, table), rows[0]).load(rows)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch
