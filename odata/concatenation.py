"""concat: rows of several kinds as one source (Data Aggregation 4.0, 3.4).

Every branch gets the columns of all; what it does not have is null there. A column tells which kind a row is
of, so that an answer shows each with its own properties.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Text,
    cast,
    func,
    literal_column,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.sql.elements import quoted_name
from sqlalchemy.types import String, TypeDecorator, TypeEngine

from odata.calculation import exact
from odata.errors import TypeMismatch
from odata.rows import Field, FieldPath, Kind, Rows
from odata.sql_types import Exact
from odata.stages import Stage, Workshop
from odata.types import Edm


def concatenated(shop: Workshop, branches: list[Rows], position: int) -> Rows:
    """The rows of all branches, in their order.

    Raises:
        TypeMismatch: one name has values of different kinds.
    """
    stages = [Stage(shop, rows) for rows in branches]
    origin = next((rows.origin for rows in branches if rows.origin), None)
    own = _own_columns(stages)
    paths = list(dict.fromkeys(path for rows in branches for path in rows.fields))
    columns: list[list[ColumnElement[Any]]] = [[] for _ in stages]
    fields: dict[FieldPath, Field] = {}
    for path in paths:
        values = [_value(stage, path) for stage in stages]
        edm, aligned = _aligned(shop, path, values, position)
        name = shop.fresh()
        fields[path] = Field(name, edm, _is_exact(aligned, shop.dialect))
        for index, value in enumerate(aligned):
            columns[index].append(value.label(name))
    kind, place = shop.fresh(), shop.fresh()
    groups = branches[0].groups
    kinds: list[Kind] = []
    selects = []
    for stage, made in zip(stages, columns, strict=True):
        first = literal_column(str(len(kinds)), type_=Integer())
        shown = first + stage.base.c[stage.rows.kind] if stage.rows.kind else first
        kinds += stage.rows.kinds
        carried = [_carried(stage, name, kept, shop.dialect).label(name) for name, kept in own.items()]
        keys = [stage.base.c[field.column].label(field.column) for field in groups.values()]
        rank = func.row_number().over(order_by=stage.order() or [literal_column("NULL")])
        marks = [shown.label(kind), cast(rank, BigInteger).label(place)]
        selects.append(select(*carried, *keys, *made, *marks).select_from(stage.joins.source))
        shop.spend(len(stage.joins.aliases))
    return replace(
        branches[0],
        source=union_all(*selects).subquery(),
        origin=origin,
        kinds=tuple(kinds),
        kind=kind,
        fields=fields,
        order=(),
        ties=(kind, place),
        thinned=True,
    )


def _own_columns(stages: list[Stage]) -> dict[str, TypeEngine[Any]]:
    """The columns of the set's own table, where a branch still has its rows."""
    for stage in stages:
        if stage.rows.origin:
            names = stage.rows.origin.table.c.keys()
            return {str(quoted_name(name, None)): stage.base.c[name].type for name in names}
    return {}


def _carried(stage: Stage, name: str, kind: TypeEngine[Any], dialect: str) -> ColumnElement[Any]:
    return stage.base.c[name] if stage.rows.origin else _nothing(kind, dialect)


def _value(stage: Stage, path: FieldPath) -> tuple[ColumnElement[Any], Edm] | None:
    """What a branch has under a path: a field, or what the path means for rows of the set."""
    field = stage.rows.fields.get(path)
    if field:
        return stage.column(field), field.type
    entity = stage.root.entity if stage.rows.origin else None
    steps: tuple[Any, ...] = ()
    for name in path[:-1]:
        navigation = entity.navigations.get(name) if entity else None
        if navigation is None or navigation.collection:
            return None
        steps += navigation.steps
        entity = navigation.target()
    member = entity.properties.get(path[-1]) if entity else None
    if member is None:
        return None
    return member.column(stage.joins.reach(steps + member.steps)), member.type


def _aligned(
    shop: Workshop, path: FieldPath, values: list[tuple[ColumnElement[Any], Edm] | None], position: int
) -> tuple[Edm, list[ColumnElement[Any]]]:
    """The values of one name in all branches, of one type."""
    types = list(dict.fromkeys(value[1] for value in values if value))
    numeric = all(edm.is_numeric for edm in types)
    if len(types) > 1 and not numeric:
        raise TypeMismatch(
            f"In concat at position {position} '{'/'.join(path)}' is {types[0].value} and {types[1].value}; "
            "name them differently.",
            position=position,
        )
    found = [value[0] for value in values if value]
    kinds = {(type(column.type), getattr(column.type, "integer_scale", 0)) for column in found}
    if numeric and len(kinds) > 1:
        found = [exact(shop.dialect, column) for column in found]
        types = [types[0] if len(types) == 1 else Edm.DECIMAL]
    remaining = iter(found)
    kind = found[0].type
    return types[0], [next(remaining) if value else _nothing(kind, shop.dialect) for value in values]


def _nothing(kind: TypeEngine[Any], dialect: str) -> ColumnElement[Any]:
    if dialect == "sqlite":
        return type_coerce(null(), kind)
    inner = kind.impl if isinstance(kind, TypeDecorator) else kind
    of_text = isinstance(inner, String) and not isinstance(kind, Exact)
    # A column's collation is no part of a cast; a GUID's type is.
    return cast(null(), Text() if of_text and type(inner) is Text else kind)


def _is_exact(columns: list[ColumnElement[Any]], dialect: str) -> bool:
    return dialect == "sqlite" and isinstance(columns[0].type, Exact)
