"""From a bound query to a plan: a statement for the page, one for each collection in it, one for the count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, Select, bindparam, func, literal_column, select

from odata.collection_planner import CollectionPlanner
from odata.joins import Joins
from odata.keyset import SortKey, is_among, is_remembered, rows_after, sort_keys
from odata.metadata import Policy, Use
from odata.own_rows import is_of_row
from odata.plans import SKIP, Plan, Query
from odata.predicates import Predicates
from odata.shaper import Projection
from odata.statement import compile_statement
from odata.typed import Slot


class Planner:
    """Writes plans for one database.

    Args:
        policy: the host's row policy; it is asked for every table of every statement.
        utc_suffix: what follows a moment in answers.
    """

    def __init__(self, dialect: Dialect, policy: Policy, utc_suffix: str) -> None:
        self._collections = CollectionPlanner(dialect, policy, utc_suffix)
        self._dialect = dialect
        self._policy = policy
        self._suffix = utc_suffix

    def plan(self, query: Query, slots: Sequence[Slot]) -> Plan:
        """The plan; `slots` are the values that it takes from the request's literals."""
        rows = _Rows(query, self._dialect.name, self._policy)
        where = self._asked(query, rows)
        count = self._count(query) if query.counts else None
        if query.among:
            where.append(is_among(rows.key, self._dialect.name))
        if query.after is not None:
            where.append(rows_after(rows.sort_keys(), query.after, self._dialect.name, self._wholes(query)))
        if query.skips:
            # The keys of the page first, then its rows: the rows passed over are read from an index only.
            keys = rows.page(select(rows.key), where)
            these = replace(query, skips=False, top=None, page=None)
            rows = _Rows(these, self._dialect.name, self._policy)
            where = [*rows.own(), rows.key.in_(keys)]
        return self._page(query, rows, where, count, slots)

    def _wholes(self, query: Query) -> dict[int, ColumnElement[Any]]:
        """The values of sort keys that are too long for a link, of the row that ended the page before."""
        found: dict[int, ColumnElement[Any]] = {}
        for index in query.cut:
            rows = _Rows(query, self._dialect.name, self._policy)
            keys = rows.sort_keys()
            where = [*rows.own(), is_remembered(keys[-1], len(keys) - 1, self._dialect.name)]
            whole = select(keys[index].value).select_from(rows.joins.source).where(*where)
            found[index] = whole.correlate(None).scalar_subquery()
        return found

    def _count(self, query: Query) -> Select[Any]:
        rows = _Rows(query, self._dialect.name, self._policy)
        where = self._asked(query, rows)
        return select(func.count()).select_from(rows.joins.source).where(*where)

    def _asked(self, query: Query, rows: _Rows) -> list[ColumnElement[bool]]:
        """The conditions for the rows that are asked for, on whatever page they are."""
        where = rows.own() + rows.matching()
        return where + query.origin.conditions(rows.joins.base, self._policy) if query.origin else where

    def _page(
        self,
        query: Query,
        rows: _Rows,
        where: Sequence[ColumnElement[bool]],
        count: Select[Any] | None,
        slots: Sequence[Slot],
    ) -> Plan:
        key, exact = query.entity.key, query.exact_numbers
        projection = Projection(rows.joins, key, self._dialect.name, self._suffix, exact)
        build = projection.list_function(query.shape)
        sorted_by: tuple[int, ...] = ()
        if query.may_go_on:
            sorted_by = tuple(projection.also(key.shown(self._dialect.name)) for key in rows.sort_keys())
        total = None
        if count is not None and self._dialect.name == "postgresql":
            # In one round trip with the page. SQLite is in this process, and has none to save.
            total = projection.also(count.scalar_subquery())
        key_at = projection.also(rows.key) if query.among else None
        return Plan(
            compile_statement(rows.page(select(*projection.columns), where), self._dialect),
            build,
            self._collections.plans(projection),
            None if count is None else compile_statement(count, self._dialect),
            tuple(slots),
            query.page if sorted_by else None,
            sorted_by,
            query.shape,
            total_at=total,
            key_at=key_at,
            follows_rows=query.origin is None and rows.are_their_own(),
        )


class _Rows:
    """The rows of a query in one SELECT: their tables, and what is said of them in SQL."""

    def __init__(self, query: Query, dialect: str, policy: Policy) -> None:
        self.joins = Joins(query.entity.table.alias(), policy)
        self.key: ColumnElement[Any] = self.joins.base.c[query.entity.key]
        self._query = query
        self._dialect = dialect
        self._predicates = Predicates(dialect, policy, dict.fromkeys(query.roots, self.joins))

    def own(self) -> list[ColumnElement[bool]]:
        """Which rows there are to be asked about."""
        return self.joins.within(self._query.origin.use if self._query.origin else Use.ROW)

    def matching(self) -> list[ColumnElement[bool]]:
        return [self._predicates.condition(node) for node in self._query.filters]

    def are_their_own(self) -> bool:
        """Whether each row says by itself whether it is there to be asked about, and asked for."""
        conditions = [*self.own(), *self.matching()]
        return all(is_of_row(self.joins.base, condition) for condition in conditions)

    def sort_keys(self) -> list[SortKey]:
        """The sort order with the key at its end, so that pages never overlap (Protocol 4.01, 11.2.6.2); and what
        a page ends and the next begins with."""
        return [*sort_keys(self._query.order, self._predicates), SortKey(self.key, False, False)]

    def page(self, statement: Select[Any], where: Sequence[ColumnElement[bool]]) -> Select[Any]:
        """The rows that are asked for, in their order."""
        order = [key.clause(self._dialect) for key in self.sort_keys()]
        statement = statement.order_by(*order).select_from(self.joins.source).where(*where)
        if self._query.limit is not None:
            # In the text, not a parameter: PostgreSQL plans a page of 50 unlike a page of unknown size.
            statement = statement.limit(literal_column(str(self._query.limit)))
        if self._query.skips:
            statement = statement.offset(bindparam(SKIP, 0, type_=BigInteger()))
        return statement
