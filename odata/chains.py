"""Long chains of `and` and `or` as balanced trees: SQLite bounds how deep an expression is, not how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, or_
from sqlalchemy.ext.compiler import compiles

LONGEST = 50
"""Operands that stand side by side without brackets."""


class Bracketed(ColumnElement[bool]):
    """An expression in brackets that stay; SQLAlchemy's own would see that the operator allows to drop them."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, inner: ColumnElement[bool]) -> None:
        self.inner = inner


@compiles(Bracketed)
def _write(element: Bracketed, compiler: Any, **kwargs: Any) -> str:
    return f"({compiler.process(element.inner, **kwargs)})"


def chained(operator: str, operands: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """All operands joined by `and` or `or`, in their order."""
    join = and_ if operator == "and" else or_
    if len(operands) <= LONGEST:
        return join(*operands)
    middle = len(operands) // 2
    return join(
        Bracketed(chained(operator, operands[:middle])), Bracketed(chained(operator, operands[middle:]))
    )
