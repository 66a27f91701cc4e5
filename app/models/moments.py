"""This moment, as SQL has it, comparable with a `UtcDateTime` column on both databases."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.models.types import UtcDateTime


class utc_now(FunctionElement[dt.datetime]):  # noqa: N801 - read like the SQL function that it is
    """This moment in UTC."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(utc_now, "sqlite")
def _on_sqlite(element: utc_now, compiler: Any, **kwargs: Any) -> str:
    return "strftime('%Y-%m-%dT%H:%M:%f', 'now')"


@compiles(utc_now, "postgresql")
def _on_postgresql(element: utc_now, compiler: Any, **kwargs: Any) -> str:
    return "localtimestamp"  # every connection's zone is UTC
