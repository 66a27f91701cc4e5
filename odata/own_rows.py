"""Whether a value or a condition is worked out from a row itself: what comes from other rows or from the clock changes
without the row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, FromClause
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import iterate

from odata.typed import NOW


def is_of_row(table: FromClause, expression: ColumnElement[Any]) -> bool:
    """Whether an expression over a row of `table` is the same while the row is unchanged.

    A function without arguments is the clock; a column of another table is another row's.
    """
    for part in iterate(expression):
        if isinstance(part, FunctionElement) and not part.clauses.clauses:
            return False
        if isinstance(part, BindParameter) and part.key == NOW:
            return False
        if isinstance(part, Column) and part.table is not table:
            return False
    return True
