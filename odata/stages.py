"""One SELECT over the rows of a transformation: what it binds, joins and computes, and the rows it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, literal_column, select

from odata.aliases import Aliases
from odata.binder import Binder
from odata.errors import LimitExceeded
from odata.joins import MOST_TABLES, Joins
from odata.lexer import Shape as TextShape
from odata.limits import Limits
from odata.metadata import Policy
from odata.parser import Parsed
from odata.predicates import Predicates
from odata.rows import Field, FieldPath, Rows
from odata.sql_types import Exact
from odata.typed import NOW, Scalar, Slot, Variable, slots_of
from odata.types import Edm

MOST_STEPS = 30
"""Transformations of one query: each is a subquery in the next, and SQLite reads only so deep."""


@dataclass
class Workshop:
    """What all transformations of one query share.

    Args:
        text: the shape of the option; its literals keep their values.
        searchable: the properties that `search` looks into; None for all texts.
    """

    dialect: str
    policy: Policy
    limits: Limits
    aliases: Aliases
    text: TextShape
    searchable: tuple[str, ...] | None = None
    slots: list[Slot] = field(default_factory=list)
    """Those that take a value from the request: of parameter aliases and now()."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    tables: int = 0
    steps: int = 0

    def fresh(self) -> str:
        """A new name for a column."""
        return f"_{next(self.numbers)}"

    def step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise LimitExceeded(f"$apply has more than {MOST_STEPS} transformations; ask for less.")

    def spend(self, tables: int) -> None:
        self.tables += tables
        if self.tables > MOST_TABLES:
            raise LimitExceeded(f"$apply needs more than {MOST_TABLES} tables at once; ask for less.")


class Stage:
    """A SELECT over `rows` in the making."""

    def __init__(self, shop: Workshop, rows: Rows) -> None:
        shop.step()
        self.shop = shop
        self.rows = rows
        self.base = rows.source.alias()
        self.joins = Joins(self.base, shop.policy)
        self.root = Variable("$it", rows.entity())
        self.predicates = Predicates(shop.dialect, shop.policy, {self.root: self.joins})

    # Values

    def bind(self, parsed: Parsed) -> Binder:
        prefix = f"a{self.shop.fresh()}_"
        return Binder(self.root, parsed, prefix=prefix, aliases=self.shop.aliases, fixed=self.shop.text)

    def sql(self, bound: Scalar, condition: bool = False) -> ColumnElement[Any]:
        """A bound expression as SQL; what it takes from the request is remembered."""
        self.shop.slots += (slot for slot in slots_of(bound) if slot.convert or slot.key == NOW)
        return self.predicates.condition(bound) if condition else self.predicates.value(bound)

    def column(self, field: Field) -> ColumnElement[Any]:
        return field.of(self.base)

    def field(self, value: ColumnElement[Any], edm: Edm) -> tuple[Field, ColumnElement[Any]]:
        """A new field for a value, and the column that goes into the SELECT."""
        name = self.shop.fresh()
        collated = isinstance(value.type, Exact) and self.shop.dialect == "sqlite"
        return Field(name, edm, collated), value.label(name)

    def sorted(self, value: ColumnElement[Any], descending: bool) -> ColumnElement[Any]:
        """A sort key; nulls count as lowest, as SQLite has it anyway."""
        key = value.desc() if descending else value.asc()
        if self.shop.dialect != "postgresql":
            return key
        return key.nulls_last() if descending else key.nulls_first()

    def order(self) -> list[ColumnElement[Any]]:
        """How the rows are sorted so far, every tie broken."""
        keys = [self.sorted(self.base.c[name], descending) for name, descending in self.rows.order]
        return [*keys, *(self.sorted(self.base.c[name], False) for name in self.rows.ties)]

    def partition(self) -> list[ColumnElement[Any]]:
        """The columns that are equal within a group."""
        return [self.base.c[field.column] for field in self.rows.groups.values()]

    def rank(self, *first: ColumnElement[Any]) -> ColumnElement[int]:
        """The place of a row within its group, from 1 on."""
        order = [*first, *self.order()] or [literal_column("NULL")]
        number: ColumnElement[int] = func.row_number().over(
            partition_by=self.partition() or None, order_by=order
        )
        return number

    # Results

    def carried(self) -> list[ColumnElement[Any]]:
        return [self.base.c[name].label(name) for name in self.base.c.keys()]  # noqa: SIM118 - no dict

    def close(self, statement: Select[Any], *conditions: ColumnElement[bool]) -> FromClause:
        """The finished SELECT as the source of the next."""
        self.shop.spend(len(self.joins.aliases))
        return statement.select_from(self.joins.source).where(*conditions).subquery()

    def kept(self, *conditions: ColumnElement[bool]) -> Rows:
        """The rows that meet all conditions."""
        source = self.close(select(*self.carried()), *conditions)
        return replace(self.rows, source=source, thinned=True)

    def extended(self, columns: list[ColumnElement[Any]], made: Mapping[FieldPath, Field]) -> Rows:
        """All rows with further columns, which have the names of `made`."""
        source = self.close(select(*self.carried(), *columns))
        return replace(self.rows, source=source).with_fields(made)
