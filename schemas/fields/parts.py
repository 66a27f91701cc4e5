"""Properties that are objects written together with their record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from marshmallow import Schema, fields, missing

from schemas.fields.base import Property, refuse_too_many

MOST_PARTS = 1_000
"""How many objects one record may carry in a list."""


class Owned(Property, fields.Nested):
    """A record that belongs to this one; loads as its own dict of columns."""

    is_column = False

    def __init__(self, nested: type[Schema], *, link: str | None = None, **kwargs: Any) -> None:
        super().__init__(nested, link=link, attribute=link, **kwargs)


class OwnedList(Property, fields.List[Any]):
    """The records that belong to this one; loads as a list of dicts of columns."""

    is_column = False

    def __init__(self, nested: type[Schema], *, link: str | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("load_default", list)
        super().__init__(Owned(nested, required=True), link=link, attribute=link, **kwargs)

    @property
    def schema(self) -> Schema:
        return cast(Owned, self.inner).schema

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        refuse_too_many(value, MOST_PARTS)
        return super()._deserialize(value, attr, data, **kwargs)


class Group(Property, fields.Nested):
    """An object whose properties are columns of this same record.

    Args:
        nested: the shape of the object.
        prefix: what the columns' names begin with, before the `attribute` of each property.
        present_if: the column without which the whole object is null.
    """

    is_column = False

    def __init__(
        self, nested: type[Schema], *, prefix: str = "", present_if: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(nested, **kwargs)
        self.prefix = prefix
        self.present_if = present_if

    def columns(self, loaded: Mapping[str, Any] | None) -> dict[str, Any]:
        """The columns of the record that the loaded object sets; all to their defaults when there is none."""
        inner = self.schema.load_fields.items()
        defaults = {field.attribute or name: default_of(field) for name, field in inner}
        return {f"{self.prefix}{column}": value for column, value in (loaded or defaults).items()}


def default_of(field: fields.Field[Any]) -> Any:
    """What a property loads as where the body leaves it out."""
    default = field.load_default
    return default() if callable(default) else None if default is missing else default
