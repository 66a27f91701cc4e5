"""A value chosen from one of the firm's lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from marshmallow import Schema, ValidationError

from schemas.fields.links import Reference
from schemas.fields.numbers import Whole
from schemas.fields.texts import Guid, Text

LOOKS_LIKE = 'a lookup value: its id, its name, {"lookup_value_uuid": "…"} or {"lookup_value_id": 881}'


class Chosen(NamedTuple):
    """A value by something that it is known by."""

    by: str
    """The column: `id`, `lookup_id` or `name`."""
    key: str | int


class Lookup(Reference):
    """A lookup value, shown as an object. A body may say its small number, its id or its name, alone or as an
    object in which any one of them will do (LegalServer, "v2 Core APIs"); loads as a `Chosen`.

    Args:
        nested: the shape of the object.
        attribute: the record's column that holds the id.
        link: the way to the value.
    """

    def __init__(self, nested: type[Schema], **kwargs: Any) -> None:
        kwargs.setdefault("doc", f"To set it, {LOOKS_LIKE}.")
        super().__init__(nested, **kwargs)

    def read(self, value: Any) -> Chosen:
        if isinstance(value, Mapping):
            for name, read in BY_NAME.items():
                if value.get(name) is not None:
                    return self._told(name, read, value[name])
        elif isinstance(value, str):
            return by_text(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            return by_number(value)
        raise ValidationError(f"Must be {LOOKS_LIKE}.")

    def _told(self, name: str, read: Callable[[Any], Chosen], value: Any) -> Chosen:
        try:
            return read(value)
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from None


def by_id(value: Any) -> Chosen:
    return Chosen("id", Guid().read(value))


def by_number(value: Any) -> Chosen:
    return Chosen("lookup_id", Whole().read(value))


def by_name(value: Any) -> Chosen:
    return Chosen("name", Text(trimmed=True).read(value))


def by_text(value: str) -> Chosen:
    """A text that looks like an id is one, digits are the small number, and everything else is a name.

    >>> by_text("Open"), by_text("881")
    (Chosen(by='name', key='Open'), Chosen(by='lookup_id', key=881))
    """
    for read in (by_id, by_number):
        try:
            return read(value)
        except ValidationError:
            continue
    return by_name(value)


BY_NAME: Mapping[str, Callable[[Any], Chosen]] = {
    "lookup_value_uuid": by_id,
    "uuid": by_id,
    "id": by_id,
    "lookup_value_id": by_number,
    "lookup_value_name": by_name,
    "name": by_name,
}
"""What an object may carry, the surest first."""
