"""The canonical functions of date and time (URL Conventions 4.01, 5.1.1.8). All moments are in UTC."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Text, Time, cast, extract, func, literal_column

from odata.calculation import calculate
from odata.signatures import ZERO, Function, Sql, everywhere
from odata.sql_types import Exact, TimeOfDay
from odata.types import Edm

MOMENT = 12
"""Where the time of day begins in a moment that SQLite keeps as text."""


def _slice(start: int, length: int) -> Sql:
    """A part of a moment that SQLite keeps as text, such as the month."""
    return lambda moment: cast(func.substr(moment, start, length, type_=Text), Integer)


def _part(name: str, kind: Edm, start: int, length: int) -> Function:
    def postgresql(moment: ColumnElement[Any]) -> ColumnElement[Any]:
        # Seconds come with their fraction, and the cast to integer would round it.
        return cast(func.floor(extract(name, moment)), Integer)

    return Function(name, (kind,), Edm.INT32, {"sqlite": _slice(start, length), "postgresql": postgresql})


def _fraction(kind: Edm, start: int) -> Function:
    """The fraction of the second, of which text on SQLite has the digits from `start` on, or nothing."""

    def sqlite(moment: ColumnElement[Any]) -> ColumnElement[Any]:
        digits = literal_column("'0'").op("||", return_type=Exact())(func.substr(moment, start, type_=Text))
        return calculate("sqlite", "add", digits, ZERO)

    def postgresql(moment: ColumnElement[Any]) -> ColumnElement[Any]:
        return calculate("postgresql", "mod", extract("second", moment), literal_column("1"))

    return Function("fractionalseconds", (kind,), Edm.DECIMAL, {"sqlite": sqlite, "postgresql": postgresql})


def _seconds(dialect: str) -> Sql:
    return lambda duration: calculate(dialect, "mul", duration, literal_column("0.000001", Exact()))


def _no_offset(moment: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.length(func.substr(cast(moment, Text), 1, 0), type_=Integer)


TIME_FUNCTIONS = (
    *(
        _part(name, kind, start, length)
        for name, start, length in (("year", 1, 4), ("month", 6, 2), ("day", 9, 2))
        for kind in (Edm.DATETIME, Edm.DATE)
    ),
    *(
        _part(name, kind, start - shift, 2)
        for name, start in (("hour", MOMENT), ("minute", MOMENT + 3), ("second", MOMENT + 6))
        for kind, shift in ((Edm.DATETIME, 0), (Edm.TIME, MOMENT - 1))
    ),
    _fraction(Edm.DATETIME, MOMENT + 8),
    _fraction(Edm.TIME, 9),
    Function(
        "date",
        (Edm.DATETIME,),
        Edm.DATE,
        {
            "sqlite": lambda moment: func.substr(moment, 1, 10, type_=Text),
            "postgresql": lambda moment: cast(moment, Date),
        },
    ),
    Function(
        "time",
        (Edm.DATETIME,),
        Edm.TIME,
        {
            "sqlite": lambda moment: func.substr(moment, MOMENT, type_=TimeOfDay()),
            "postgresql": lambda moment: cast(moment, Time),
        },
    ),
    Function("totaloffsetminutes", (Edm.DATETIME,), Edm.INT32, everywhere(_no_offset)),
    Function(
        "totalseconds",
        (Edm.DURATION,),
        Edm.DECIMAL,
        {"sqlite": _seconds("sqlite"), "postgresql": _seconds("postgresql")},
    ),
    Function("now", (), Edm.DATETIME, {}),
    Function("mindatetime", (), Edm.DATETIME, {}),
    Function("maxdatetime", (), Edm.DATETIME, {}),
)
