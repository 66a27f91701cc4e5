"""$apply and $compute: one subquery after the other, and what queries may ask of the last.

A policy is asked for every table that a step touches; the rows of a subquery have met theirs already.
"""

from __future__ import annotations

from collections.abc import Sequence as Series
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, func, literal_column, select

from odata.best import best
from odata.concatenation import concatenated
from odata.errors import InvalidOption, NotSupported, ODataError
from odata.grouping import grouped, levels
from odata.measures import measured
from odata.metadata import EntityType, Shape
from odata.parser import ComputeItem, Parsed
from odata.rows import Field, FieldPath, Kind, Rows
from odata.search import search_condition
from odata.stages import Stage, Workshop
from odata.transformations import (
    Aggregate,
    Best,
    Compute,
    Concat,
    Filter,
    Foreign,
    GroupBy,
    Identity,
    OrderBy,
    Search,
    Sequence,
    Skip,
    Top,
    Transformation,
)
from odata.types import Edm


def first_rows(shop: Workshop, entity: EntityType, shape: Shape, conditions: Series[Any], joins: Any) -> Rows:
    """The rows of a set that meet the host's conditions, for the first transformation."""
    shop.spend(len(joins.aliases))
    source = select(*joins.base.c).select_from(joins.source).where(*conditions).subquery()
    return Rows(source, entity.name, entity, (Kind(shape),), (entity.key,))


def transformed(shop: Workshop, rows: Rows, sequence: Sequence) -> Rows:
    """The rows after all transformations.

    Raises:
        ODataError: a name does not exist, a type does not fit, or something is not supported.
    """
    for transformation in sequence:
        rows = _one(shop, rows, transformation)
    return rows


def _one(shop: Workshop, rows: Rows, node: Transformation) -> Rows:
    match node:
        case Identity():
            return rows
        case Foreign():
            raise NotSupported(
                f"{node.what} is not supported (at position {node.position}).", position=node.position
            )
        case Filter():
            stage = Stage(shop, rows)
            return stage.kept(stage.sql(stage.bind(node.condition).condition(), condition=True))
        case Search():
            return _searched(shop, rows, node)
        case Compute():
            return computed(shop, rows, node.items)
        case Aggregate():
            return _aggregated(shop, rows, node)
        case GroupBy():
            return _grouped(shop, rows, node)
        case Concat():
            branches = [transformed(shop, rows, branch) for branch in node.branches]
            return concatenated(shop, branches, node.position)
        case Best():
            return best(shop, rows, node)
        case OrderBy():
            return _ordered(shop, rows, node)
    return _paged(shop, rows, node)


def _searched(shop: Workshop, rows: Rows, node: Search) -> Rows:
    stage = Stage(shop, rows)
    names = shop.searchable if rows.origin else None
    try:
        bound = search_condition(node.text, stage.root, names, shop.limits, f"s{shop.fresh()}_")
    except ODataError as error:
        if error.position is not None:
            error.position += node.position
        raise
    return stage.kept(stage.sql(bound, condition=True))


def computed(shop: Workshop, rows: Rows, items: Series[ComputeItem]) -> Rows:
    """The rows with further properties; one may be made of those before it."""
    stage = Stage(shop, rows)
    columns: list[ColumnElement[Any]] = []
    made: dict[FieldPath, Field] = {}
    for item in items:
        _check_new(item.name, item.expression, [*stage.root.entity.names(), *(path[0] for path in made)])
        bound = stage.bind(item.expression).expression()
        if bound.type is Edm.NULL:
            raise NotSupported(f"'{item.name}' would always be null, which has no type.")
        field, column = stage.field(stage.sql(bound), bound.type)
        made[(item.name,)] = field
        columns.append(column)
    return stage.extended(columns, made)


def _check_new(name: str, parsed: Parsed | None, taken: Series[str]) -> None:
    if name in taken:
        position = parsed.positions.get(id(parsed.root), 0) if parsed else None
        raise InvalidOption(f"There is a property '{name}' already; choose another name.", position=position)


def _aggregated(shop: Workshop, rows: Rows, node: Aggregate) -> Rows:
    stage = Stage(shop, rows)
    keys = stage.partition()
    columns: list[ColumnElement[Any]] = [key.label(key.name) for key in keys]
    made: dict[FieldPath, Field] = {}
    counts: list[str] = []
    for item in node.items:
        taken = [path[0] for path in (*rows.groups, *made)]
        _check_new(item.alias, item.of, taken)
        value, edm = measured(stage, item)
        field, column = stage.field(value, edm)
        made[(item.alias,)] = field
        columns.append(column)
        if item.method in ("$count", "countdistinct"):
            counts.append(field.column)
    shop.spend(len(stage.joins.aliases))
    source: Any = select(*columns).select_from(stage.joins.source).group_by(*keys).subquery()
    if keys and rows.thinned and rows.universe is not None:
        source = _with_empty_groups(rows, rows.universe, source, counts)
    fields = {**rows.groups, **made}
    kinds = (Kind(None, tuple(fields)),)
    ties = tuple(field.column for field in rows.groups.values())
    return replace(
        rows, source=source, origin=None, kinds=kinds, kind=None, fields=fields, order=(), ties=ties
    )


def _with_empty_groups(rows: Rows, universe: FromClause, source: Any, counts: list[str]) -> Any:
    """Of a group of which a filter left nothing there is still one row: what nothing sums up to."""
    names = [field.column for field in rows.groups.values()]
    universe = universe.alias()
    every = select(*(universe.c[name].label(name) for name in names)).distinct().subquery()
    same = and_(*(every.c[name].is_not_distinct_from(source.c[name]) for name in names))
    columns = [every.c[name].label(name) for name in names]
    for column in source.c:
        if column.name not in names:
            found = func.coalesce(column, literal_column("0")) if column.name in counts else column
            columns.append(found.label(column.name))
    return select(*columns).select_from(every.outerjoin(source, same)).subquery()


def _grouped(shop: Workshop, rows: Rows, node: GroupBy) -> Rows:
    found = [_one_level(shop, rows, paths, node) for paths in levels(node)]
    branches = [level for level in found if level is not None]
    return branches[0] if len(branches) == 1 else concatenated(shop, branches, node.position)


def _one_level(shop: Workshop, rows: Rows, paths: list[Parsed], node: GroupBy) -> Rows | None:
    if not paths:
        return transformed(shop, rows, node.then) if node.then else None
    stage = Stage(shop, rows)
    columns: list[ColumnElement[Any]] = []
    keys: dict[FieldPath, Field] = {}
    for parsed in paths:
        for path, value, edm in grouped(stage, parsed):
            keys[path], column = stage.field(value, edm)
            columns.append(column)
    source = stage.close(select(*stage.carried(), *columns))
    groups = {**rows.groups, **keys}
    inside = replace(rows, source=source, groups=groups, universe=source, thinned=False)
    # Without a sequence, one row of each group: what aggregating nothing leaves.
    made = transformed(shop, inside, node.then or (Aggregate(()),))
    return replace(made, groups=rows.groups, universe=rows.universe, thinned=True)


def _ordered(shop: Workshop, rows: Rows, node: OrderBy) -> Rows:
    stage = Stage(shop, rows)
    columns: list[ColumnElement[Any]] = []
    order: list[tuple[str, bool]] = []
    for item in node.items:
        value = stage.sql(stage.bind(item.expression).expression())
        name = shop.fresh()
        columns.append(value.label(name))
        order.append((name, item.descending))
    made = stage.extended(columns, {})
    return replace(made, order=tuple(order))


def _paged(shop: Workshop, rows: Rows, node: Top | Skip) -> Rows:
    stage = Stage(shop, rows)
    rank = shop.fresh()
    ranked = stage.extended([stage.rank().label(rank)], {})
    outer = Stage(shop, ranked)
    number: ColumnElement[int] = literal_column(str(node.number))
    within = outer.base.c[rank] <= number if isinstance(node, Top) else outer.base.c[rank] > number
    return outer.kept(within)
