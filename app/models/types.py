"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import decimal
import re
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Numeric, String, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_guid(text: str) -> bool:
    """Whether an id from outside can be compared with a row's at all."""
    return GUID.fullmatch(text) is not None


class Guid(TypeDecorator[str]):
    """A GUID, in Python always its 36-character lower-case text: what every door prints."""

    impl = String(36)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID(as_uuid=False))
        return dialect.type_descriptor(String(36))

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(value)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment in UTC to the millisecond, in Python an aware datetime.

    SQLite keeps it as text with the fraction's trailing zeros trimmed, so that text order is time order and
    the stored text is already what the doors print.
    """

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[dt.datetime]:
        return dt.datetime

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=False))
        return dialect.type_descriptor(String(23))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        value = value.astimezone(dt.UTC).replace(tzinfo=None)
        value = value.replace(microsecond=value.microsecond // 1000 * 1000)
        return value if dialect.name == "postgresql" else utc_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
        return moment.replace(tzinfo=dt.UTC)


def utc_text(moment: dt.datetime) -> str:
    """A UTC moment as the doors print it: no offset, 0 to 3 fractional digits.

    >>> utc_text(dt.datetime(2017, 9, 23, 14, 0, 0, 250_000))
    '2017-09-23T14:00:00.25'
    """
    text = moment.replace(tzinfo=None).isoformat(timespec="milliseconds")
    return text.rstrip("0").rstrip(".") if "." in text and text.endswith("0") else text


class ExactDecimal(TypeDecorator[decimal.Decimal]):
    """A decimal that no float ever touches: NUMERIC on PostgreSQL, an integer of its smallest unit on SQLite.

    SQLite compares an INTEGER with a REAL exactly, so a literal finer than the column's scale still compares
    as it should.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        super().__init__(precision, scale)
        self.precision = precision
        self.scale = scale
        self.integer_scale = scale
        """Tells the query engine that SQLite's values are integers of this many decimal places."""

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric(self.precision, self.scale))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: decimal.Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        scaled = decimal.Decimal(value).scaleb(self.scale)
        whole = int(scaled)
        return whole if whole == scaled and abs(whole) < 2**63 else float(scaled)

    def process_result_value(self, value: Any, dialect: Dialect) -> decimal.Decimal | None:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return decimal.Decimal(value)
        return decimal.Decimal(value).scaleb(-self.scale)


CENTS = ExactDecimal(14, 2)
"""An amount of money."""


class PlainText(TypeDecorator[str]):
    """Text that compares and sorts by code point on both databases."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Text(collation="C"))
        return dialect.type_descriptor(Text())
