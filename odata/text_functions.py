"""The canonical functions of text (URL Conventions 4.01, 5.1.1.5 and 5.1.1.7).

Each writes its arguments into the statement once, as far as it can: calls nest, and what each level wrote twice
would double with every level.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, func, literal_column
from sqlalchemy.ext.compiler import compiles

from odata.calculation import clamped
from odata.signatures import ZERO, Function, everywhere
from odata.types import Edm

ONE: ColumnElement[int] = literal_column("1")
FARTHEST = 1_000_000_000
"""No text is longer; indexes are brought within it before they become integers."""


def _folded(text: ColumnElement[str]) -> ColumnElement[str]:
    # The columns compare by code point (collation "C"), under which PostgreSQL folds ASCII letters only.
    return text.collate("default")


class _Part(ColumnElement[str]):
    """On PostgreSQL: a text from `start` on, which counts from the end where it is negative."""

    inherit_cache = False
    type = Text()

    def __init__(self, text: ColumnElement[str], start: ColumnElement[Any]) -> None:
        self.text = text
        self.start = start


_PART = """(SELECT substr(s.t, CAST(
 greatest(least(CASE WHEN s.i < 0 THEN length(s.t) + s.i ELSE s.i END, {farthest}), 0) AS integer) + 1)
 FROM (SELECT {text} AS t, {start} AS i OFFSET 0) AS s WHERE s.i IS NOT NULL)"""


@compiles(_Part)
def _write_part(element: _Part, compiler: Any, **kwargs: Any) -> str:
    text, start = compiler.process(element.text, **kwargs), compiler.process(element.start, **kwargs)
    return _PART.format(text=text, start=start, farthest=FARTHEST)


def _postgresql_part(
    text: ColumnElement[str], start: ColumnElement[Any], *length: ColumnElement[Any]
) -> ColumnElement[str]:
    rest = _Part(text, start)
    return func.substr(rest, ONE, clamped(length[0], FARTHEST), type_=Text()) if length else rest


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
    Function(
        "endswith",
        (TEXT, TEXT),
        Edm.BOOLEAN,
        {
            "sqlite": lambda text, end: func.odata_ends(text, end) == ONE,
            "postgresql": lambda text, end: func.starts_with(func.reverse(text), func.reverse(end)),
        },
    ),
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
        {"sqlite": lambda *given: func.odata_part(*given, type_=Text()), "postgresql": _postgresql_part},
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
