"""From schemas and models to what the query engine works with: entity types and shapes.

A property of a schema names a column, a computed value or a link of the model. This is the only place that
reads both sides; what no schema names does not come through here, and so no query can reach it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from marshmallow import fields, validate

from app.api.model_properties import column_property, edm_of_column, end_of, steps_along, table_of
from app.models.base import FirmRow
from odata.metadata import (
    Collection,
    EntityType,
    Facets,
    Fixed,
    Member,
    Navigation,
    Object,
    Property,
    Shape,
    Value,
)
from odata.types import Edm
from schemas import fields as kinds
from schemas.base import Shape as Schema
from schemas.base import properties_of
from schemas.fields import VARIES, wire_name

EDM_BY_FIELD: tuple[tuple[type[fields.Field[Any]], Edm], ...] = (
    (kinds.Guid, Edm.GUID),
    (kinds.Number, Edm.DECIMAL),
    (kinds.Flag, Edm.BOOLEAN),
    (kinds.Moment, Edm.DATETIME),
    (fields.String, Edm.STRING),
)


def edm_of(field: Any) -> Edm:
    """The primitive type of a schema's property."""
    if isinstance(field, kinds.Whole):
        return Edm.INT64 if field.bits == 64 else Edm.INT32
    return next(edm for kind, edm in EDM_BY_FIELD if isinstance(field, kind))


class Vocabulary:
    """One door's names for things.

    Args:
        standard: the schema that each model has in lists at this door. A reference to a record shows little
            of it, but a query may follow the reference to all that a list of such records shows.
        own_names: whether a sentence about a record calls it by its schema's name, rather than its model's.
    """

    def __init__(self, standard: Mapping[str, type[Schema]], *, own_names: bool = False) -> None:
        self._standard = standard
        self._own_names = own_names
        self._entities: dict[tuple[type[Schema], str, str], EntityType] = {}
        self._shapes: dict[tuple[type[Schema], str, str], Shape] = {}

    def entity(self, schema: type[Schema], model: type[FirmRow], prefix: str = "") -> EntityType:
        """The entity type of a schema over a model."""
        key = (schema, model.__name__, prefix)
        if key not in self._entities:
            apart = self._own_names or self._standard.get(schema.__name__) is schema
            name = schema.__name__ if apart else model.__name__
            entity = self._entities[key] = EntityType(name, table_of(model))
            for name, field in _properties(schema):
                if isinstance(field, fields.Nested | fields.List | kinds.Navigates):
                    entity.navigations[name] = self._navigation(name, field, model, prefix)
                else:
                    entity.properties[name] = _property(name, field, model, prefix)
        return self._entities[key]

    def shape(self, schema: type[Schema], model: type[FirmRow], prefix: str = "") -> Shape:
        """What an answer in this schema shows, in its order."""
        key = (schema, model.__name__, prefix)
        if key not in self._shapes:
            self._shapes[key] = Shape(tuple(self._members(schema, model, prefix)))
        return self._shapes[key]

    def _members(self, schema: type[Schema], model: type[FirmRow], prefix: str) -> Iterator[Member]:
        entity = self.entity(schema, model, prefix)
        for field in properties_of(schema).values():
            name = wire_name(field)
            if getattr(field, "value", VARIES) is not VARIES:
                yield Fixed(name, field.value)  # type: ignore[attr-defined]
            elif isinstance(field, kinds.Group):
                present = _property(name, field, model, "", field.present_if) if field.present_if else None
                inner = self.shape(_shown_by(field), model, prefix + (field.prefix or ""))
                yield Object(name, inner, None, present)
            elif isinstance(field, kinds.Navigates):
                continue
            elif name in entity.navigations:
                yield self._linked(name, field, model, entity.navigations[name])
            else:
                yield Value(name, entity.properties[name])

    def _linked(self, name: str, field: Any, model: type[FirmRow], navigation: Navigation) -> Member:
        target = end_of(model, field.link)
        if isinstance(field, kinds.Names | kinds.Ids):
            return Collection(name, navigation, _value_of(field, target))
        shape = self.shape(_shown_by(field), target)
        return (Collection if navigation.collection else Object)(name, navigation=navigation, shape=shape)

    def _navigation(self, name: str, field: Any, model: type[FirmRow], prefix: str) -> Navigation:
        if isinstance(field, kinds.Group):
            inner, within = _shown_by(field), prefix + (field.prefix or "")
            return Navigation(name, lambda: self.entity(inner, model, within), ())
        target = end_of(model, field.link)
        steps, many = steps_along(model, field.link)
        if isinstance(field, kinds.Names | kinds.Ids):
            values = EntityType(name, table_of(target))
            value = _value_of(field, target)
            values.properties[value.name] = value
            return Navigation(name, lambda: values, steps, True, value.name, target.listed_by)
        if isinstance(field, kinds.Navigates):
            entity = partial(self.entity, self._standard[field.to], target)
        else:
            entity = partial(self._target, _shown_by(field), target)
        return Navigation(name, entity, steps, many, None, target.listed_by)

    def _target(self, reference: type[Schema], model: type[FirmRow]) -> EntityType:
        """What a path may go on to: what the reference shows, and what a list of such records shows."""
        return self.either(self._standard.get(model.__name__, reference), reference, model)

    def either(self, one: type[Schema], other: type[Schema], model: type[FirmRow]) -> EntityType:
        """What either of two schemas shows; where both have a name, `other` says what it means."""
        if one is other:
            return self.entity(one, model)
        key = (other, model.__name__, f"or {one.__name__}")
        if key not in self._entities:
            full, shown = self.entity(one, model), self.entity(other, model)
            self._entities[key] = EntityType(
                full.name,
                full.table,
                full.properties | shown.properties,
                full.navigations | shown.navigations,
            )
        return self._entities[key]


def _properties(schema: type[Schema]) -> Iterator[tuple[str, Any]]:
    """The schema's properties that are not constant, by their name in JSON."""
    for field in properties_of(schema).values():
        if getattr(field, "value", VARIES) is VARIES:
            yield wire_name(field), field


def _shown_by(field: Any) -> type[Schema]:
    """The schema of the nested object, or of the objects in the list."""
    return type(field.schema)


def _value_of(field: kinds.Names | kinds.Ids, target: type[FirmRow]) -> Property:
    """The property that a list of plain values is made of."""
    column = field.of or "id"
    return column_property(column, edm_of_column(target, column), target, column)


def _property(
    name: str, field: Any, model: type[FirmRow], prefix: str, attribute: str | None = None
) -> Property:
    """The property behind a plain field; `attribute` overrides what the field names."""
    *path, last = (attribute or prefix + (field.shows or field.attribute)).split(".")
    steps, _ = steps_along(model, ".".join(path)) if path else ((), False)
    source = end_of(model, ".".join(path)) if path else model
    edm = edm_of(field) if attribute is None else edm_of_column(source, last)
    found = column_property(name, edm, source, last, steps, field.names if attribute is None else None)
    return replace(found, facets=_facets(found, field))


def _facets(found: Property, field: Any) -> Facets:
    """What the schema says of a property's values."""
    lengths = [check.max for check in field.validators if isinstance(check, validate.Length)]
    scale = -field.step.adjusted() if isinstance(field, kinds.Number) else None
    return Facets(
        max_length=min((length for length in lengths if length), default=None),
        precision=None if scale is None else field.limit.adjusted() + scale,
        scale=scale,
        computed=field.dump_only,
        fixed=found.name in getattr(field.parent, "fixed", ()),
        defaulted=not (field.dump_only or field.required or found.nullable),
        allowed=tuple(getattr(field, "choices", ()) or (field.names or {}).values()),
    )
