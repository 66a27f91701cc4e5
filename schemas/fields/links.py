"""Properties that show other records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from marshmallow import Schema, ValidationError, fields

from schemas.fields.base import Property, Value, refuse_too_many, wire_name
from schemas.fields.texts import Guid, Text

MOST_LINKS = 1_000
"""How many records one list may name."""

REFERENCES, ENTITIES, NAMES = "references", "entities", "names"
"""What a body may carry under a navigation property: records that there are, the records themselves, or such
as are known by their name alone."""


class Reference(Value, fields.Nested):
    """Another record, as an object of which a body needs only the key; loads as the key.

    Args:
        nested: the shape of the object.
        by: the column of the other record that is its key.
        attribute: this record's column that holds the key.
        link: the way to the record.
    """

    is_column = False

    def __init__(self, nested: type[Schema], *, by: str = "id", **kwargs: Any) -> None:
        super().__init__(nested, **kwargs)
        self.by = by

    def read(self, value: Any) -> Any:
        key = next(field for field in self.schema.fields.values() if field.attribute == self.by)
        if not isinstance(value, Mapping):
            raise ValidationError(f'Must be a JSON object, such as {{"{wire_name(key)}": "…"}}.')
        given = value.get(wire_name(key))
        try:
            if given is None:
                raise key.make_error("required")
            return key.deserialize(given)
        except ValidationError as error:
            raise ValidationError({wire_name(key): error.messages}) from None


class LinkedList(Property, fields.List[Any]):
    """What lists of other records have in common: they load under the link's name, each record once."""

    is_column = False

    def __init__(self, inner: Property, *, link: str | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("load_default", list)
        super().__init__(inner, link=link, attribute=link, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        refuse_too_many(value, MOST_LINKS)
        return list(dict.fromkeys(super()._deserialize(value, attr, data, **kwargs)))


class References(LinkedList):
    """Other records, as objects; loads as the list of their keys."""

    def __init__(self, nested: type[Schema], *, by: str = "id", **kwargs: Any) -> None:
        super().__init__(Reference(nested, by=by, required=True), **kwargs)

    @property
    def schema(self) -> Schema:
        return cast(Reference, self.inner).schema


class Names(LinkedList):
    """Other records by name: a list of texts."""

    def __init__(self, *, of: str = "name", **kwargs: Any) -> None:
        super().__init__(Text(required=True, max_length=100, blank=False, trimmed=True), **kwargs)
        self.of = of


class Ids(LinkedList):
    """Other records by id: a list of GUIDs."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Guid(required=True), **kwargs)
        self.of = "id"


class GuidText(Value, fields.String):
    """Other records by id: GUIDs in one text, with commas between; loads as the list of them, each once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(load_default=list, allow_none=True, **kwargs)

    def read(self, value: Any) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        given = [text for text in map(str.strip, value.split(",")) if text]
        refuse_too_many(given, MOST_LINKS)
        return list(dict.fromkeys(map(Guid().read, given)))


class Navigates(Property, fields.Raw):
    """A navigation property (OData CSDL 4.01, section 8): it shows only where a query expands it.

    Args:
        to: the entity type at the other end.
        many: whether it leads to several entities.
        link: the way there.
        takes: `REFERENCES`, `ENTITIES` or `NAMES`, where a body may set it; else it may not. A reference
            whose key is a property of its own is set through that.
        attribute: what a load files it under, where that is not the link.
    """

    is_column = False

    def __init__(
        self,
        *,
        to: str,
        link: str,
        many: bool = False,
        takes: str | None = None,
        attribute: str | None = None,
    ) -> None:
        super().__init__(link=link, attribute=attribute, dump_only=True)
        self.to = to
        self.many = many
        self.takes = takes
