"""The canonical functions of text (URL Conventions 4.01, 5.1.1.5 and 5.1.1.7)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, cast, func, literal_column

from odata.signatures import ZERO, Function, everywhere
from odata.types import Edm

ONE: ColumnElement[int] = literal_column("1")
FARTHEST: ColumnElement[int] = literal_column("1000000000")
"""No text is longer; indexes are brought within it before they become integers."""


def _folded(text: ColumnElement[str]) -> ColumnElement[str]:
    # The columns compare by code point (collation "C"), under which PostgreSQL folds ASCII letters only.
    return text.collate("default")


def _ends_with(text: ColumnElement[str], end: ColumnElement[str]) -> ColumnElement[bool]:
    # Counted from the front: a negative or zero start means something else to SQLite's substr.
    start = func.length(text) - func.length(end) + 1
    return (func.substr(text, start) == end) & (start > ZERO)


def _sqlite_part(text: ColumnElement[str], *indexes: ColumnElement[Any]) -> ColumnElement[str]:
    start, *length = (func.max(func.min(cast(index, Integer), FARTHEST), ZERO) for index in indexes)
    return func.substr(text, start + ONE, *length, type_=Text())


def _postgresql_part(text: ColumnElement[str], *indexes: ColumnElement[Any]) -> ColumnElement[str]:
    # The last term is there for null, which greatest() and least() pass over.
    start, *length = (
        cast(func.greatest(func.least(index, FARTHEST), ZERO) + index * ZERO, Integer) for index in indexes
    )
    return func.substr(text, start + ONE, *length, type_=Text())


TEXT = Edm.STRING
TEXT_FUNCTIONS = (
    # Not LIKE: these take their second argument as it is, with no wildcard and no escape to get wrong.
    Function(
        "contains",
        (TEXT, TEXT),
        Edm.BOOLEAN,
        {
            "sqlite": lambda text, part: func.instr(text, part) > ZERO,
            "postgresql": lambda text, part: func.strpos(text, part) > ZERO,
        },
    ),
    Function(
        "startswith",
        (TEXT, TEXT),
        Edm.BOOLEAN,
        {
            "sqlite": lambda text, part: func.substr(text, 1, func.length(part)) == part,
            "postgresql": lambda text, part: func.starts_with(text, part),
        },
    ),
    Function("endswith", (TEXT, TEXT), Edm.BOOLEAN, everywhere(_ends_with)),
    # The pattern arrives rewritten, see odata.patterns.
    Function(
        "matchespattern",
        (TEXT, TEXT),
        Edm.BOOLEAN,
        {
            "sqlite": lambda text, pattern: func.odata_matches(text, pattern) == ONE,
            "postgresql": lambda text, pattern: text.op("~", is_comparison=True)(pattern),
        },
    ),
    Function(
        "indexof",
        (TEXT, TEXT),
        Edm.INT32,
        {
            "sqlite": lambda text, part: func.instr(text, part, type_=Integer) - ONE,
            "postgresql": lambda text, part: func.strpos(text, part, type_=Integer) - ONE,
        },
    ),
    Function(
        "substring",
        (TEXT, Edm.INT64, Edm.INT64),
        TEXT,
        {"sqlite": _sqlite_part, "postgresql": _postgresql_part},
        optional=1,
    ),
    Function("concat", (TEXT, TEXT), TEXT, everywhere(lambda a, b: a.op("||", return_type=Text())(b))),
    Function("length", (TEXT,), Edm.INT32, everywhere(lambda text: func.length(text, type_=Integer))),
    Function("trim", (TEXT,), TEXT, everywhere(lambda text: func.trim(text, type_=Text))),
    Function(
        "tolower",
        (TEXT,),
        TEXT,
        {
            "sqlite": lambda text: func.lower(text, type_=Text),
            "postgresql": lambda text: func.lower(_folded(text), type_=Text),
        },
    ),
    Function(
        "toupper",
        (TEXT,),
        TEXT,
        {
            "sqlite": lambda text: func.upper(text, type_=Text),
            "postgresql": lambda text: func.upper(_folded(text), type_=Text),
        },
    ),
)
