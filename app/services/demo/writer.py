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
        self._now = now()
        self._log: list[Row] = []
        """The lines of the log that are still to be written: kinds with few rows share a batch."""
        self._loaders: dict[tuple[str, ...], Loader] = {}

    def write(self, model: type[FirmRow], rows: Iterable[Row]) -> None:
        """Insert rows of one kind; each has the same keys, `id` and `created_at` among them."""
        common = {"firm_id": self._firm_id, "created_by_id": self._user_id, "updated_by_id": self._user_id}
        for batch in _batches(rows):
            for row in batch:
                row["updated_at"] = row["created_at"]
            self._load(model.__table__, batch, common)
            self._note(model, batch)
            self._progress(model.__name__, len(batch))

    def link(self, table: Table, rows: Iterable[Row]) -> None:
        """Insert rows that only join two others."""
        for batch in _batches(rows):
            self._load(table, batch, {"firm_id": self._firm_id})

    def count(self, series: dict[str, int]) -> None:
        """Leave the firm's counters at the last numbers that were used."""
        self._write_log()
        values = {**series, SERIES: self._changes}
        counters = [
            {"firm_id": self._firm_id, "name": name, "value": value}
            for name, value in values.items()
            if value
        ]
        self._connection.execute(insert(Counter), counters)

    def _note(self, model: type[FirmRow], batch: list[Row]) -> None:
        entity = model.__name__
        self._log += [
            {"number": number, "entity": entity, "entity_id": row["id"]}
            for number, row in enumerate(batch, self._changes + 1)
        ]
        self._changes += len(batch)
        if len(self._log) >= BATCH:
            self._write_log()

    def _write_log(self) -> None:
        common = {"firm_id": self._firm_id, "action": CREATED, "user_id": self._user_id, "at": self._now}
        if self._log:
            self._load(Change.__table__, self._log, common)
            self._log = []

    def _load(self, table: FromClause, rows: list[Row], common: Row) -> None:
        known = (cast(Table, table).name, *rows[0])
        if known not in self._loaders:
            self._loaders[known] = Loader(self._connection, cast(Table, table), rows[0], common)
        self._loaders[known].load(rows)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch
