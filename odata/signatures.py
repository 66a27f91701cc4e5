"""What a canonical function is: its operands' types, its result's type, and its SQL on each database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal_column

from odata.types import Edm

Sql = Callable[..., ColumnElement[Any]]

ZERO: ColumnElement[int] = literal_column("0")
"""Written into the statement: a parameter for it would be one more value to send each time."""


@dataclass(frozen=True)
class Function:
    """A canonical function, or one of several of the same name that take other types.

    Args:
        takes: the types of its operands. A decimal comes as a calculated number (see `odata.calculation`).
        sql: one entry a database.
        optional: how many operands at the end may be left out.
        nullable: whether it can be null though no operand is.
    """

    name: str
    takes: tuple[Edm, ...]
    gives: Edm
    sql: dict[str, Sql]
    optional: int = 0
    nullable: bool = False

    def fits(self, number: int) -> bool:
        """Whether it can be called with that many operands."""
        return len(self.takes) - self.optional <= number <= len(self.takes)


def everywhere(sql: Sql) -> dict[str, Sql]:
    """The same SQL on both databases."""
    return {"sqlite": sql, "postgresql": sql}
