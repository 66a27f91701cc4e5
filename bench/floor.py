"""The floor: the same answers by SQL written by hand, with no framework, no token and no firm.

Nothing that parses a query, knows who asks and builds its own SQL can cost less than this. A WSGI application
in one file; the environment says where the rows are: FLOOR_DATABASE is a SQLite file or a PostgreSQL address.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from threading import local
from typing import Any
from urllib.parse import parse_qsl

import orjson
import psycopg
from psycopg.types.numeric import FloatLoader
from psycopg.types.string import TextLoader

ENTRY = (
    "t.id, t.date, t.hours, t.rate, t.description, t.is_billable, t.is_billed, "
    "t.created_at, t.updated_at, t.matter_id"
)
MATTER = "m.number, m.name, m.status, m.open_date, m.created_at, m.updated_at"
ACCOUNT = "a.id, a.display_name, a.created_at, a.updated_at"
ENTRIES = "FROM time_entries t"
WITH_MATTER = "JOIN matters m ON m.id = t.matter_id JOIN accounts a ON a.id = m.account_id"
LATEST = "ORDER BY t.date DESC, t.id LIMIT 50"

Given = dict[str, str]


@dataclass(frozen=True)
class Question:
    """SQL for a page, what to make of a row, and the parameters from the query string."""

    sql: str
    parameters: Callable[[Given], tuple[Any, ...]] = lambda given: ()
    expanded: bool = False
    count: str | None = None


def questions(database: str) -> dict[str, Question]:
    """The SQL of each workload, in the words of the database."""
    on_sqlite = database == "sqlite"
    mark, position, number = ("?", "instr", float) if on_sqlite else ("%s", "strpos", Decimal)
    true = " = 1" if on_sqlite else ""  # a bare column would not compare with an index on SQLite
    about_depositions = (
        f"WHERE t.is_billable{true} AND t.hours > {mark} AND {position}(t.description, {mark}) > 0"
    )
    page = f"SELECT {ENTRY} {ENTRIES}"

    def hours(given: Given) -> tuple[Any, ...]:
        return number(given["hours"]), "deposition"

    return {
        "/w1": Question(f"{page} ORDER BY t.id LIMIT 50"),
        "/w2": Question(f"{page} {about_depositions} {LATEST}", hours),
        "/w3": Question(
            f"{page} {WITH_MATTER} WHERE {position}(a.display_name, {mark}) > 0 {LATEST}",
            lambda given: (given["name"],),
        ),
        "/w4": Question(
            f"{page} {about_depositions} {LATEST}",
            hours,
            count=f"SELECT count(*) {ENTRIES} {about_depositions}",
        ),
        "/w5": Question(f"{page} WHERE t.id = {mark}", lambda given: (given["id"],)),
        "/w6": Question(
            f"SELECT {ENTRY}, {MATTER}, {ACCOUNT} {ENTRIES} {WITH_MATTER} ORDER BY t.id LIMIT 50",
            expanded=True,
        ),
        "/w7": Question(f"{page} ORDER BY t.id LIMIT 50 OFFSET {mark}", lambda given: (int(given["skip"]),)),
        "/w8": Question(f"{page} ORDER BY t.id LIMIT 1000"),
    }


def connect(address: str) -> Any:
    """A connection of the driver, in autocommit."""
    if not address.startswith("postgresql:"):
        connection = sqlite3.connect(address, isolation_level=None)
        connection.execute("PRAGMA mmap_size=268435456")
        return connection
    server = psycopg.connect(address, autocommit=True, prepare_threshold=0)
    for kind in ("uuid", "date"):
        server.adapters.register_loader(kind, TextLoader)
    server.adapters.register_loader("numeric", FloatLoader)
    return server


def entry(row: Any) -> dict[str, Any]:
    return {
        "id": row[0],
        "date": row[1],
        "hours": row[2],
        "rate": row[3],
        "description": row[4],
        "is_billable": row[5] == 1,
        "is_billed": row[6] == 1,
        "created_at": row[7],
        "updated_at": row[8],
        "matter": {"id": row[9]},
    }


def expanded(row: Any) -> dict[str, Any]:
    found = entry(row)
    found["matter"] = {
        "id": row[9],
        "number": row[10],
        "name": row[11],
        "status": row[12],
        "open_date": row[13],
        "created_at": row[14],
        "updated_at": row[15],
        "account": {"id": row[16], "display_name": row[17], "created_at": row[18], "updated_at": row[19]},
    }
    return found


class Floor:
    """The WSGI application; each thread has a connection of its own."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._questions = questions("postgresql" if address.startswith("postgresql:") else "sqlite")
        self._own = local()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        given = dict(parse_qsl(environ["QUERY_STRING"]))
        answer = orjson.dumps(self._answer(path, given), option=orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z)
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
        return [answer]

    def _answer(self, path: str, given: Given) -> Any:
        question = self._questions[path]
        connection = self._connection()
        parameters = question.parameters(given)
        shape = expanded if question.expanded else entry
        found: dict[str, Any] = {}
        if question.count:
            found["@odata.count"] = connection.execute(question.count, parameters).fetchone()[0]
        rows = [shape(row) for row in connection.execute(question.sql, parameters).fetchall()]
        if path == "/w5":
            return rows[0]
        return {**found, "value": rows}

    def _connection(self) -> Any:
        try:
            return self._own.connection
        except AttributeError:
            self._own.connection = connect(self._address)
            return self._own.connection


def create_app() -> Floor:
    """The application over the database that the environment names."""
    return Floor(os.environ["FLOOR_DATABASE"])
