"""`cast` and `isof` with primitive types (URL Conventions 4.01, 5.1.1.9): which there are, and their SQL.

A number that a type does not have becomes null.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Text,
    Time,
    case,
    cast,
    func,
    literal_column,
    true,
)

from odata import ast
from odata.calculation import calculate, exact
from odata.errors import NotSupported, TypeMismatch
from odata.sql_types import Moment, TimeOfDay
from odata.types import Edm


class Target(NamedTuple):
    """A type to cast to: what it is to the engine, and the least and the greatest number of a whole one."""

    type: Edm
    bounds: tuple[int, int] | None = None


def _whole(edm: Edm, bits: int) -> Target:
    return Target(edm, (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1))


_BY_NAME = {edm.value: Target(edm) for edm in Edm if edm is not Edm.NULL} | {
    "Edm.Int64": _whole(Edm.INT64, 64),
    "Edm.Int32": _whole(Edm.INT32, 32),
    "Edm.Int16": _whole(Edm.INT32, 16),
    "Edm.SByte": _whole(Edm.INT32, 8),
    "Edm.Byte": Target(Edm.INT32, (0, 255)),
}
_WHOLE = (Edm.INT32, Edm.INT64)
_SPELLED = (Edm.GUID, Edm.BOOLEAN, Edm.DATE, Edm.DATETIME, Edm.TIME)
_ALLOWED = {
    Edm.STRING: (Edm.STRING, Edm.DECIMAL, *_WHOLE, *_SPELLED),
    Edm.DECIMAL: (Edm.DECIMAL, *_WHOLE),
    Edm.INT32: (Edm.DECIMAL, *_WHOLE),
    Edm.INT64: (Edm.DECIMAL, *_WHOLE),
    Edm.DATE: (Edm.DATE, Edm.DATETIME),
    Edm.DATETIME: (Edm.DATETIME, Edm.DATE),
    Edm.TIME: (Edm.TIME, Edm.DATETIME),
}


def type_named(node: ast.TypeName, position: int) -> Target:
    """The primitive type of that name.

    Raises:
        NotSupported: it is a collection, or no primitive type that is known here.
    """
    name = ".".join((*node.name.namespace, node.name.name))
    found = _BY_NAME.get(name)
    if found is None or node.collection:
        raise NotSupported(
            f"'{name}' at position {position} is no type to cast to or to ask for here; "
            "primitive types such as Edm.String and Edm.Decimal are.",
            position=position,
        )
    return found


def holds(given: Edm, bounds: tuple[int, int]) -> bool:
    """Whether every stored number of the type `given` is within the bounds."""
    own = _BY_NAME[given.value].bounds
    return own is not None and bounds[0] <= own[0] and own[1] <= bounds[1]


def check_cast(given: Edm, wanted: Edm, position: int) -> None:
    """Raises TypeMismatch or NotSupported where a cast has no meaning, or has none here."""
    if given is wanted or given is Edm.NULL or given in _ALLOWED.get(wanted, ()):
        return
    text = f"A cast from {given.value} to {wanted.value} (at position {position})"
    if given is Edm.STRING or Edm.DOUBLE in (given, wanted) or Edm.DURATION in (given, wanted):
        raise NotSupported(f"{text} is not supported.", position=position)
    raise TypeMismatch(f"{text} has no meaning.", position=position)


def conversion(dialect: str, value: ColumnElement[Any], given: Edm, wanted: Edm) -> ColumnElement[Any]:
    """The SQL of a cast that `check_cast` allows."""
    if given is wanted:
        return value
    if wanted in _WHOLE:
        return calculate(dialect, "trunc", value) if given is Edm.DECIMAL else value
    if wanted is Edm.DECIMAL:
        return exact(dialect, value)
    if wanted is Edm.STRING:
        return _spelled(dialect, value, given)
    return _SQLITE_PARTS[wanted](value) if dialect == "sqlite" else cast(value, _POSTGRESQL_PARTS[wanted])


_SQLITE_PARTS: dict[Edm, Any] = {
    Edm.DATE: lambda value: func.substr(value, 1, 10, type_=Text()),
    Edm.DATETIME: lambda value: value.op("||", return_type=Moment())(literal_column("'T00:00:00'")),
    Edm.TIME: lambda value: func.substr(value, 12, type_=TimeOfDay()),
}
_POSTGRESQL_PARTS: dict[Edm, Any] = {Edm.DATE: Date(), Edm.DATETIME: DateTime(), Edm.TIME: Time()}


def _spelled(dialect: str, value: ColumnElement[Any], given: Edm) -> ColumnElement[Any]:
    """A value as a literal of its type is written, numbers in their shortest form."""
    if given is Edm.BOOLEAN:
        return case(
            (value == true(), literal_column("'true'", Text())),
            (value.is_not(None), literal_column("'false'", Text())),
        )
    if given is Edm.DECIMAL:
        number = exact(dialect, value)
        return cast(func.trim_scale(number) if dialect == "postgresql" else number, Text())
    if given is Edm.DATETIME:
        if dialect == "postgresql":
            value = func.to_char(value, literal_column("""'YYYY-MM-DD"T"HH24:MI:SS.US'"""), type_=Text())
            value = func.regexp_replace(
                value, literal_column(r"'\.?0+$'"), literal_column("''"), type_=Text()
            )
        return value.op("||", return_type=Text())(literal_column("'Z'"))
    if given in _WHOLE and dialect == "postgresql":
        value = cast(value, Integer()) if given is Edm.INT32 else value
    return cast(value, Text())
