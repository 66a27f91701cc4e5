"""sum, min, max, average and countdistinct as SQL, exact on both databases (Data Aggregation 4.0, 3.2.1).

Sums of what SQLite keeps as integers stay such integers; every other decimal is added as `odata.exact` has it.
An average is a quotient, rounded as all quotients are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Float, cast, func

from odata.calculation import calculate, exact, ordered
from odata.errors import TypeMismatch
from odata.sql_types import Exact
from odata.types import Edm

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
    if method == "countdistinct" or edm.is_numeric or (method in ("min", "max") and edm in SORTED):
        return
    raise TypeMismatch(
        f"'{method}' at position {position} does not take values of the type {edm.value}.", position=position
    )


def total(column: ColumnElement[Any], edm: Edm, dialect: str) -> Aggregated:
    """The sum; of whole numbers a whole number."""
    if edm is Edm.DOUBLE:
        return Aggregated(func.sum(column, type_=Float()), edm)
    if isinstance(column.type, Exact):
        return Aggregated(exact_sum(column, dialect), Edm.DECIMAL)
    if edm in (Edm.INT32, Edm.INT64):
        whole = func.sum(column, type_=BigInteger())
        return Aggregated(cast(whole, BigInteger) if dialect == "postgresql" else whole, Edm.INT64)
    if dialect == "sqlite" and bool(getattr(column.type, "integer_scale", None)):
        return Aggregated(func.sum(column, type_=column.type), Edm.DECIMAL)
    return Aggregated(exact_sum(exact(dialect, column), dialect), Edm.DECIMAL)


def exact_sum(number: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    if dialect == "postgresql":
        return func.sum(number, type_=Exact())
    return ordered(dialect, func.odata_sum(number, type_=Exact()))


def mean(added: ColumnElement[Any], number: ColumnElement[Any], edm: Edm, dialect: str) -> Aggregated:
    """The average, given the sum and how many values it has; null where there are none."""
    if edm is Edm.DOUBLE:
        return Aggregated(added / func.nullif(number, 0), edm)
    return Aggregated(calculate(dialect, "divby", added, number), Edm.DECIMAL)
