"""The sort order as SQL, and where a page goes on in it: the condition for the rows that come after one.

The condition is written so that an index on the sort keys leads straight to the first of them:
`k >= v AND (k > v OR …)` rather than an OR at the top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Double,
    Numeric,
    Text,
    Time,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP
from sqlalchemy.types import NullType, TypeEngine

from odata.nullability import is_nullable
from odata.plans import KEYS
from odata.predicates import Predicates
from odata.sql_types import Exact
from odata.typed import Order
from odata.types import Edm

ON_POSTGRESQL: dict[Edm, TypeEngine[Any]] = {
    Edm.STRING: Text(),
    Edm.GUID: Uuid(as_uuid=False),
    Edm.BOOLEAN: Boolean(),
    Edm.INT32: BigInteger(),
    Edm.INT64: BigInteger(),
    Edm.DECIMAL: Numeric(),
    Edm.DOUBLE: Double(),
    Edm.DATE: Date(),
    Edm.TIME: Time(),
    Edm.DATETIME: TIMESTAMP(),
}
"""What the text of a sort key's value is cast back to."""


@dataclass(frozen=True)
class SortKey:
    """One key of a sort order, as SQL.

    Args:
        edm: its type; None for the column of the key, which has a type of its own.
        nullable: whether it may be null. Nulls are lowest.
    """

    value: ColumnElement[Any]
    descending: bool
    nullable: bool
    edm: Edm | None = None

    def clause(self, dialect: str) -> ColumnElement[Any]:
        """The key in an ORDER BY."""
        key = self.value.desc() if self.descending else self.value.asc()
        if self.nullable and dialect == "postgresql":
            # Nulls count as lowest, as SQLite has it. Written out only where needed: it defeats an index.
            key = key.nulls_last() if self.descending else key.nulls_first()
        return key

    def shown(self, dialect: str) -> ColumnElement[Any]:
        """The column by which a page remembers where it ended.

        PostgreSQL writes it as text, which keeps every digit; SQLite's own values keep theirs.
        """
        return cast(self.value, Text()) if dialect == "postgresql" else self.value

    def remembered(self, name: str, dialect: str) -> ColumnElement[Any]:
        """The value that a request brings."""
        parameter = bindparam(name, type_=Text())  # which SQLite's driver takes as it is, numbers too
        if dialect != "postgresql":
            return parameter
        kind = self.value.type
        if self.edm is not None and not isinstance(
            kind, Exact
        ):  # a whole number that is calculated may be larger
            kind = ON_POSTGRESQL.get(self.edm, kind)
        # The key of a group is its number, and has no type of its own.
        return cast(parameter, BigInteger() if isinstance(kind, NullType) else kind)

    def after(
        self,
        name: str,
        is_null: bool,
        then: ColumnElement[bool] | None,
        dialect: str,
        whole: ColumnElement[Any] | None = None,
    ) -> Any:
        """The condition that a row comes after the remembered one.

        Args:
            name: of the parameter that brings the remembered value.
            is_null: whether that value is null.
            then: the condition where both have the same value here; None where no key follows.
            whole: the remembered row's value, where the parameter has only its beginning. That still serves
                when the row is gone.
        """
        key = self.value
        if is_null:
            return key.is_(None) & then if self.descending else or_(key.is_not(None), then)  # type: ignore[arg-type]
        remembered = self.remembered(name, dialect)
        if whole is not None:
            remembered = func.coalesce(whole, remembered)
        beyond = key < remembered if self.descending else key > remembered
        if then is not None:
            bound = key <= remembered if self.descending else key >= remembered
            beyond = and_(bound, or_(beyond, then))
        return or_(key.is_(None), beyond) if self.descending and self.nullable else beyond


def sort_keys(orders: Sequence[Order], predicates: Predicates) -> list[SortKey]:
    """The keys of an order that is bound."""
    return [
        SortKey(
            predicates.value(order.expression),
            order.descending,
            is_nullable(order.expression),
            order.expression.type,
        )
        for order in orders
    ]


def parameter_name(index: int) -> str:
    return f"after{index}"


def is_remembered(key: SortKey, index: int, dialect: str) -> ColumnElement[bool]:
    """Whether a row is the one that is remembered; `key` is the unique one, at that place of the sort order."""
    return key.value == key.remembered(parameter_name(index), dialect)


def is_among(column: ColumnElement[Any], dialect: str) -> ColumnElement[bool]:
    """Whether a column has one of the keys that the request brings, all in one parameter, so that the statement
    does not change with their number."""
    if dialect == "postgresql":
        return column == any_(bindparam(KEYS, type_=ARRAY(column.type)))
    keys = func.json_each(bindparam(KEYS, type_=Text())).table_valued("value")
    return column.in_(select(keys.c.value))


def rows_after(
    keys: Sequence[SortKey],
    nulls: Sequence[bool],
    dialect: str,
    wholes: Mapping[int, ColumnElement[Any]],
) -> ColumnElement[bool]:
    """The condition for the rows that come after a remembered one.

    Args:
        keys: of the sort order; the last is unique and never null.
        nulls: for each key, whether its remembered value is null.
        wholes: the remembered values that the request brings only the beginning of, by their key's index.
    """
    condition: ColumnElement[bool] | None = None
    for index in reversed(range(len(keys))):
        condition = keys[index].after(
            parameter_name(index), nulls[index], condition, dialect, wholes.get(index)
        )
    if condition is None:
        raise ValueError("a sort order has at least the key")
    return condition
