"""What a model's columns, computed values and links are to the query engine: properties, joins and entity types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import BigInteger, Boolean, ColumnElement, DateTime, FromClause, Integer, Table, case

from app.models import MODELS
from app.models.base import FirmRow, Link
from app.models.types import ExactDecimal, Guid, UtcDateTime
from odata.metadata import EntityType, Navigation, Property, Step, Use
from odata.types import Edm

FIRM = ("firm_id", "firm_id")
EDM_BY_COLUMN: tuple[tuple[type[Any], Edm], ...] = (
    (Guid, Edm.GUID),
    (UtcDateTime, Edm.DATETIME),
    (DateTime, Edm.DATETIME),
    (ExactDecimal, Edm.DECIMAL),
    (Boolean, Edm.BOOLEAN),
    (BigInteger, Edm.INT64),
    (Integer, Edm.INT32),
)


def table_of(model: type[FirmRow]) -> Table:
    return cast(Table, model.__table__)


def column_property(
    name: str,
    edm: Edm,
    model: type[FirmRow],
    column: str,
    steps: tuple[Step, ...] = (),
    names: Mapping[str, str] | None = None,
) -> Property:
    """A property over a column or a computed value of a model; `names` are labels for its stored words."""
    computed = model.computed.get(column)
    nullable = computed is not None or bool(table_of(model).c[column].nullable)

    def sql(table: FromClause) -> ColumnElement[Any]:
        value = computed(table) if computed else table.c[column]
        return case(dict(names), value=value) if names else value

    return Property(name, edm, sql, nullable, steps)


def edm_of_column(model: type[FirmRow], column: str) -> Edm:
    """The primitive type of a model's column, or of a computed value."""
    table = table_of(model)
    kind = model.computed[column](table).type if column in model.computed else table.c[column].type
    return next((edm for sql, edm in EDM_BY_COLUMN if isinstance(kind, sql)), Edm.STRING)


def steps_along(model: type[FirmRow], path: str) -> tuple[tuple[Step, ...], bool]:
    """The joins along a dotted path of links, and whether they lead to many rows."""
    steps: tuple[Step, ...] = ()
    many = False
    for name in path.split("."):
        link = model.links[name]
        steps += _steps(model, link)
        many = many or link.many
        model = MODELS[link.target]
    return steps, many


def _steps(model: type[FirmRow], link: Link) -> tuple[Step, ...]:
    target = table_of(MODELS[link.target])
    if link.through is not None:
        return (
            Step(link.through, (FIRM, ("id", link.local)), use=Use.ROW),
            Step(target, (FIRM, (link.remote, "id")), (), Use.ROW if link.listed else Use.REFERENCE, True),
        )
    where = tuple(link.where.items())
    if link.owned:
        certain = not table_of(model).c[link.local].nullable
        return (Step(target, (FIRM, (link.local, "id")), where, Use.REFERENCE, certain),)
    return (Step(target, (FIRM, ("id", link.remote)), where, Use.ROW),)


def end_of(model: type[FirmRow], path: str) -> type[FirmRow]:
    """The model that a dotted path of links leads to."""
    for name in path.split("."):
        model = MODELS[model.links[name].target]
    return model


def model_entity(model: type[FirmRow]) -> EntityType:
    """The entity type of everything a model has, under the model's own names.

    Only the filters that we write ourselves, behind query parameters, are read against it.
    """
    if model.__name__ not in _MODEL_ENTITIES:
        entity = _MODEL_ENTITIES[model.__name__] = EntityType(model.__name__, table_of(model))
        for name in [*table_of(model).c.keys(), *model.computed]:
            entity.properties[name] = column_property(name, edm_of_column(model, name), model, name)
        for name in model.links:
            steps, many = steps_along(model, name)
            target = end_of(model, name)
            entity.navigations[name] = Navigation(name, lambda t=target: model_entity(t), steps, many)  # type: ignore[misc]
    return _MODEL_ENTITIES[model.__name__]


_MODEL_ENTITIES: dict[str, EntityType] = {}
