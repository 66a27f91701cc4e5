"""Values worked out over the rows that name another row: the one place that minds the firm and what is deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, select

Narrow: TypeAlias = Callable[[FromClause], "list[ColumnElement[bool]]"]

_narrower: ContextVar[Narrow] = ContextVar("narrower", default=lambda rows: [])


@contextmanager
def summing_only(narrow: Narrow) -> Iterator[None]:
    """Let the values that are worked out within the block leave out some rows: what a statement sums is made
    where it is composed, and nothing else there knows for whom.

    Args:
        narrow: gives the further conditions on the rows of a table.
    """
    before = _narrower.set(narrow)
    try:
        yield
    finally:
        _narrower.reset(before)


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
    among = select(value).select_from(rows).where(*mine, *conditions, *_narrower.get()(rows))
    return among.correlate_except(rows).scalar_subquery()
