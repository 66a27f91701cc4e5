"""The SQL types of parameters and of calculated values: what the drivers are given for a Python value."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, Numeric, Text, Time, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine

from odata.exact import moment_text, written


class Exact(TypeDecorator[Decimal]):
    """A calculated number: NUMERIC, and on SQLite the text of a number (see `odata.exact`)."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        return written(Decimal(value)) if dialect.name == "sqlite" else Decimal(value)


class Scaled(TypeDecorator[Decimal]):
    """A number beside a column that SQLite keeps as an integer of its smallest unit.

    Args:
        places: how many decimal places that unit has. SQLite compares an integer with a float exactly.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, places: int = 0) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value if value is None else Decimal(value)
        scaled = Decimal(value).scaleb(self.places)
        if not -(2**63) <= scaled < 2**63:
            return math.copysign(
                math.inf, scaled
            )  # a float might be rounded to the last integer that there is
        return int(scaled) if scaled == scaled.to_integral_value() else float(scaled)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        # Text's parameters go to SQLite's driver as they are; Numeric's would become floats.
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Numeric())


class Key(TypeDecorator[str]):
    """A GUID that stands beside no column: text, which PostgreSQL compares with its own kind only."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Uuid(as_uuid=False))


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC: a timestamp without zone, and on SQLite text to the microsecond that sorts as time does."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime())

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        value = value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
        return moment_text(value) if dialect.name == "sqlite" else value


class TimeOfDay(TypeDecorator[dt.time]):
    """A time of day: text on SQLite, the end of a moment's."""

    impl = Time
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Time())

    def process_bind_param(self, value: dt.time | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        text = value.isoformat()
        return text.rstrip("0") if "." in text else text
