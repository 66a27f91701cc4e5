"""From a typed query to a plan: a statement for the page, one for each collection in it, one for the count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    Select,
    Text,
    any_,
    bindparam,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from odata.joins import Joins, members
from odata.keyset import SortKey, rows_after
from odata.metadata import EntityType, Navigation, Policy, Shape, Tally, Use
from odata.origins import Origin
from odata.predicates import Predicates
from odata.shaper import Projection, Rows, Wanted
from odata.statement import Statement, compile_statement
from odata.typed import Narrowing, Order, Scalar, Slot, Variable

SKIP = "skip"
KEYS = "keys"
OWNER = 0
"""The column of a collection's rows that holds the owner's key: it is asked for first."""


@dataclass(frozen=True)
class Query:
    """What is asked for, bound.

    Args:
        roots: the variables that stand for the rows of the set (the door's, and the host's presets').
        filters: conditions that all hold.
        top: how many rows at most; None for all.
        skips: whether a number of rows is passed over; the number comes with the request.
        counts: whether the total is wanted.
        origin: where the list begins, when not at a set.
        after: for each sort key and the key, whether it was null where the page before ended; None at the
            first page.
        page: how many rows a page has at most; None where there are no pages.
        exact_numbers: whether decimals and 64-bit integers are shown as texts.
    """

    entity: EntityType
    roots: tuple[Variable, ...]
    shape: Shape
    filters: tuple[Scalar, ...] = ()
    order: tuple[Order, ...] = ()
    top: int | None = None
    skips: bool = False
    counts: bool = False
    origin: Origin | None = None
    after: tuple[bool, ...] | None = None
    page: int | None = None
    exact_numbers: bool = False

    @property
    def may_go_on(self) -> bool:
        """Whether more rows may be wanted than a page has."""
        return self.page is not None and (self.top is None or self.top > self.page)

    @property
    def limit(self) -> int | None:
        """How many rows are read: one more than a page has tells whether another follows."""
        return self.page + 1 if self.page is not None and self.may_go_on else self.top


@dataclass(frozen=True)
class CollectionPlan:
    """How a collection is read for a whole page: `key` is the index of the owner's key in the page's rows."""

    key: int
    statement: Statement
    build: Rows
    collections: tuple[CollectionPlan, ...]
    values: Mapping[str, Any]
    """Those of the literals in the collection's own options."""


@dataclass(frozen=True)
class Plan:
    """What to run, and what to make of the rows."""

    page: Statement
    build: Rows
    collections: tuple[CollectionPlan, ...]
    count: Statement | None
    slots: tuple[Slot, ...]
    """The values to take from the request's literals."""
    size: int | None = None
    """How many objects the page shows where more rows may follow; None where none can."""
    sorted_by: tuple[int, ...] = ()
    """Where the rows have the values of the sort keys, when more rows may follow."""
    shape: Shape = Shape(())
    """What each object shows."""
    context: str = ""
    """What the context URL says of the selection (Protocol 4.01, 10.9)."""


class Planner:
    """Writes plans for one database.

    Args:
        policy: the host's row policy; it is asked for every table of every statement.
        utc_suffix: what follows a moment in answers.
    """

    def __init__(self, dialect: Dialect, policy: Policy, utc_suffix: str) -> None:
        self._dialect = dialect
        self._policy = policy
        self._suffix = utc_suffix

    def plan(self, query: Query, slots: Sequence[Slot]) -> Plan:
        joins, predicates = self._rows_of(query)
        use = query.origin.use if query.origin else Use.ROW
        where = joins.within(use) + [predicates.condition(node) for node in query.filters]
        if query.origin:
            where += query.origin.conditions(joins.base, self._policy)
        count = None
        if query.counts:
            total = select(func.count()).select_from(joins.source).where(*where)
            count = compile_statement(total, self._dialect)
        if query.after is not None:
            where.append(rows_after(self._keys(query, joins, predicates), query.after, self._dialect.name))
        if query.skips:
            # The keys of the page first, then its rows: the rows passed over are read from an index only.
            keys = select(joins.base.c[query.entity.key])
            keys = self._paged(self._ordered(keys, query, joins, predicates), query)
            keys = keys.select_from(joins.source).where(*where)
            joins, predicates = self._rows_of(query)
            where = [*joins.within(use), joins.base.c[query.entity.key].in_(keys)]
        projection = self._projection(joins, query.entity, query.exact_numbers)
        build = projection.list_function(query.shape)
        sorted_by: tuple[int, ...] = ()
        if query.may_go_on:
            keys_shown = self._keys(query, joins, predicates)
            sorted_by = tuple(projection.also(key.shown(self._dialect.name)) for key in keys_shown)
        page = self._ordered(select(*projection.columns), query, joins, predicates)
        page = page.select_from(joins.source).where(*where)
        if not query.skips:
            page = self._paged(page, query)
        return Plan(
            compile_statement(page, self._dialect),
            build,
            self._collections(projection),
            count,
            tuple(slots),
            query.page if sorted_by else None,
            sorted_by,
            query.shape,
        )

    def _rows_of(self, query: Query) -> tuple[Joins, Predicates]:
        joins = Joins(query.entity.table.alias(), self._policy)
        rows = dict.fromkeys(query.roots, joins)
        return joins, Predicates(self._dialect.name, self._policy, rows)

    def _projection(self, joins: Joins, entity: EntityType, exact_numbers: bool) -> Projection:
        return Projection(joins, entity.key, self._dialect.name, self._suffix, exact_numbers)

    def _keys(self, query: Query, joins: Joins, predicates: Predicates) -> list[SortKey]:
        """The sort order with the key at its end, as what a page ends and the next begins with."""
        return [
            *(
                SortKey(
                    predicates.value(order.expression),
                    order.descending,
                    predicates.is_nullable(order.expression),
                    order.expression.type,
                )
                for order in query.order
            ),
            SortKey(joins.base.c[query.entity.key], False, False),
        ]

    def _ordered(
        self, statement: Select[Any], query: Query, joins: Joins, predicates: Predicates
    ) -> Select[Any]:
        """Sorted as asked, ties broken by the key so that pages never overlap (Protocol 4.01, 11.2.6.2)."""
        return statement.order_by(*self._sort_keys(query.order, predicates), joins.base.c[query.entity.key])

    def _sort_keys(self, orders: Sequence[Order], predicates: Predicates) -> list[ColumnElement[Any]]:
        keys: list[ColumnElement[Any]] = []
        for order in orders:
            value = predicates.value(order.expression)
            key = value.desc() if order.descending else value.asc()
            if predicates.is_nullable(order.expression) and self._dialect.name == "postgresql":
                # Nulls count as lowest, as SQLite has it. Written out only where needed: it defeats an index.
                key = key.nulls_last() if order.descending else key.nulls_first()
            keys.append(key)
        return keys

    def _paged(self, statement: Select[Any], query: Query) -> Select[Any]:
        if query.limit is not None:
            # In the text, not a parameter: PostgreSQL plans a page of 50 unlike a page of unknown size.
            statement = statement.limit(literal_column(str(query.limit)))
        return statement.offset(bindparam(SKIP, 0, type_=BigInteger())) if query.skips else statement

    # Collections

    def _collections(self, projection: Projection) -> tuple[CollectionPlan, ...]:
        return tuple(self._collection(wanted, projection.exact_numbers) for wanted in projection.wanted)

    def _collection(self, wanted: Wanted, exact_numbers: bool) -> CollectionPlan:
        """The statement for one collection of the whole page, narrowed as its options ask."""
        member = wanted.member
        navigation, narrowing = member.navigation, member.narrowing
        joins, owner_key, matching = self._members_of(wanted)
        root = narrowing.root if narrowing else Variable("$it", navigation.target())
        predicates = Predicates(self._dialect.name, self._policy, {root: joins})
        if narrowing:
            matching += [predicates.condition(node) for node in narrowing.filters]
        matching.append(self._is_one_of_keys(owner_key))
        projection = self._projection(joins, navigation.target(), exact_numbers)
        if isinstance(member, Tally):
            number = func.count()
            build = projection.tally_function(owner_key, number)
            statement = select(*projection.columns).group_by(owner_key)
            statement = statement.select_from(joins.source).where(*matching)
        else:
            build = projection.group_function(member.shape, owner_key)
            order = self._order_of_members(navigation, narrowing, joins, predicates)
            statement = select(*projection.columns).select_from(joins.source).where(*matching)
            if narrowing and narrowing.pages:
                statement = _paged_by_owner(statement, owner_key, order, narrowing)
            else:
                statement = statement.order_by(*order)
        return CollectionPlan(
            wanted.key,
            compile_statement(statement, self._dialect),
            build,
            self._collections(projection),
            narrowing.values if narrowing else {},
        )

    def _order_of_members(
        self, navigation: Navigation, narrowing: Narrowing | None, joins: Joins, predicates: Predicates
    ) -> list[ColumnElement[Any]]:
        """As the options say, else as such members are usually listed; ties are broken by the key."""
        columns, key = joins.base.c, joins.base.c[navigation.target().key]
        if narrowing and narrowing.order:
            return [*self._sort_keys(narrowing.order, predicates), key]
        return [*(columns[name] for name in navigation.order), key]

    def _members_of(self, wanted: Wanted) -> tuple[Joins, ColumnElement[Any], list[ColumnElement[bool]]]:
        """The collection's rows, the column that holds their owner's key, and what else must hold."""
        steps = wanted.member.navigation.steps
        owner_key = next((far for near, far in steps[0].pairs if near == wanted.owner_key), None)
        if owner_key is not None:
            # The first table has the owner's key itself: the owner's table is not needed.
            joins, matching = members(None, steps, self._policy)
            return joins, joins.aliases[-1].c[owner_key], matching
        owner = wanted.owner_table.alias()
        joins, matching = members(owner, steps, self._policy)
        joins.source = joins.source.join(owner, true())
        return joins, owner.c[wanted.owner_key], matching + self._policy(owner, Use.ROW)

    def _is_one_of_keys(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """One parameter for all the page's keys, so that the statement does not change with their number."""
        if self._dialect.name == "postgresql":
            return column == any_(bindparam(KEYS, type_=ARRAY(column.type)))
        keys = func.json_each(bindparam(KEYS, type_=Text())).table_valued("value")
        return column.in_(select(keys.c.value))


def _paged_by_owner(
    statement: Select[Any],
    owner_key: ColumnElement[Any],
    order: Sequence[ColumnElement[Any]],
    narrowing: Narrowing,
) -> Select[Any]:
    """Of each owner's members those from `skip` on, at most `top`."""
    columns = [column.label(f"c{index}") for index, column in enumerate(statement.selected_columns)]
    rank = func.row_number().over(partition_by=owner_key, order_by=order).label("rank")
    ranked = statement.with_only_columns(*columns, rank).subquery()
    found = select(*(ranked.c[column.name] for column in columns)).where(ranked.c.rank > narrowing.skip)
    if narrowing.top is not None:
        found = found.where(ranked.c.rank <= narrowing.skip + narrowing.top)
    return found.order_by(ranked.c.rank)
