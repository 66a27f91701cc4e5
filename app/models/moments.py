"""Due dates, and this day as SQL has it, comparable with a `UtcDateTime` column on both databases."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.models.types import UtcDateTime


def is_past_due(due_date: ColumnElement[dt.datetime]) -> ColumnElement[bool]:
    """Whether the day on which something was due is over, in UTC. Its time says nothing: a client that knows a day
    alone sends it with some zone's midnight."""
    return due_date < utc_today()


class utc_today(FunctionElement[dt.datetime]):  # noqa: N801 - read like the SQL function that it is
    """The midnight in UTC that this day began with."""

    type = UtcDateTime()
    inherit_cache = True


class whole_days(FunctionElement[int]):  # noqa: N801 - read like the SQL function that it is
    """How many days lie between two moments' days, in UTC."""

    type = Integer()
    inherit_cache = True


@compiles(utc_today, "sqlite")
def _on_sqlite(element: utc_today, compiler: Any, **kwargs: Any) -> str:
    return "strftime('%Y-%m-%dT00:00:00', 'now')"


@compiles(utc_today, "postgresql")
def _on_postgresql(element: utc_today, compiler: Any, **kwargs: Any) -> str:
    return "date_trunc('day', localtimestamp)"  # every connection's zone is UTC


@compiles(whole_days, "sqlite")
def _days_on_sqlite(element: whole_days, compiler: Any, **kwargs: Any) -> str:
    begin, end = (compiler.process(moment, **kwargs) for moment in element.clauses)
    return f"CAST(julianday(date({end})) - julianday(date({begin})) AS INTEGER)"


@compiles(whole_days, "postgresql")
def _days_on_postgresql(element: whole_days, compiler: Any, **kwargs: Any) -> str:
    begin, end = (compiler.process(moment, **kwargs) for moment in element.clauses)
    return f"(CAST({end} AS date) - CAST({begin} AS date))"
