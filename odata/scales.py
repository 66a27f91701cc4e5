"""What numbers on SQLite need before they are compared: a collation, or the same unit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, literal_column

from odata.calculation import Collated, exact, ordered
from odata.sql_types import Exact


def sortable(dialect: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
    """A value beside which another is bound: a literal that stands for a calculated number is compared as one."""
    is_bare = isinstance(value.type, Exact) and not isinstance(value, Collated)
    return ordered(dialect, value) if is_bare else value


def of_one_scale(
    dialect: str, left: ColumnElement[Any], right: ColumnElement[Any]
) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """On SQLite a decimal is an integer of its smallest unit; two of them are brought to the same unit."""
    if dialect != "sqlite":
        return left, right
    if isinstance(left.type, Exact) or isinstance(right.type, Exact):
        return exact(dialect, left), exact(dialect, right)
    scales = [getattr(side.type, "integer_scale", 0) for side in (left, right)]
    finest = max(scales)
    scaled = [
        side * literal_column(str(10 ** (finest - scale))) if scale < finest else side
        for side, scale in zip((left, right), scales, strict=True)
    ]
    return scaled[0], scaled[1]
