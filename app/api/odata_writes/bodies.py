"""From a body to the values that the rules take: properties, references, and the entities within."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from marshmallow import ValidationError

from app.api.odata.reader import NAMESPACE
from app.api.odata_writes.entity_references import is_reference, key_in, keys_in, made_keys
from app.api.odata_writes.primitive_values import read_value
from app.errors import MOST_PROBLEMS, InvalidBody
from app.models import MODELS
from app.models.base import FirmRow
from odata.errors import NotSupported, suggest
from schemas.base import texts_by_field
from schemas.fields import ENTITIES, NAMES, Navigates, Property, wire_name
from schemas.fields.base import refuse_too_many
from schemas.fields.parts import MOST_PARTS, default_of
from schemas.odata import ENTITY_TYPES
from schemas.odata.entity import Entity

BIND = "@odata.bind"
DELTAS = ("@delta", "@odata.delta", "@removed", "@odata.removed")
KEY = "id"
TYPES = ("@type", "@odata.type")


@dataclass
class Loaded:
    """What a body says.

    Args:
        values: by the names that the rules know.
        added: keys that go to lists beside those that are there; `@odata.bind` in an update means that.
        cleared: the values that it says are null.
    """

    values: dict[str, Any] = field(default_factory=dict)
    added: dict[str, list[str]] = field(default_factory=dict)
    cleared: set[str] = field(default_factory=set)


class BodyReader:
    """Reads the bodies of one entity type.

    Args:
        shape: the entity type.
        model: what is behind it.
    """

    def __init__(self, shape: type[Entity], model: type[FirmRow]) -> None:
        self.shape = shape()
        self._model = model
        self._columns = model.__table__.columns
        self.references = frozenset(self._references())

    def load(self, body: Mapping[str, Any], *, whole: bool, updates: bool) -> Loaded:
        """What the body says; what it leaves out is given its default in a whole one. Of an entity that is there
        the keys of others stay (Protocol 4.01, 11.4.3: properties of a referential constraint).

        Args:
            whole: whether it is all of the entity, rather than what changes of it.
            updates: whether the entity is there; then its key is not read.

        Raises:
            InvalidBody: names every property that is unknown, of the wrong type or missing.
            NotSupported: it asks for what is not built.
        """
        loaded, problems = Loaded(), dict[str, Any]()
        self._read(loaded, body, problems, updates)
        try:
            self.shape.arrange(loaded.values)
        except ValidationError as error:
            problems |= error.normalized_messages()  # type: ignore[no-untyped-call]
        for name, text in self._left_out(loaded, whole, stays=self.references if updates else ()):
            problems.setdefault(name, [text])
        if problems:
            raise InvalidBody(texts_by_field(problems))
        return loaded

    def _read(self, loaded: Loaded, body: Mapping[str, Any], problems: dict[str, Any], updates: bool) -> None:
        for name, given in body.items():
            try:
                self._take(loaded, name, given, updates)
            except ValidationError as error:
                problems[name] = error.messages
                if len(problems) == MOST_PROBLEMS:
                    return

    def _take(self, loaded: Loaded, name: str, given: Any, updates: bool) -> None:
        base, at, _ = name.partition("@")
        if name.endswith(BIND):
            self._bind(loaded, self._property(base), given, updates)
        elif name.endswith(DELTAS):
            raise NotSupported("Deltas in a body are not supported; send the list as it is to be.")
        elif name in TYPES:
            self._check_type(given)
        elif not at:  # the rest of control information and annotations says nothing that is written
            self._set(loaded, self._property(name), given, updates)

    def _check_type(self, given: Any) -> None:
        """What a body says of its own type has to be so (JSON Format 4.01, 4.5.3)."""
        own = f"{NAMESPACE}.{type(self.shape).__name__}"
        if not isinstance(given, str) or given.rpartition("#")[2] != own:
            raise ValidationError(f"Must be #{own}.")

    def _property(self, name: str) -> Property:
        found = self.shape.fields.get(name)
        if not isinstance(found, Property):
            kind = type(self.shape).__name__
            raise ValidationError(f"There is no such property on {kind}{suggest(name, self.shape.fields)}")
        return found

    def _set(self, loaded: Loaded, about: Property, given: Any, updates: bool) -> None:
        if isinstance(about, Navigates):
            self._navigate(loaded, about, given, updates)
        elif not about.dump_only and not (updates and about.attribute == KEY):
            self._file(loaded, str(about.attribute), self._plain(about, given))

    def _plain(self, about: Property, given: Any) -> Any:
        if given is None:
            column = self._columns.get(
                str(about.attribute)
            )  # what is worked out in SQL has none, and can be null
            if about.required or (column is not None and not column.nullable):
                raise ValidationError("Must not be null.")
            return None
        as_text = request.mimetype_params.get("ieee754compatible", "").lower() == "true"
        return read_value(about, given, numbers_as_text=as_text, made=made_keys)

    def _bind(self, loaded: Loaded, about: Property, given: Any, updates: bool) -> None:
        if not isinstance(about, Navigates):
            raise ValidationError("This is no navigation property.")
        if not about.many:
            column = self._key_column(about)
            key = self._plain(self._property(column), None) if given is None else key_in(given, about.to)
            self._file(loaded, column, key)
        elif about.takes is None or about.takes in (ENTITIES, NAMES):
            raise ValidationError("This cannot be bound here.")
        elif updates:
            loaded.added[about.attribute or str(about.link)] = keys_in(given, about.to)
        else:
            loaded.values[about.attribute or str(about.link)] = keys_in(given, about.to)

    def _navigate(self, loaded: Loaded, about: Navigates, given: Any, updates: bool) -> None:
        name = about.attribute or str(about.link)
        if about.takes == ENTITIES or about.takes == NAMES:
            loaded.values[name] = self._entities(about, given)
        elif about.many and about.takes:
            loaded.values[name] = keys_in(given, about.to)
        elif not about.many and (given is None or is_reference(given)):
            self._bind(loaded, about, given, updates)
        else:
            self._refuse(about)

    def _refuse(self, about: Navigates) -> None:
        raise NotSupported(
            f"'{wire_name(about)}' cannot be written with its {type(self.shape).__name__}; "
            "write those entities by themselves.",
            target=wire_name(about),
        )

    def _entities(self, about: Navigates, given: Any) -> Any:
        inner = reader_of(about.to)
        if not about.many:
            if given is None:
                raise ValidationError("Must not be null.")
            return inner.nested(given)
        if not isinstance(given, list):
            raise ValidationError("Must be an array.")
        refuse_too_many(given, MOST_PARTS)
        found, problems = [], {}
        for index, body in enumerate(given):
            try:
                found.append(inner.nested(body))
            except ValidationError as error:
                problems[index] = error.messages
                if len(problems) == MOST_PROBLEMS:
                    break
        if problems:
            raise ValidationError(problems)
        return list(dict.fromkeys(body["name"] for body in found)) if about.takes == NAMES else found

    def nested(self, given: Any) -> dict[str, Any]:
        """What an entity within another one says.

        Raises:
            ValidationError: it will not do.
        """
        if not isinstance(given, Mapping):
            raise ValidationError("Must be a JSON object.")
        loaded, problems = Loaded(), dict[str, Any]()
        self._read(loaded, given, problems, updates=False)
        for name, text in self._left_out(loaded, whole=False, required=True):
            problems.setdefault(name, [text])
        if problems:
            raise ValidationError(problems)
        return loaded.values

    def _references(self) -> Iterator[str]:
        """The columns with the keys of the entities that this one refers to."""
        for about in self.shape.fields.values():
            if isinstance(about, Navigates):
                try:
                    yield self._key_column(about)
                except ValidationError:
                    continue  # no body sets it

    def _key_column(self, about: Navigates) -> str:
        """The column that holds the key of the record at the other end, where a body may set it."""
        link = self._model.links[str(about.link)]
        own = self.shape.fields.get(link.local)
        if not link.owned or own is None or own.dump_only:
            raise ValidationError("This cannot be set here.")
        return link.local

    def _file(self, loaded: Loaded, column: str, value: Any) -> None:
        if column in loaded.values and loaded.values[column] != value:
            raise ValidationError("The body says this twice, and not the same.")
        loaded.values[column] = value
        if value is None:
            loaded.cleared.add(column)

    def _left_out(
        self, loaded: Loaded, whole: bool, required: bool = False, stays: Collection[str] = ()
    ) -> Iterator[tuple[str, str]]:
        """Fill in the defaults of what is left out; what has none is a problem."""
        for name, about in self.shape.fields.items():
            if not isinstance(about, Property) or about.dump_only or about.attribute == KEY:
                continue
            if about.attribute in loaded.values or about.attribute in stays:
                continue
            if about.required and (whole or required):
                yield name, "Missing data for required field."
            elif whole:
                loaded.values[str(about.attribute)] = default_of(about)


READERS: dict[str, BodyReader] = {}


def reader_of(entity_type: str) -> BodyReader:
    """The reader of an entity type, which is named after its model."""
    if entity_type not in READERS:
        READERS[entity_type] = BodyReader(ENTITY_TYPES[entity_type], MODELS[entity_type])
    return READERS[entity_type]
