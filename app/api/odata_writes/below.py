"""Writes to an address below an entity: a property, a reference, or what a navigation property leads to.

Protocol 4.01, 11.4.2 (an entity in a collection), 11.4.6 (references) and 11.4.9 (properties).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from flask import Response, g, request
from werkzeug.exceptions import MethodNotAllowed

from app.api.excluded import refuse_if_excluded
from app.api.odata.addressing import navigation_named, resolve
from app.api.odata.keys import id_in, split_key
from app.api.odata.reader import Reader
from app.api.odata_writes import properties, references
from app.api.odata_writes.entity_references import sets_of
from app.api.odata_writes.groups import reading_what_is_written
from app.api.odata_writes.operations import Say, Writer
from app.api.resources import CREATE, DELETE, REPLACE
from app.errors import InsufficientScope, NotFound
from oauth.scopes import allows
from odata.errors import UnknownSegment, excerpt
from schemas.fields import Navigates

Ways: TypeAlias = Mapping[str, Callable[[], Response]]
"""What each method does at an address."""


class Below:
    """Writes below the entities of one set.

    Args:
        name: the entity set.
        writers: by set what writes its entities, as far as its `operations` go.
    """

    def __init__(self, name: str, writers: Mapping[str, Writer], reader: Reader) -> None:
        self._name = name
        self._writers = writers
        self._reader = reader
        self._writer = writers[name]

    def write(self, key: str, rest: str) -> Response:
        """Carry out a write to `rest`, an address below the entity with this key."""
        ways = self._ways(key, rest)
        if request.method not in ways:
            raise MethodNotAllowed([*ways, "GET"])
        return ways[request.method]()

    def _ways(self, key: str, address: str) -> Ways:
        first, *rest = address.split("/")
        name, member = split_key(first)
        if member is None and rest and id_in(rest[0]) is not None:
            member = rest.pop(0)
        entity = self._writer.shown.entity
        if name in entity.properties and member is None:
            return self._of_property(key, name, rest)
        way = navigation_named(entity, name)
        if way is None:
            raise UnknownSegment(f"{excerpt(name)} is not known to {entity.name}.", target=name)
        about = self._writer.shape.fields[way.name]
        assert isinstance(about, Navigates)  # noqa: S101 - as all navigation properties of this door are
        if rest == ["$ref"]:
            return self._of_references(key, about, member)
        if about.many and not rest and member is None:
            return self._of_collection(key, about)
        return self._of_related(f"{self._name}({key})/{address}")

    def _of_property(self, key: str, name: str, rest: list[str]) -> Ways:
        if rest not in ([], ["$value"]):
            raise UnknownSegment(f"Nothing is written at {excerpt('/'.join(rest))}.", target=rest[-1])
        if not self._writer.takes(name):
            return {}
        change = partial(self._change, self._name, key)
        clear = partial(change, properties.clear, self._writer, name)
        if rest:
            return {"PUT": partial(change, properties.set_to_text, self._writer, name), "DELETE": clear}
        put = partial(change, properties.set_to_body, self._writer, name)
        return {"PUT": put, "PATCH": put, "DELETE": clear}

    def _of_collection(self, key: str, about: Navigates) -> Ways:
        """A new member is an entity that refers to this one."""
        name = self._referrer(about)
        if name is None or CREATE not in self._writers[_set_of(about)].operations:
            return {}
        return {
            "POST": lambda: self._allowed(_set_of(about), CREATE).create(
                lambda work: {name: self._writer.id_of(work, key)}
            )
        }

    def _of_related(self, address: str) -> Ways:
        """The entity that a longer address leads to is written as at its own address."""

        def write(operation: str, method: Callable[[Writer, str], Response]) -> Response:
            with reading_what_is_written():
                writer, found = self._related(address, operation)
            return method(writer, found)

        return {
            "PATCH": partial(write, REPLACE, Writer.merge),
            "PUT": partial(write, REPLACE, Writer.replace),
            "DELETE": partial(write, DELETE, Writer.delete),
        }

    def _related(self, address: str, operation: str) -> tuple[Writer, str]:
        """What writes the entity that an address leads to, and its key."""
        place = resolve(self._reader, address)
        if not place.one or place.property or place.part.value or place.context not in self._writers:
            raise MethodNotAllowed(["GET"])
        writer = self._allowed(place.context, operation)
        found = self._reader.key_of(place.of, place.given)
        if found is None:
            refuse_if_excluded(g.caller, place.of.entity.table, place.given)
            raise NotFound(f"There is no such {place.noun}.")
        return writer, found

    def _of_references(self, key: str, about: Navigates, member: str | None) -> Ways:
        link = self._writer.resource.model.links[str(about.link)]
        change = partial(self._change, self._name, key)
        if link.owned and member is None:
            return {
                "PUT": partial(change, references.refer, self._writer, about),
                "DELETE": partial(change, references.refer_to_nothing, self._writer, about),
            }
        if about.takes and link.through is not None:
            take = partial(change, references.take, about, member)
            if member is not None:
                return {"DELETE": take}
            return {
                "POST": partial(change, references.add, about),
                "PUT": partial(change, references.replace_all, about),
                "DELETE": take,
            }
        return self._of_members(key, about, member)

    def _of_members(self, key: str, about: Navigates, member: str | None) -> Ways:
        """References that are properties of the members: to add or take one is to change it."""
        name = self._referrer(about)
        if name is None:
            return {}
        writer, set_name = self._writers[_set_of(about)], _set_of(about)
        owner = partial(self._writer.id_of, key=key)

        def take() -> Response:
            found = references.key_in_address(about, member)
            return self._change(set_name, found, references.leave, writer, name, owner)

        def add() -> Response:
            return self._change(set_name, references.key_in_body(about), references.join, writer, name, owner)

        return {"DELETE": take} if member is not None else {"DELETE": take, "POST": add}

    def _referrer(self, about: Navigates) -> str | None:
        """The property of a collection's members that holds this entity's key, where a body may set it."""
        link = self._writer.resource.model.links[str(about.link)]
        if not about.many or link.through is not None or link.where or not sets_of(about.to):
            return None
        return link.remote if self._writers[_set_of(about)].takes(link.remote) else None

    def _change(self, set_name: str, key: str, say: Callable[..., Say], *about: object) -> Response:
        return self._allowed(set_name, REPLACE).change(key, say(*about))

    def _allowed(self, set_name: str, operation: str) -> Writer:
        """What writes a set.

        Raises:
            MethodNotAllowed: there is no such operation.
            InsufficientScope: the token does not allow it.
        """
        writer = self._writers[set_name]
        if operation not in writer.operations:
            raise MethodNotAllowed(["GET"])
        scope = f"{writer.resource.area}:write"
        if not allows(g.caller.scopes, scope):
            raise InsufficientScope(scope)
        return writer


def _set_of(about: Navigates) -> str:
    return sets_of(about.to)[0]
