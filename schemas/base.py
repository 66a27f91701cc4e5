"""What every shape has in common: how a body is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any, Self

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    missing,
    post_load,
    pre_load,
    validates_schema,
)
from marshmallow.schema import SchemaMeta

from schemas.fields import Group, Owned, Property, wire_name


class DerivedFirst(SchemaMeta):
    """Puts a derived shape's own properties before those that it inherits, as the published contracts do."""

    @classmethod
    def get_declared_fields(
        mcs,  # noqa: N804 - marshmallow's name for it
        klass: SchemaMeta,
        cls_fields: list[tuple[str, fields.Field[Any]]],
        inherited_fields: list[tuple[str, fields.Field[Any]]],
        dict_cls: type[dict[Any, Any]] = dict,
    ) -> dict[str, fields.Field[Any]]:
        own = dict_cls(cls_fields)
        return dict_cls(
            [*cls_fields, *((name, field) for name, field in inherited_fields if name not in own)]
        )


class Shape(Schema, metaclass=DerivedFirst):
    """One shape of a resource. Its class name is the component's name in the OpenAPI document.

    A load replaces the record in full: it yields every column that can be written, with its default where the
    body leaves it out. Properties that are unknown or read-only are ignored, so that an object can be sent
    back as it was received.
    """

    class Meta:
        unknown = EXCLUDE

    error_messages = {"type": "Must be a JSON object."}

    def __deepcopy__(self, memo: object) -> Self:
        """Itself: it does not change. The documents of the API would copy it many times for each operation."""
        return self

    @pre_load
    def resolve_alternatives(self, body: Any, **kwargs: Any) -> Any:
        """Where a body carries what a property shows but not the one that writes it, use what it shows.

        A null reference that is given counts as given: it clears. A null list does not.
        """
        if not isinstance(body, Mapping):
            return body
        resolved = dict(body)
        for field, writer in self.alternatives():
            given = body.get(wire_name(writer), missing)
            left_out = given is missing or (given is None and isinstance(writer, fields.List))
            if left_out and body.get(wire_name(field)) is not None:
                resolved[wire_name(writer)] = key_of(field, body)
        return resolved

    @cached_property
    def optional(self) -> tuple[str, ...]:
        """What a body that changes some of the record may leave out: all that is one for the record. The members of
        a list come whole."""
        return tuple(_optional(self, ""))

    def alternatives(self) -> Iterator[tuple[Property, fields.Field[Any]]]:
        """The properties that show what another one writes, each with that other one."""
        for field in self.fields.values():
            writer = self.fields.get(field.instead_of or "") if isinstance(field, Property) else None
            if isinstance(field, Property) and writer:
                yield field, writer

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def refuse_what_is_not_built(self, data: Any, body: Any, **kwargs: Any) -> None:
        """Say so rather than lose what the client sent."""
        if not isinstance(body, Mapping):
            return
        refusals = {
            wire_name(field): [field.refuses]
            for field in self.fields.values()
            if isinstance(field, Property)
            and field.refuses
            and differs(body.get(wire_name(field)), field.value)
        }
        if refusals:
            raise ValidationError(refusals)

    @post_load
    def spread_groups(self, loaded: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """File a group's properties under the columns of the record itself."""
        for name, field in self.load_fields.items():
            if isinstance(field, Group) and name in loaded:
                loaded.update(field.columns(loaded.pop(name)))
        return loaded


@cache
def properties_of(shape: type[Schema]) -> Mapping[str, fields.Field[Any]]:
    """The properties of a shape, to be looked at: they are the same whoever asks."""
    return shape().fields


def _optional(shape: Schema, path: str) -> Iterator[str]:
    for name, field in shape.load_fields.items():
        yield f"{path}{name}"
        if isinstance(field, Owned):
            yield from _optional(field.schema, f"{path}{name}.")


def key_of(field: Property, body: Mapping[str, Any]) -> Any:
    try:
        return field.deserialize(body[wire_name(field)])
    except ValidationError as error:
        raise ValidationError({wire_name(field): error.messages}) from None


def differs(given: Any, constant: Any) -> bool:
    """Whether a body says something, and something else than the constant."""
    if isinstance(given, str) and isinstance(constant, str):
        given, constant = given.casefold(), constant.casefold()
    return bool(given) and given != constant


def texts_by_field(messages: Any, path: str = "") -> dict[str, list[str]]:
    """Flatten marshmallow's nested messages for error answers.

    >>> texts_by_field({"other_contacts": {0: {"email": ["Must be a valid email address."]}}})
    {'other_contacts[0].email': ['Must be a valid email address.']}
    """
    texts: dict[str, list[str]] = {}
    for name, text in _texts(messages, path):
        texts.setdefault(name or "body", []).append(text)
    return texts


def _texts(messages: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _texts(inner, _below(path, key))
    elif isinstance(messages, list):
        for inner in messages:
            yield from _texts(inner, path)
    else:
        yield path, str(messages)


def _below(path: str, key: Any) -> str:
    if key == "_schema":
        return path
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else str(key)
