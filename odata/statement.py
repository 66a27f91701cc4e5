"""A compiled statement: SQL text for the driver, and how its parameters are made from a request's values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg as postgresql


def dialect_for(name: str) -> Dialect:
    """The dialect that statements are compiled for: positional parameters, as the drivers want them."""
    if name == "sqlite":
        return sqlite.dialect(paramstyle="qmark")
    return postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with positional parameters.

    Args:
        sql: the text.
        binds: for each position the parameter's name, how its value is prepared for the driver (None: as it
            is), and the value it has unless the request brings one.
    """

    sql: str
    binds: tuple[tuple[str, Any, Any], ...]

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        """The parameters in order, from the request's values by name."""
        found = []
        for name, prepare, default in self.binds:
            value = values.get(name, default)
            found.append(value if prepare is None else prepare(value))
        return found


def compile_statement(select: Select[Any], dialect: Dialect) -> Statement:
    """Compile once what will run many times."""
    compiled: Any = select.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    binds = []
    for name in compiled.positiontup or ():
        parameter = compiled.binds[name]
        prepare = parameter.type.dialect_impl(dialect).bind_processor(dialect)
        binds.append((name, prepare, parameter.value))
    return Statement(str(compiled), tuple(binds))
