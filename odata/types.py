"""The primitive types of the Entity Data Model that properties and literals have (OData CSDL 4.01, 3.3)."""

from __future__ import annotations

import datetime as dt
import decimal
import re
from collections.abc import Callable
from enum import Enum
from typing import Any

from odata.errors import TypeMismatch

INT64 = range(-(2**63), 2**63)
LONGEST_DECIMAL = 60
"""Digits of a decimal literal that are read; more than any column keeps, few enough to compare quickly."""


class Edm(Enum):
    """A primitive type; the value is its name in the standard."""

    STRING = "Edm.String"
    GUID = "Edm.Guid"
    BOOLEAN = "Edm.Boolean"
    INT32 = "Edm.Int32"
    INT64 = "Edm.Int64"
    DECIMAL = "Edm.Decimal"
    DOUBLE = "Edm.Double"
    DATETIME = "Edm.DateTimeOffset"
    DATE = "Edm.Date"
    TIME = "Edm.TimeOfDay"
    DURATION = "Edm.Duration"
    NULL = "null"

    @property
    def is_numeric(self) -> bool:
        return self in _NUMERIC


_NUMERIC = frozenset({Edm.INT32, Edm.INT64, Edm.DECIMAL, Edm.DOUBLE})


def comparable(left: Edm, right: Edm) -> bool:
    """Whether values of the two types can be compared (URL Conventions 4.01, 5.1.1.1)."""
    return left is right or Edm.NULL in (left, right) or (left.is_numeric and right.is_numeric)


Convert = Callable[[str], Any]
"""From a literal's text to the Python value; raises ValueError where the text names no value."""


def integer(text: str) -> int:
    value = int(text)
    if value not in INT64:
        raise ValueError("is too large for Edm.Int64")
    return value


def exact(text: str) -> decimal.Decimal:
    if text in ("INF", "-INF", "NaN"):
        raise ValueError("is no number to calculate with")
    value = decimal.Decimal(text)
    if len(value.as_tuple().digits) > LONGEST_DECIMAL or abs(value.adjusted()) > LONGEST_DECIMAL:
        raise ValueError(f"has more than {LONGEST_DECIMAL} digits")
    return value


def extended(text: str) -> decimal.Decimal:
    """A number to compare with, which may be infinite: every other number is less, or more."""
    if text == "NaN":
        raise ValueError("is not equal, less or greater than any number")
    return decimal.Decimal(text) if text in ("INF", "-INF") else exact(text)


def time_of_day(text: str) -> dt.time:
    return dt.time.fromisoformat(_to_microseconds(text))


_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
LONGEST_DURATION = 10_000 * 366 * 24 * 60 * 60 * 10**6
"""Microseconds: longer than from the first moment that can be named to the last."""


def microseconds(text: str) -> int:
    """The length of `duration'P1DT2H'` or just `'P1DT2H'`; what is shorter than a microsecond is cut off."""
    found = _DURATION.fullmatch(text[text.index("'") + 1 : -1])
    if found is None or found[0][-1] in "PT":
        raise ValueError("is no duration such as 'P1DT2H'")
    sign, *parts = found.groups("0")
    if sum(map(len, parts)) > LONGEST_DECIMAL:
        raise ValueError("has too many digits")
    days, hours, minutes, seconds = map(decimal.Decimal, parts)
    length = int((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 10**6)
    if length > LONGEST_DURATION:
        raise ValueError("is longer than 10,000 years")
    return -length if sign == "-" else length


def moment(text: str) -> dt.datetime:
    """An aware datetime with the offset that is written; a text without one names no moment."""
    value = dt.datetime.fromisoformat(_to_microseconds(text))
    if value.tzinfo is None:
        raise ValueError("must carry Z or an offset such as -05:00")
    try:
        value.astimezone(dt.UTC)
    except OverflowError:
        raise ValueError("is outside the years 0001 to 9999") from None
    return value


def wall_clock(value: dt.datetime) -> dt.datetime:
    """What clocks show at a moment at its own offset, as if they were in UTC."""
    return value.replace(tzinfo=dt.UTC)


def offset_minutes(value: dt.datetime) -> int:
    """How far the clocks of a moment are ahead of UTC."""
    return (value.utcoffset() or dt.timedelta()) // dt.timedelta(minutes=1)


def _to_microseconds(text: str) -> str:
    """OData allows twelve fractional digits and seconds left out; Python reads six and wants seconds."""
    head, dot, tail = text.partition(".")
    if not dot:
        return text
    digits = 0
    while digits < len(tail) and tail[digits].isdigit():
        digits += 1
    return f"{head}.{tail[: min(digits, 6)]}{tail[digits:]}"


def string(text: str) -> str:
    """The value of a quoted string literal; a quote inside is written twice."""
    return text[1:-1].replace("''", "'")


LITERALS: dict[str, tuple[Edm, Convert]] = {
    "string": (Edm.STRING, string),
    "guid": (Edm.GUID, str.lower),
    "integer": (Edm.INT64, integer),
    "decimal": (Edm.DECIMAL, extended),
    "datetime": (Edm.DATETIME, moment),
    "date": (Edm.DATE, dt.date.fromisoformat),
    "time": (Edm.TIME, time_of_day),
    "duration": (Edm.DURATION, microseconds),
}
"""For each kind of literal, its own type and how its text is read."""


def literal_for(kind: str, wanted: Edm, position: int) -> tuple[Edm, Convert]:
    """How a literal of `kind` is read where a value of type `wanted` stands on the other side.

    Raises:
        TypeMismatch: the two cannot be compared; the text says what to write instead.
    """
    own, convert = LITERALS[kind]
    if own.is_numeric and wanted.is_numeric:
        return (Edm.DECIMAL, extended) if wanted is Edm.DECIMAL else (own, convert)
    if comparable(own, wanted):
        return own, convert
    if own is Edm.STRING and wanted is Edm.DURATION:
        return LITERALS["duration"]  # 4.01 lets the type in front go (Protocol 4.01, 13.2.1)
    hint = _HINTS.get((own, wanted), "")
    raise TypeMismatch(
        f"Expected {wanted.value}, found {own.value} at position {position}{hint}.", position=position
    )


_HINTS = {
    (Edm.STRING, Edm.GUID): "; write the GUID without quotes",
    (Edm.GUID, Edm.STRING): "; put the text in single quotes",
    (Edm.STRING, Edm.DATETIME): "; write it without quotes, such as 2026-01-31T00:00:00Z",
    (Edm.DATE, Edm.DATETIME): "; write a moment such as 2026-01-31T00:00:00Z, or compare date(…) with it",
    (Edm.DATETIME, Edm.DATE): "; write a date such as 2026-01-31",
    (Edm.INT64, Edm.STRING): "; put the text in single quotes",
    (Edm.STRING, Edm.DECIMAL): "; write the number without quotes",
    (Edm.STRING, Edm.INT32): "; write the number without quotes",
    (Edm.STRING, Edm.INT64): "; write the number without quotes",
    (Edm.STRING, Edm.BOOLEAN): "; write true or false without quotes",
}
