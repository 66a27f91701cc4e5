"""Exact calculation for SQLite, which knows neither decimals nor durations: functions that its statements call.

A calculated number is text there, in one form only ('1.5', never '1.50'), so that equal numbers are equal texts;
the collation ORDER compares such texts as numbers. Whole numbers and floats are taken as they come. Of null
comes null, and so it does of a division by zero.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    Context,
    Decimal,
)
from functools import lru_cache
from typing import Any

import re2

ORDER = "odata_number"
HALF = 30
"""Bits of the lower half of an integer, for sums that may be beyond 64 bits."""
QUOTIENT_PLACES = 12
"""Decimal places that a quotient is rounded to, half away from zero; PostgreSQL's is made the same."""

_CONTEXT = Context(prec=20_000, Emax=MAX_EMAX, Emin=MIN_EMIN, rounding=ROUND_HALF_UP)
_ONE = Decimal(1)
_LAST_PLACE = Decimal(1).scaleb(-QUOTIENT_PLACES)
_MICROSECOND = dt.timedelta(microseconds=1)


def number(value: Any) -> Decimal:
    """What a column, a parameter or another function gave, as a decimal."""
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def written(value: Decimal) -> str:
    """The one text of a number."""
    return format(value.normalize(_CONTEXT), "f") if value else "0"


def quotient(left: Decimal, right: Decimal) -> Decimal:
    """`left / right`, rounded once: from one digit more than is kept, cut off exactly."""
    cut = _CONTEXT.divide_int(left.scaleb(QUOTIENT_PLACES + 1, _CONTEXT), right)
    return cut.scaleb(-QUOTIENT_PLACES - 1, _CONTEXT).quantize(_LAST_PLACE, context=_CONTEXT)


def moment_text(moment: dt.datetime) -> str:
    """A moment as SQLite keeps it: no offset, the fraction's trailing zeros trimmed."""
    text = moment.replace(tzinfo=None).isoformat()
    return text.rstrip("0") if "." in text else text


def _rounded(rounding: str) -> Callable[[Decimal], Decimal]:
    return lambda value: value.quantize(_ONE, rounding, _CONTEXT)


_CALCULATIONS: dict[str, Callable[..., Decimal]] = {
    "add": _CONTEXT.add,
    "sub": _CONTEXT.subtract,
    "mul": _CONTEXT.multiply,
    "div": _CONTEXT.divide_int,
    "divby": quotient,
    "mod": _CONTEXT.remainder,
    "neg": _CONTEXT.minus,
    "floor": _rounded(ROUND_FLOOR),
    "ceiling": _rounded(ROUND_CEILING),
    "round": _rounded(ROUND_HALF_UP),
    "trunc": _rounded(ROUND_DOWN),
}


def _calculation(calculate: Callable[..., Decimal]) -> Callable[..., str | None]:
    def call(*operands: Any) -> str | None:
        if None in operands:
            return None
        try:
            return written(calculate(*map(number, operands)))
        except ArithmeticError:
            return None

    return call


def _number(value: Any, places: int) -> str | None:
    """A stored number of which `places` digits are decimal places."""
    return None if value is None else written(number(value).scaleb(-places, _CONTEXT))


def _within(value: Any, least: int, most: int) -> str | None:
    """The number, unless it is beyond the bounds."""
    return None if value is None or not least <= number(value) <= most else written(number(value))


def _shift(moment: str | None, microseconds: Any) -> str | None:
    """A moment moved by a duration; none outside the years 0001 to 9999."""
    if moment is None or microseconds is None:
        return None
    try:
        duration = dt.timedelta(
            microseconds=int(number(microseconds).quantize(_ONE, ROUND_HALF_UP, _CONTEXT))
        )
        return moment_text(dt.datetime.fromisoformat(moment) + duration)
    except OverflowError:
        return None


def _between(later: str | None, earlier: str | None) -> str | None:
    """The duration from one moment to another in microseconds."""
    if later is None or earlier is None:
        return None
    return str((dt.datetime.fromisoformat(later) - dt.datetime.fromisoformat(earlier)) // _MICROSECOND)


def _folded(fold: Callable[[str], str], simple: Callable[[str], str]) -> Callable[[object], str | None]:
    """Case folding letter by letter, as PostgreSQL does it: no text changes its length.

    Args:
        simple: Unicode's simple mapping of the letters that `fold` makes several of.
    """

    def one(letter: str) -> str:
        return next((folded for folded in (fold(letter), simple(letter)) if len(folded) == 1), letter)

    def call(value: object) -> str | None:
        if value is None:
            return None
        text = str(value)
        return fold(text) if text.isascii() else "".join(map(one, text))

    return call


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    return re2.compile(pattern)


def _matches(text: str | None, pattern: str | None) -> bool | None:
    return None if text is None or pattern is None else _compiled(pattern).search(text) is not None


def _ends(text: str | None, end: str | None) -> bool | None:
    return None if text is None or end is None else text.endswith(end)


def _part(text: str | None, *indexes: Any) -> str | None:
    """A text from a character on, counted from the end where negative, and how many characters of it."""
    if text is None or None in indexes:
        return None
    start, *length = (int(number(index)) for index in indexes)
    rest = text[max(len(text) + start, 0) if start < 0 else start :]
    return rest[: max(length[0], 0)] if length else rest


def _compared(left: str, right: str) -> int:
    one, other = Decimal(left), Decimal(right)
    return (one > other) - (one < other)


def _wide(high: int | None, low: int | None, places: int) -> str | None:
    """A sum of integers that may be beyond 64 bits, from the sums of their two halves."""
    return None if high is None or low is None else _number((high << HALF) + low, places)


class _Sum:
    """The sum of numbers; null where there are none."""

    def __init__(self) -> None:
        self._sum = Decimal(0)
        self._count = 0

    def step(self, value: Any) -> None:
        if value is not None:
            self._sum = _CONTEXT.add(self._sum, number(value))
            self._count += 1

    def finalize(self) -> str | None:
        return written(self._sum) if self._count else None


class _RunningSum(_Sum):
    """The same over the window of a row.

    Python's binding crashes where a window has no rows, so every window must hold the row itself.
    """

    def inverse(self, value: Any) -> None:
        if value is not None:
            self._sum = _CONTEXT.subtract(self._sum, number(value))
            self._count -= 1

    value = _Sum.finalize


_SPECIAL: dict[str, tuple[int, Callable[..., Any]]] = {
    "odata_number": (2, _number),
    "odata_wide": (3, _wide),
    "odata_within": (3, _within),
    "odata_shift": (2, _shift),
    "odata_between": (2, _between),
    "odata_ends": (2, _ends),
    "odata_matches": (2, _matches),
    "odata_part": (-1, _part),
    # SQLite folds only ASCII by itself. The one letter that has several small ones is the dotted I of Turkish.
    "lower": (1, _folded(str.lower, lambda letter: "i")),
    "upper": (1, _folded(str.upper, str.title)),
}


def register(connection: sqlite3.Connection) -> None:
    """Make a connection know the functions and the collation."""
    for name, calculate in _CALCULATIONS.items():
        connection.create_function(f"odata_{name}", -1, _calculation(calculate), deterministic=True)
    for name, (arity, call) in _SPECIAL.items():
        connection.create_function(name, arity, call, deterministic=True)
    # Two functions: SQLite refuses a window for the first, whatever statement asks for one.
    connection.create_aggregate("odata_sum", 1, _Sum)  # type: ignore[arg-type]
    connection.create_window_function("odata_running_sum", 1, _RunningSum)
    connection.create_collation(ORDER, _compared)
