"""topcount, bottomsum and the like: the rows with the highest or lowest values (Data Aggregation 4.0, 3.3.1).

Of sums and percentages just as many rows are taken as reach the limit.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, bindparam, func, literal_column

from odata import ast
from odata.aggregates import check, total
from odata.calculation import calculate, exact
from odata.errors import InvalidOption, NotSupported
from odata.rows import Rows
from odata.sql_types import Exact
from odata.stages import Stage, Workshop
from odata.transformations import Best
from odata.typed import Slot
from odata.types import LONGEST_DECIMAL, Edm

MOST_ROWS = 2**31
"""More than any set has."""


def best(shop: Workshop, rows: Rows, node: Best) -> Rows:
    """The rows that are wanted, of each group by itself.

    Raises:
        ODataError: the limit is no number of the right kind, or the values cannot be sorted or added.
    """
    limit = _limit(shop, node)
    stage = Stage(shop, rows)
    bound = stage.bind(node.by).expression()
    value = stage.sql(bound)
    first = stage.sorted(value, node.name.startswith("top"))
    if node.name.endswith("count"):
        rank = shop.fresh()
        ranked = stage.extended([stage.rank(first).label(rank)], {})
        outer = Stage(shop, ranked)
        return outer.kept(outer.base.c[rank] <= limit)
    check("sum", bound.type, node.position)
    if bound.type is Edm.DOUBLE:
        raise NotSupported(f"'{node.name}' takes exact numbers only.", position=node.position)
    partition = stage.partition() or None
    added = _sum(value, bound.type, shop.dialect)
    # Up to and with each row: a frame without rows is more than Python's binding of SQLite survives.
    so_far = added.over(partition_by=partition, order_by=[first, *stage.order()], rows=(None, 0))
    names = [shop.fresh(), shop.fresh(), shop.fresh()]
    values = [so_far, value, added.over(partition_by=partition)]
    columns: list[ColumnElement[Any]] = [
        exact(shop.dialect, column).label(name) for column, name in zip(values, names, strict=True)
    ]
    outer = Stage(shop, stage.extended(columns, {}))
    so_far, own, everything = (outer.base.c[name] for name in names)
    return outer.kept(_is_needed(shop.dialect, node.name, limit, so_far, own, everything))


def _is_needed(
    dialect: str,
    name: str,
    limit: ColumnElement[Any],
    so_far: ColumnElement[Any],
    own: ColumnElement[Any],
    everything: ColumnElement[Any],
) -> ColumnElement[bool]:
    """Whether the rows before this one did not reach the limit yet."""
    nothing = exact(dialect, literal_column("0", type_=BigInteger()))
    before = calculate(dialect, "sub", _or(so_far, nothing), _or(own, nothing))
    wanted = exact(dialect, limit)
    if name.endswith("percent"):
        wanted = calculate(dialect, "mul", _or(everything, nothing), wanted)
        before = calculate(dialect, "mul", before, literal_column("100", type_=BigInteger()))
    return calculate(dialect, "sub", wanted, before) > nothing


def _or(value: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(value, other, type_=Exact())


def _sum(value: ColumnElement[Any], edm: Edm, dialect: str) -> Any:
    """The sum as a function that a window can be put behind."""
    if dialect == "sqlite":
        return func.odata_running_sum(exact(dialect, value))
    found: Any = total(value, edm, dialect).value
    return getattr(found, "clause", found) if edm in (Edm.INT32, Edm.INT64) else found


def _limit(shop: Workshop, node: Best) -> ColumnElement[Any]:
    """The first argument as SQL: a number in the statement, or what a parameter alias brings with each request."""
    position = node.limit.positions.get(id(node.limit.root), 0)
    parsed, name = node.limit, None
    if isinstance(node.limit.root, ast.ParameterAlias):
        name = node.limit.root.name
        parsed = shop.aliases.parsed(name, position)
    number: Any = parsed.root
    if not isinstance(number, ast.Integer | ast.Float):
        raise NotSupported(
            f"The first argument of '{node.name}' must be a number (at position {position}).",
            position=position,
        )
    read = _whole if node.name.endswith("count") else _positive
    if name is not None:
        slot = Slot(shop.fresh(), Edm.DECIMAL, parsed.ordinals[id(number)], read, source=f"@{name}")
        shop.slots.append(slot)
        return bindparam(slot.key, type_=BigInteger() if read is _whole else Exact())
    try:
        value = read(number.val)
    except ValueError as error:
        raise InvalidOption(
            f"The first argument of '{node.name}' {error} (at position {position}).", position=position
        ) from None
    # As text on SQLite, so that no digit is lost.
    return literal_column(str(value) if read is _whole else f"'{value:f}'")


def _whole(text: str) -> int:
    if not text.lstrip("+").isdigit():
        raise ValueError("must be a whole number that is not negative")
    return min(int(_positive(text)), MOST_ROWS)


def _positive(text: str) -> Decimal:
    value = Decimal(text) if text not in ("INF", "-INF", "NaN") else Decimal(-1)
    if value < 0 or len(text) > LONGEST_DECIMAL:
        raise ValueError("must be a number that is not negative")
    if abs(value.adjusted()) > LONGEST_DECIMAL:
        raise ValueError("is too large or too small")
    return value
