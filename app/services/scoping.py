"""Whose rows a statement may touch: the one place where a caller is held to the firm.

`visible` is the policy that the query engine asks for every table of every statement. `owned` is the same for
the statements that the rules write themselves.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from sqlalchemy import ColumnElement, FromClause, Integer, Select, bindparam, select

from app.models.base import FirmRow
from odata.metadata import Use

Row = TypeVar("Row", bound=FirmRow)


class Actor(Protocol):
    """Who acts, and in which firm."""

    @property
    def firm_id(self) -> int: ...
    @property
    def user_id(self) -> str | None: ...
    @property
    def client_id(self) -> str | None: ...


def visible(table: FromClause, use: Use) -> list[ColumnElement[bool]]:
    """The conditions on a table: of the firm, and not deleted.

    A deleted row is gone from every list, but what already points at it can still show it: the past of a
    matter stays readable (docs/decisions/0005).
    """
    conditions: list[ColumnElement[bool]] = [table.c.firm_id == bindparam("firm_id", type_=Integer())]
    if use is Use.ROW and "deleted_at" in table.c:
        conditions.append(table.c.deleted_at.is_(None))
    return conditions


def owned(model: type[Row], actor: Actor) -> Select[Row]:
    """The firm's rows of a kind that are not deleted."""
    return select(model).where(model.firm_id == actor.firm_id, model.deleted_at.is_(None))
