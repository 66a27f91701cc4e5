"""The canonical functions: what they take and give, and their SQL on each database.

OData URL Conventions 4.01, 5.1.1.5 to 5.1.1.10.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Text, cast, extract, func, literal_column
from sqlalchemy.sql import operators

from odata.types import Edm

Sql = Callable[..., ColumnElement[Any]]

ZERO: ColumnElement[int] = literal_column("0")
"""Written into the statement: a parameter for it would be one more value to send each time."""


@dataclass(frozen=True)
class Function:
    """A canonical function; `sql` has one entry a database."""

    takes: tuple[Edm, ...]
    gives: Edm
    sql: dict[str, Sql]


def _everywhere(sql: Sql) -> dict[str, Sql]:
    return {"sqlite": sql, "postgresql": sql}


def _folded(text: ColumnElement[str]) -> ColumnElement[str]:
    # The columns compare by code point (collation "C"), under which PostgreSQL folds ASCII letters only.
    return text.collate("default")


def _ends_with(text: ColumnElement[str], end: ColumnElement[str]) -> ColumnElement[bool]:
    # Counted from the front: a negative or zero start means something else to SQLite's substr.
    start = func.length(text) - func.length(end) + 1
    return (func.substr(text, start) == end) & (start > ZERO)


def _slice(start: int, length: int) -> Sql:
    """A part of a moment that SQLite keeps as text, such as the month."""
    return lambda moment: cast(func.substr(moment, start, length, type_=Text), Integer)


def _part(name: str, start: int, length: int) -> dict[str, Sql]:
    def postgresql(moment: ColumnElement[Any]) -> ColumnElement[Any]:
        # Seconds come with their fraction, and the cast to integer would round it.
        return cast(func.floor(extract(name, moment)), Integer)

    return {"sqlite": _slice(start, length), "postgresql": postgresql}


FUNCTIONS: dict[str, Function] = {
    # Not LIKE: these take their second argument as it is, with no wildcard and no escape to get wrong.
    "contains": Function(
        (Edm.STRING, Edm.STRING),
        Edm.BOOLEAN,
        {
            "sqlite": lambda text, part: func.instr(text, part) > ZERO,
            "postgresql": lambda text, part: func.strpos(text, part) > ZERO,
        },
    ),
    "startswith": Function(
        (Edm.STRING, Edm.STRING),
        Edm.BOOLEAN,
        {
            "sqlite": lambda text, part: func.substr(text, 1, func.length(part)) == part,
            "postgresql": lambda text, part: func.starts_with(text, part),
        },
    ),
    "endswith": Function((Edm.STRING, Edm.STRING), Edm.BOOLEAN, _everywhere(_ends_with)),
    "concat": Function(
        (Edm.STRING, Edm.STRING), Edm.STRING, _everywhere(lambda a, b: a.op("||", return_type=Text())(b))
    ),
    "length": Function((Edm.STRING,), Edm.INT32, _everywhere(lambda text: func.length(text, type_=Integer))),
    "trim": Function((Edm.STRING,), Edm.STRING, _everywhere(lambda text: func.trim(text, type_=Text))),
    "tolower": Function(
        (Edm.STRING,),
        Edm.STRING,
        {
            "sqlite": lambda text: func.lower(text, type_=Text),
            "postgresql": lambda text: func.lower(_folded(text), type_=Text),
        },
    ),
    "toupper": Function(
        (Edm.STRING,),
        Edm.STRING,
        {
            "sqlite": lambda text: func.upper(text, type_=Text),
            "postgresql": lambda text: func.upper(_folded(text), type_=Text),
        },
    ),
    "year": Function((Edm.DATETIME,), Edm.INT32, _part("year", 1, 4)),
    "month": Function((Edm.DATETIME,), Edm.INT32, _part("month", 6, 2)),
    "day": Function((Edm.DATETIME,), Edm.INT32, _part("day", 9, 2)),
    "hour": Function((Edm.DATETIME,), Edm.INT32, _part("hour", 12, 2)),
    "minute": Function((Edm.DATETIME,), Edm.INT32, _part("minute", 15, 2)),
    "second": Function((Edm.DATETIME,), Edm.INT32, _part("second", 18, 2)),
    "date": Function(
        (Edm.DATETIME,),
        Edm.DATE,
        {
            "sqlite": lambda moment: func.substr(moment, 1, 10, type_=Text),
            "postgresql": lambda moment: cast(moment, Date),
        },
    ),
    "now": Function((), Edm.DATETIME, {}),
}

LATER = frozenset(
    [
        "ceiling",
        "floor",
        "round",
        "substring",
        "indexof",
        "matchespattern",
        "hassubset",
        "hassubsequence",
        "time",
        "totaloffsetminutes",
        "totalseconds",
        "fractionalseconds",
        "mindatetime",
        "maxdatetime",
        "cast",
        "isof",
        "case",
    ]
)
"""Canonical functions that are known to be missing, so that the answer can say so (501)."""

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "lt": operators.lt,
    "le": operators.le,
    "gt": operators.gt,
    "ge": operators.ge,
}
