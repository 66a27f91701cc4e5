"""Why a single matter cannot be read: that it excludes the caller is told at every door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g
from sqlalchemy import FromClause

from app.auth import Caller
from app.errors import Forbidden
from app.extensions import database
from app.services.exclusions import EXCLUDED, exclusion
from app.services.sight import MATTERS
from odata.drivers import executor
from odata.statement import compile_statement, dialect_for


def refuse_if_excluded(caller: Caller, table: FromClause, wanted: Mapping[str, Any]) -> None:
    """
    Args:
        table: of the object that was looked for and not found; wanted: what names it, such as `id` or `number`.

    Raises:
        Forbidden: it is a matter that excludes the caller.
    """
    if caller.sight is None or table is not MATTERS or not wanted.keys() <= set(MATTERS.c.keys()):
        return
    asked = compile_statement(exclusion(caller, wanted), dialect_for(database().name))
    if executor(g.reader)(asked, {}):
        raise Forbidden(EXCLUDED)
