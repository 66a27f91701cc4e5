"""Values worked out over the rows that name another row: the one place that minds the firm and what is deleted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, select


def over(
    rows: FromClause,
    column: str,
    owner: FromClause,
    value: ColumnElement[Any],
    *conditions: ColumnElement[bool],
) -> ColumnElement[Any]:
    """A value over the rows whose `column` holds the owner's id, as a scalar subquery.

    Args:
        rows: the table, under an alias of its own.
        value: an aggregate of its columns.
    """
    # Tied to the owner's row however deep in a query the value is asked for; SQLAlchemy by itself looks one
    # level up, and further down would read every firm's rows.
    mine = (rows.c.firm_id == owner.c.firm_id, rows.c[column] == owner.c.id, rows.c.deleted_at.is_(None))
    return select(value).select_from(rows).where(*mine, *conditions).correlate_except(rows).scalar_subquery()
