"""sum, min, max, average and countdistinct as SQL, exact on both databases (Data Aggregation 4.0, 3.2.1).

No sum overflows. What SQLite keeps as integers it adds up itself, those that may be beyond 64 bits in two halves;
every other decimal is added as `odata.exact` has it. An average is a quotient, rounded as all quotients are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Float, cast, func, literal_column

from odata.calculation import calculate, exact, ordered
from odata.errors import TypeMismatch
from odata.exact import HALF
from odata.sql_types import Exact
from odata.types import Edm

WIDE = 13
"""Digits of a decimal from which on a few million of them may be more than 64 bits hold."""

SORTED = frozenset({Edm.STRING, Edm.DATETIME, Edm.DATE, Edm.TIME, Edm.DURATION})
"""Types besides numbers that have a least and a greatest value."""


class Aggregated(NamedTuple):
    value: ColumnElement[Any]
    type: Edm


def aggregated(method: str, column: ColumnElement[Any], edm: Edm, dialect: str, position: int) -> Aggregated:
    """One value of all of a column's.

    Raises:
        TypeMismatch: the method does not take values of this type.
    """
    check(method, edm, position)
    if method == "countdistinct":
        return Aggregated(func.count(column.distinct()), Edm.INT64)
    if method in ("min", "max"):
        found = getattr(func, method)(column, type_=column.type)
        return Aggregated(ordered(dialect, found) if isinstance(column.type, Exact) else found, edm)
    if method == "sum":
        return total(column, edm, dialect)
    return mean(total(column, edm, dialect).value, func.count(column), edm, dialect)


def check(method: str, edm: Edm, position: int) -> None:
    """Raises TypeMismatch where the method does not take values of this type."""
    if (
        (method == "countdistinct" and edm is not Edm.NULL)
        or edm.is_numeric
        or (method in ("min", "max") and edm in SORTED)
    ):
        return
    raise TypeMismatch(
        f"'{method}' at position {position} does not take values of the type {edm.value}.", position=position
    )


def total(column: ColumnElement[Any], edm: Edm, dialect: str) -> Aggregated:
    """The sum; of whole numbers a whole number."""
    if edm is Edm.DOUBLE:
        return Aggregated(func.sum(column, type_=Float()), edm)
    whole = edm in (Edm.INT32, Edm.INT64)
    if isinstance(column.type, Exact):
        return Aggregated(exact_sum(column, dialect), Edm.INT64 if whole else Edm.DECIMAL)
    if whole:
        return Aggregated(_whole_sum(column, dialect), Edm.INT64)
    if dialect == "sqlite" and bool(getattr(column.type, "integer_scale", None)):
        digits: int = getattr(column.type, "precision", None) or WIDE
        added = func.sum(column, type_=column.type) if digits < WIDE else _wide_sum(column)
        return Aggregated(added, Edm.DECIMAL)
    return Aggregated(exact_sum(exact(dialect, column), dialect), Edm.DECIMAL)


def _whole_sum(column: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    """The sum of whole numbers, which for those of 64 bits may need more."""
    if isinstance(column.type, BigInteger):
        return func.sum(column, type_=Exact()) if dialect == "postgresql" else _wide_sum(column)
    whole = func.sum(column, type_=BigInteger())
    return cast(whole, BigInteger) if dialect == "postgresql" else whole


def _wide_sum(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The sum on SQLite, whose own stops at 64 bits, of integers: that of their halves, put together."""
    mask: ColumnElement[Any] = literal_column(str(2**HALF - 1))
    high, low = column.op(">>")(literal_column(str(HALF))), column.op("&")(mask)
    places: ColumnElement[Any] = literal_column(str(getattr(column.type, "integer_scale", 0)))
    return ordered("sqlite", func.odata_wide(func.sum(high), func.sum(low), places, type_=Exact()))


def exact_sum(number: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    if dialect == "postgresql":
        return func.sum(number, type_=Exact())
    return ordered(dialect, func.odata_sum(number, type_=Exact()))


def mean(added: ColumnElement[Any], number: ColumnElement[Any], edm: Edm, dialect: str) -> Aggregated:
    """The average, given the sum and how many values it has; null where there are none."""
    if edm is Edm.DOUBLE:
        return Aggregated(added / func.nullif(number, 0), edm)
    return Aggregated(calculate(dialect, "divby", added, number), Edm.DECIMAL)
