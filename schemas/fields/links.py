"""Properties that show other records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from marshmallow import Schema, ValidationError, fields

from schemas.fields.base import Property, Value, refuse_too_many, wire_name
from schemas.fields.texts import Guid, Text

MOST_LINKS = 1_000
"""How many records one list may name."""

WORDS = re.compile("(?<!^)(?=[A-Z])")

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
        key = self._key
        if isinstance(value, str) and self._takes_forms:
            return key.deserialize(value)
        if not isinstance(value, Mapping):
            itself = "the id itself, a GUID, or " if self._takes_forms else ""
            raise ValidationError(f'Must be {itself}a JSON object, such as {{"{wire_name(key)}": "…"}}.')
        name, given = self._given(value)
        try:
            if given is None:
                raise key.make_error("required")
            return key.deserialize(given)
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from None

    @property
    def _key(self) -> Any:
        return next(field for field in self.schema.fields.values() if field.attribute == self.by)

    @property
    def _takes_forms(self) -> bool:
        """Whether the key goes by other names too, and by none: LegalServer's references are written in many ways."""
        return wire_name(self._key) == "id"

    def _given(self, value: Mapping[str, Any]) -> tuple[str, Any]:
        """The key, and under which of its names it is.

        Raises:
            ValidationError: it is there under two names, and not the same.
        """
        names = [wire_name(self._key)]
        if self._takes_forms:
            noun = noun_of(type(self.schema))
            names += ["uuid", f"{noun}_uuid", f"{noun}_id"]
            # The document prints some of its names with a blank behind them.
            value = {name.strip(): given for name, given in value.items()}
        found = [(name, value[name]) for name in names if value.get(name) is not None]
        if len({str(given).lower() for _, given in found}) > 1:
            raise ValidationError({name: ["The reference names two records."] for name, _ in found})
        return found[0] if found else (names[0], None)


def noun_of(shape: type[Schema]) -> str:
    """What a reference's shape refers to, as names of properties have it.

    >>> noun_of(type("ExpenseCategoryReference", (Schema,), {}))
    'expense_category'
    """
    return WORDS.sub("_", shape.__name__.removesuffix("Reference").removesuffix("Ref")).lower()


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
