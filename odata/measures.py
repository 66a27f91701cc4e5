"""One item of aggregate(…): what is aggregated, also through collections (Data Aggregation 4.0, 3.2.1).

What a path finds through a collection is aggregated for each row first, in a subquery of its own, so that no
join doubles a row under another measure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func, literal_column, select

from odata import ast
from odata.aggregates import Aggregated, aggregated, check, mean, total
from odata.errors import NotSupported, UnknownProperty, suggest
from odata.grouping import names_of, way_of
from odata.joins import members
from odata.nullability import steps_of
from odata.parser import Parsed
from odata.predicates import Predicates
from odata.stages import Stage
from odata.transformations import Aggregation
from odata.typed import Path, Variable
from odata.types import Edm

PerRow = Callable[[Callable[[ColumnElement[Any]], ColumnElement[Any]]], ColumnElement[Any]]
"""Given an aggregate function, the subquery that applies it to one row's members."""


def measured(stage: Stage, item: Aggregation) -> Aggregated:
    """The value of one item over the rows of a stage.

    Raises:
        ODataError: there is no such path, or the method does not take its values.
    """
    if item.of is None:
        return Aggregated(func.count(), Edm.INT64)
    node = item.of.root.owner if isinstance(item.of.root, ast.Count) else item.of.root
    if isinstance(item.of.root, ast.Count) and (item.of.root.filter is not None or item.of.root.search):
        raise NotSupported("$count in aggregate(…) takes no options.", position=item.position)
    names = names_of(node)
    way = way_of(stage, names) if names else ()
    if names and any(navigation.collection for navigation in way):
        return _through(stage, item, names)
    if item.method == "$count":
        column = _own(stage, item, Parsed(node, item.of.positions, item.of.ordinals))[0]
        return Aggregated(func.count(column), Edm.INT64)
    column, edm = _own(stage, item, item.of)
    return aggregated(item.method, column, edm, stage.shop.dialect, item.position)


def _own(stage: Stage, item: Aggregation, parsed: Parsed) -> tuple[ColumnElement[Any], Edm]:
    """A value of each row; of a reference, its key."""
    names = names_of(parsed.root)
    way = way_of(stage, names) if names else ()
    if names and len(way) == len(names) and way[-1].steps and item.method in ("$count", "countdistinct"):
        far = stage.joins.reach(steps_of(way))
        return far.c[way[-1].target().key], Edm.GUID
    bound = stage.bind(parsed).expression()
    return stage.sql(bound), bound.type


def _through(stage: Stage, item: Aggregation, names: tuple[str, ...]) -> Aggregated:
    """What a path finds through a collection: of each row first, and then of all rows."""
    per_row, column, edm = _members(stage, item, names)
    dialect = stage.shop.dialect
    zero: ColumnElement[int] = literal_column("0")
    if item.method == "countdistinct":
        raise NotSupported("countdistinct does not count through a collection.", position=item.position)
    if item.method == "$count":
        counted = cast(
            func.sum(per_row(func.count)), BigInteger()
        )  # a sum of integers is a decimal on PostgreSQL
        return Aggregated(func.coalesce(counted, zero, type_=BigInteger()), Edm.INT64)
    if column is None:
        raise NotSupported(f"'{names[-1]}' is not a value; name a property.", position=item.position)
    check(item.method, edm, item.position)
    if item.method in ("min", "max"):
        inner = per_row(lambda value: aggregated(item.method, value, edm, dialect, item.position).value)
        return aggregated(item.method, inner, edm, dialect, item.position)
    added = total(per_row(lambda value: total(value, edm, dialect).value), edm, dialect)
    if item.method == "sum":
        return added
    number = func.sum(per_row(func.count), type_=BigInteger())
    return mean(added.value, number, edm, dialect)


def _members(
    stage: Stage, item: Aggregation, names: tuple[str, ...]
) -> tuple[PerRow, ColumnElement[Any] | None, Edm]:
    """The members of a row's collection, and the value of each that the rest of the path names."""
    way = way_of(stage, names)
    first = next(index for index, navigation in enumerate(way) if navigation.collection)
    before, collection, after = way[:first], way[first], way[first + 1 :]
    if any(navigation.collection for navigation in after):
        raise NotSupported("A path in aggregate(…) leads through one collection.", position=item.position)
    outer = stage.joins.reach(steps_of(before))
    inner, matching = members(outer, collection.steps, stage.shop.policy)
    target = collection.target()
    variable = Variable("$member", target)
    predicates = Predicates(stage.shop.dialect, stage.shop.policy, {variable: inner})
    rest = names[len(way) :]
    entity = way[-1].target()
    last = rest[0] if rest else collection.value if not after else None
    column: ColumnElement[Any] | None = None
    edm = Edm.GUID
    if last is not None:
        member = entity.properties.get(last)
        if member is None or len(rest) > 1:
            raise UnknownProperty(
                f"Unknown property '{'/'.join(rest)}' on {entity.name} "
                f"at position {item.position}{suggest(last, entity.names())}",
                position=item.position,
            )
        column, edm = predicates.value(Path(variable, after, member)), member.type
    counted = column if column is not None else inner.reach(steps_of(after)).c[entity.key]

    def per_row(function: Callable[[ColumnElement[Any]], ColumnElement[Any]]) -> ColumnElement[Any]:
        found = select(function(counted)).select_from(inner.source).where(*matching)
        return found.correlate_except(*inner.aliases).scalar_subquery()

    return per_row, column, edm
