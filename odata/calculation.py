"""The SQL of exact calculation with numbers, moments and durations.

A calculated number is NUMERIC on PostgreSQL and a text on SQLite (`odata.exact`); a duration is a number of
microseconds. Nothing overflows and nothing is rounded but quotients, which are so on both databases alike.
A division by zero, and a moment outside the years 0001 to 9999, is null.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, Integer, Text, cast, extract, func, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import Function

from odata.exact import ORDER, QUOTIENT_PLACES
from odata.sql_types import Exact, Moment
from odata.types import Edm

Number = ColumnElement[Any]


class Collated(ColumnElement[Any]):
    """A value on SQLite with the collation that it is compared by."""

    inherit_cache = False

    def __init__(self, inner: ColumnElement[Any], collation: str = ORDER) -> None:
        self.inner = inner
        self.collation = collation
        self.type = inner.type


@compiles(Collated)
def _write_collated(element: Collated, compiler: Any, **kwargs: Any) -> str:
    written = compiler.process(element.inner, **kwargs)
    # SQLite's parser counts brackets, and few fit on its stack: only an operator needs them.
    return f"{written if isinstance(element.inner, Function) else f'({written})'} COLLATE {element.collation}"


_CUT: Number = literal_column(str(10 ** (QUOTIENT_PLACES + 1)))
_UNCUT: Number = literal_column(f"0.{'0' * QUOTIENT_PLACES}1")


def _infix(sign: str) -> Callable[[Number, Number], Number]:
    return lambda left, right: left.op(sign, return_type=Exact())(right)


def _quotient(left: Number, right: Number) -> Number:
    # div() cuts off after the digit behind the last that is kept, exactly; numeric's own / rounds where it likes.
    cut = func.div(_infix("*")(left, _CUT), _unless_zero(right), type_=Exact())
    return func.round(_infix("*")(cut, _UNCUT), literal_column(str(QUOTIENT_PLACES)), type_=Exact())


def _unless_zero(number: Number) -> Number:
    return func.nullif(number, literal_column("0"), type_=Exact())


_POSTGRESQL: dict[str, Callable[..., Number]] = {
    "add": _infix("+"),
    "sub": _infix("-"),
    "mul": _infix("*"),
    "div": lambda left, right: func.div(left, _unless_zero(right), type_=Exact()),
    "divby": _quotient,
    "mod": lambda left, right: func.mod(left, _unless_zero(right), type_=Exact()),
    "neg": lambda number: _infix("-")(literal_column("0"), number),
    "floor": lambda number: func.floor(number, type_=Exact()),
    "ceiling": lambda number: func.ceil(number, type_=Exact()),
    "round": lambda number: func.round(number, type_=Exact()),
    "trunc": lambda number: func.trunc(number, type_=Exact()),
}


def exact(dialect: str, value: ColumnElement[Any]) -> Number:
    """A stored or bound number as a calculated one."""
    if isinstance(value.type, Exact):
        return value
    if dialect == "postgresql":
        return cast(value, Exact())
    places: Number = literal_column(str(getattr(value.type, "integer_scale", 0)))
    return Collated(func.odata_number(value, places, type_=Exact()))


def calculate(dialect: str, operator: str, *operands: ColumnElement[Any]) -> Number:
    """The result of an operator or a rounding function over numbers of any kind."""
    if dialect == "postgresql":
        return _POSTGRESQL[operator](*(exact(dialect, operand) for operand in operands))
    return Collated(getattr(func, f"odata_{operator}")(*map(_plain, operands), type_=Exact()))


def _plain(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """What a function on SQLite is given: a collation means nothing to it, and most numbers need no conversion."""
    value = value if getattr(value.type, "integer_scale", 0) == 0 else exact("sqlite", value)
    return value.inner if isinstance(value, Collated) else value


def ordered(dialect: str, number: ColumnElement[Any]) -> Number:
    """A calculated number that lost its collation on the way through SQL of another kind."""
    return Collated(number) if dialect == "sqlite" else number


# OFFSET 0, here and below, keeps the planner from writing the inner expression out wherever it is used.
_CLAMPED = (
    "(SELECT CAST(CASE WHEN s.n < 0 THEN 0 WHEN s.n > {most} THEN {most} ELSE s.n END AS integer)"
    " FROM (SELECT {number} AS n OFFSET 0) AS s)"
)
_BOUNDED = (
    "(SELECT CASE WHEN s.n BETWEEN {least} AND {most} THEN s.n END FROM (SELECT {number} AS n OFFSET 0) AS s)"
)


class _Within(ColumnElement[Any]):
    """A number, or null where it is not within bounds; it is written once, though it is needed twice."""

    inherit_cache = False

    def __init__(self, number: Number, least: int, most: int) -> None:
        self.number = number
        self.least = least
        self.most = most
        self.type = number.type


@compiles(_Within)
def _write_within(element: _Within, compiler: Any, **kwargs: Any) -> str:
    number = compiler.process(element.number, **kwargs)
    return _BOUNDED.format(least=element.least, most=element.most, number=number)


class _Clamped(ColumnElement[int]):
    """A number as an integer from 0 to `most`; what is beyond becomes the nearer of the two."""

    inherit_cache = False
    type = Integer()

    def __init__(self, number: ColumnElement[Any], most: int) -> None:
        self.number = number
        self.most = most


@compiles(_Clamped)
def _write_clamped(element: _Clamped, compiler: Any, **kwargs: Any) -> str:
    return _CLAMPED.format(most=element.most, number=compiler.process(element.number, **kwargs))


def clamped(number: ColumnElement[Any], most: int) -> ColumnElement[int]:
    """On PostgreSQL, whose greatest() and least() pass over null: the number, brought within 0 and `most`."""
    return _Clamped(number, most)


def within(dialect: str, number: ColumnElement[Any], least: int, most: int) -> ColumnElement[Any]:
    """The number, or null where it is less than `least` or greater than `most`."""
    if dialect == "postgresql":
        return _Within(number, least, most)
    bounds: list[ColumnElement[Any]] = [literal_column(str(bound)) for bound in (least, most)]
    return Collated(func.odata_within(_plain(number), *bounds, type_=Exact()))


# Moments


class _Shifted(ColumnElement[Any]):
    """A moment moved by microseconds; both are written once, though they are needed several times."""

    inherit_cache = False
    type = Moment()

    def __init__(self, moment: ColumnElement[Any], microseconds: Number) -> None:
        self.moment = moment
        self.microseconds = microseconds


_FIRST, _LAST = -62135596800_000_000, 253402300799_999_999  # 0001-01-01 and the end of 9999, from 1970 on
_SHIFT = """(SELECT CASE WHEN s.u + extract(epoch FROM s.m) * 1000000 BETWEEN {first} AND {last} THEN s.m
 + make_interval(days => CAST(div(s.u, 86400000000) AS integer))
 + CAST(mod(s.u, 86400000000) AS double precision) * interval '1 microsecond'
 END FROM (SELECT {moment} AS m, round({microseconds}) AS u OFFSET 0) AS s)"""


@compiles(_Shifted)
def _write_shifted(element: _Shifted, compiler: Any, **kwargs: Any) -> str:
    return _SHIFT.format(
        first=_FIRST,
        last=_LAST,
        moment=compiler.process(element.moment, **kwargs),
        microseconds=compiler.process(element.microseconds, **kwargs),
    )


def shifted(
    dialect: str, moment: ColumnElement[Any], duration: ColumnElement[Any], to: Edm
) -> ColumnElement[Any]:
    """A moment, or a date, moved by a duration; a date by its whole days."""
    if dialect == "sqlite":
        moved: ColumnElement[Any] = func.odata_shift(_plain(moment), _plain(duration), type_=Moment())
        return func.substr(moved, 1, 10, type_=Text()) if to is Edm.DATE else moved
    moved = _Shifted(cast(moment, DateTime()), exact(dialect, duration))
    return cast(moved, Date()) if to is Edm.DATE else moved


def between(dialect: str, later: ColumnElement[Any], earlier: ColumnElement[Any]) -> Number:
    """The duration from one moment or date to another."""
    if dialect == "sqlite":
        return Collated(func.odata_between(_plain(later), _plain(earlier), type_=Exact()))
    length = cast(later, DateTime()) - cast(earlier, DateTime())
    return calculate(dialect, "mul", cast(extract("epoch", length), Exact()), literal_column("1000000"))
