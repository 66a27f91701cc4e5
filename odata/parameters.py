"""The SQL type of a slot's parameter: its own, fitted to what it stands beside."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Date, Integer, Text, cast, null
from sqlalchemy.types import NullType, TypeEngine

from odata.sql_types import Exact, Key, Moment, Scaled, TimeOfDay
from odata.typed import Slot
from odata.types import Edm

_TYPES: dict[Edm, TypeEngine[Any]] = {
    Edm.STRING: Text(),
    Edm.BOOLEAN: Boolean(),
    Edm.INT32: BigInteger(),
    Edm.INT64: BigInteger(),
    Edm.DURATION: BigInteger(),
    Edm.DECIMAL: Exact(),
    Edm.DATE: Date(),
    Edm.DATETIME: Moment(),
    Edm.TIME: TimeOfDay(),
    Edm.GUID: Key(),
}


def nothing(dialect: str, edm: Edm) -> ColumnElement[Any]:
    """Null of a type: PostgreSQL takes a null that stands alone for text. The type NULL goes with all others."""
    if dialect == "sqlite" or edm not in _TYPES:
        return null()
    return cast(null(), _TYPES[edm])


def parameter_type(slot: Slot, like: TypeEngine[Any] | None) -> TypeEngine[Any]:
    """How the slot's value is bound beside a value of the SQL type `like` (None: beside none)."""
    if slot.type.is_numeric or slot.type is Edm.DURATION:
        return _number_type(slot, like)
    if slot.type in (Edm.GUID, Edm.BOOLEAN) and like is not None and not isinstance(like, Integer | NullType):
        return like  # as the host keeps it
    return _TYPES[slot.type]


def _number_type(slot: Slot, like: TypeEngine[Any] | None) -> TypeEngine[Any]:
    places: int = getattr(like, "integer_scale", 0)
    if like is None or isinstance(like, Exact):
        return Exact() if like is not None else _TYPES[slot.type]
    if places or slot.type is Edm.DECIMAL:
        return Scaled(places)
    return BigInteger()
