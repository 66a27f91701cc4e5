"""The floor's own tables: just the columns that it answers with, indexed for what it is asked."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from bench.data import Rows

TABLES = """
CREATE TABLE accounts (
    id {id} PRIMARY KEY, display_name text NOT NULL, created_at {moment} NOT NULL, updated_at {moment} NOT NULL
);
CREATE TABLE matters (
    id {id} PRIMARY KEY, account_id {id} NOT NULL REFERENCES accounts (id), number integer NOT NULL,
    name text NOT NULL, status text NOT NULL, open_date {day} NOT NULL,
    created_at {moment} NOT NULL, updated_at {moment} NOT NULL
);
CREATE TABLE time_entries (
    id {id} PRIMARY KEY, matter_id {id} NOT NULL REFERENCES matters (id), date {day} NOT NULL,
    hours {number} NOT NULL, rate {number} NOT NULL, description text NOT NULL,
    is_billable boolean NOT NULL, is_billed boolean NOT NULL,
    created_at {moment} NOT NULL, updated_at {moment} NOT NULL
);
"""
INDEXES = """
CREATE INDEX matters_of_account ON matters (account_id);
CREATE INDEX entries_of_matter ON time_entries (matter_id);
CREATE INDEX entries_by_date ON time_entries (date DESC, id);
"""
ON_SQLITE = {"id": "text", "moment": "text", "day": "text", "number": "real"}
ON_POSTGRESQL = {"id": "uuid", "moment": "timestamp", "day": "date", "number": "numeric(12, 2)"}


def load_sqlite(path: Path, rows: Rows) -> None:
    """Make the floor's SQLite file anew."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(TABLES.format(**ON_SQLITE))
    connection.execute("BEGIN")
    for table, records in _tables(rows):
        marks = ", ".join("?" * len(records[0]))
        lines = ([_as_text(value) for value in record] for record in records)
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", lines)
    connection.execute("COMMIT")
    connection.executescript(INDEXES + "ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);")
    connection.close()


def load_postgresql(address: str, rows: Rows) -> None:
    """Make the floor's tables anew in a PostgreSQL database of their own."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.execute(TABLES.format(**ON_POSTGRESQL))
        for table, records in _tables(rows):
            with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                for record in records:
                    copy.write_row([_without_zone(value) for value in record])
        connection.execute(INDEXES)
        connection.execute("VACUUM ANALYZE")


def _tables(rows: Rows) -> Iterator[tuple[str, list[Any]]]:
    yield "accounts", rows.accounts
    yield "matters", rows.matters
    yield "time_entries", rows.time_entries


def _as_text(value: Any) -> Any:
    """The value as it stands in an answer, so that the floor has nothing left to convert."""
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, str | int) else float(value)


def _without_zone(value: Any) -> Any:
    return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
