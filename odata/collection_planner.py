"""The statement for one collection of a whole page: never one a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Select, func, select, true

from odata.joins import Joins, members
from odata.keyset import is_among, sort_keys
from odata.metadata import Policy, Tally, Use
from odata.plans import CollectionPlan
from odata.predicates import Predicates
from odata.shaper import Projection, Wanted
from odata.statement import compile_statement
from odata.typed import Narrowing, Variable


class CollectionPlanner:
    """Plans what a projection wants beside its own rows; the arguments are those of `odata.planner.Planner`."""

    def __init__(self, dialect: Dialect, policy: Policy, utc_suffix: str) -> None:
        self._dialect = dialect
        self._policy = policy
        self._suffix = utc_suffix

    def plans(self, projection: Projection) -> tuple[CollectionPlan, ...]:
        """A plan for each collection that the projection's function builds, and for those inside it."""
        return tuple(self._plan(wanted, projection.exact_numbers) for wanted in projection.wanted)

    def _plan(self, wanted: Wanted, exact_numbers: bool) -> CollectionPlan:
        """Narrowed as the collection's options ask."""
        member = wanted.member
        navigation, narrowing = member.navigation, member.narrowing
        joins, owner_key, matching = self._members_of(wanted)
        target = navigation.target()
        root = narrowing.root if narrowing else Variable("$it", target)
        predicates = Predicates(self._dialect.name, self._policy, {root: joins})
        if narrowing:
            matching += [predicates.condition(node) for node in narrowing.filters]
        matching.append(is_among(owner_key, self._dialect.name))
        projection = Projection(joins, target.key, self._dialect.name, self._suffix, exact_numbers)
        if isinstance(member, Tally):
            build = projection.tally_function(owner_key, func.count())
            statement = select(*projection.columns).group_by(owner_key)
            statement = statement.select_from(joins.source).where(*matching)
        else:
            build = projection.group_function(member.shape, owner_key)
            order = self._order(wanted, joins, predicates)
            statement = select(*projection.columns).select_from(joins.source).where(*matching)
            if narrowing and narrowing.pages:
                statement = _paged_by_owner(statement, owner_key, order, narrowing)
            else:
                statement = statement.order_by(*order)
        return CollectionPlan(
            wanted.key,
            compile_statement(statement, self._dialect),
            build,
            self.plans(projection),
            narrowing.values if narrowing else {},
        )

    def _order(self, wanted: Wanted, joins: Joins, predicates: Predicates) -> list[ColumnElement[Any]]:
        """As the options say, else as such members are usually listed; ties are broken by the key."""
        navigation, narrowing = wanted.member.navigation, wanted.member.narrowing
        columns, key = joins.base.c, joins.base.c[navigation.target().key]
        if narrowing and narrowing.order:
            return [*(k.clause(self._dialect.name) for k in sort_keys(narrowing.order, predicates)), key]
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
