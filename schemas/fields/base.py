"""What every kind of property has in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from marshmallow import Schema, ValidationError, fields, missing

VARIES: Final = object()
"""The `value` of a property that is not constant."""


def nothing() -> None:
    """The default of an optional property. As a callable, it stays out of the OpenAPI document."""


class Property(fields.Field[Any]):
    """A named value in a shape.

    Args:
        shows: the column or computed value that it shows, where that is not what it loads as.
        link: the model's link that leads to what the property shows.
        instead_of: the Python name of the property that writes what this one shows.
        doc: a sentence for the OpenAPI document.
        format: the OpenAPI format.
        kwargs: what marshmallow's fields take. An optional property loads as None unless told otherwise.
    """

    shows: str | None = None
    link: str | None = None
    of: str | None = None
    prefix: str | None = None
    present_if: str | None = None
    names: Mapping[str, str] | None = None
    value: Any = VARIES
    refuses: str | None = None
    instead_of: str | None = None

    is_column = True
    """Whether the property's own name is that of a column, unless `attribute` says otherwise."""

    def __init__(
        self,
        *args: Any,
        shows: str | None = None,
        link: str | None = None,
        instead_of: str | None = None,
        doc: str | None = None,
        format: str | None = None,
        **kwargs: Any,
    ) -> None:
        if not kwargs.get("required"):
            kwargs.setdefault("load_default", nothing)
            kwargs.setdefault("allow_none", kwargs["load_default"] is nothing)
        if instead_of:
            kwargs["dump_only"] = True
        about = {"description": doc, "format": format, "readOnly": False if instead_of else None}
        known = {name: text for name, text in about.items() if text is not None}
        super().__init__(*args, metadata=known, **kwargs)
        self.shows = shows
        self.link = link
        self.instead_of = instead_of

    def _bind_to_schema(self, field_name: str, parent: Schema | fields.Field[Any]) -> None:
        super()._bind_to_schema(field_name, parent)
        if self.is_column and self.attribute is None and isinstance(parent, Schema):
            self.attribute = field_name

    def deserialize(
        self,
        value: Any,
        attr: str | None = None,
        data: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """As marshmallow does, but an optional property takes null as if it were left out."""
        left_out = value is None and not self.required
        return super().deserialize(missing if left_out else value, attr, data, **kwargs)


class Value(Property):
    """A property that reads one JSON value by itself."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return self.read(value)

    def read(self, value: Any) -> Any:
        """What the columns take for a JSON value that is not null.

        Raises:
            ValidationError: the value is not of this kind.
        """
        raise NotImplementedError


AnyProperty = TypeVar("AnyProperty", bound=Property)


def always(field: AnyProperty, value: Any, *, refuses: str | None = None) -> AnyProperty:
    """Make a property constant: its type is documented, but what it speaks of is not built.

    Args:
        field: the property, which gives the type.
        value: what every answer carries.
        refuses: what to tell a client that sends anything else. Without it, what is sent is ignored.
    """
    field.value = value
    field.refuses = refuses
    field.dump_only = True
    field.allow_none = value is None
    return field


def command(field: AnyProperty, value: Any) -> AnyProperty:
    """Make a property something that a body asks for and that no answer tells.

    Args:
        field: the property, which loads under its `attribute` for the rules to act on.
        value: what every answer carries.
    """
    field.value = value
    return field


def refuse_too_many(value: Any, most: int) -> None:
    """Before the members are looked at one by one: a long list would take long to refuse.

    Raises:
        ValidationError: it is a list of more than `most` members.
    """
    if isinstance(value, list) and len(value) > most:
        raise ValidationError(f"Longer than maximum length {most}.")


def wire_name(field: fields.Field[Any]) -> str:
    """The property's name in JSON."""
    return field.data_key or field.name or ""
