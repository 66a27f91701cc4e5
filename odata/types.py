"""The primitive types of the Entity Data Model that properties and literals have (OData CSDL 4.01, 3.3)."""

from __future__ import annotations

import datetime as dt
import decimal
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
        raise ValueError("is no number that can be compared with a decimal")
    value = decimal.Decimal(text)
    if len(value.as_tuple().digits) > LONGEST_DECIMAL or abs(value.adjusted()) > LONGEST_DECIMAL:
        raise ValueError(f"has more than {LONGEST_DECIMAL} digits")
    return value


def moment(text: str) -> dt.datetime:
    """An aware UTC datetime; a text without an offset names no moment."""
    value = dt.datetime.fromisoformat(_to_microseconds(text))
    if value.tzinfo is None:
        raise ValueError("must carry Z or an offset such as -05:00")
    try:
        return value.astimezone(dt.UTC)
    except OverflowError:
        raise ValueError("is outside the years 0001 to 9999") from None


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
    "decimal": (Edm.DECIMAL, exact),
    "datetime": (Edm.DATETIME, moment),
    "date": (Edm.DATE, dt.date.fromisoformat),
}
"""For each kind of literal, its own type and how its text is read."""


def literal_for(kind: str, wanted: Edm, position: int) -> tuple[Edm, Convert]:
    """How a literal of `kind` is read where a value of type `wanted` stands on the other side.

    Raises:
        TypeMismatch: the two cannot be compared; the text says what to write instead.
    """
    own, convert = LITERALS[kind]
    if own.is_numeric and wanted.is_numeric:
        return (Edm.DECIMAL, exact) if wanted is Edm.DECIMAL else (own, convert)
    if comparable(own, wanted):
        return own, convert
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
