"""How an answer is to look: the annotations among an object's members, and how numbers are written
(JSON Format 4.01, 3.1 and 3.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from odata.metadata import (
    Collection,
    EntityType,
    Fixed,
    Member,
    Object,
    Shape,
    Template,
    Value,
)
from odata.service import Service
from odata.types import Edm

ETAG = "@odata.etag"
SELF_EVIDENT = frozenset({Edm.STRING, Edm.BOOLEAN, Edm.DOUBLE, Edm.INT32})
"""Types that a reader of the JSON value sees by itself; all others are named under full metadata."""


class Level(Enum):
    """The `odata.metadata` of an answer."""

    NONE = "none"
    MINIMAL = "minimal"
    FULL = "full"


@dataclass(frozen=True, eq=False)
class Form:
    """One way to write answers. A plan is made for a form; there are few of them, made once.

    Args:
        service: it knows the names of types and sets.
        exact_numbers: whether decimals and 64-bit integers are texts (`IEEE754Compatible=true`).
        tagged: whether the outermost object carries its entity tag whatever the level.
        version: the column that every change of a row moves; an entity tag is made of it and the key.
    """

    service: Service
    level: Level = Level.MINIMAL
    exact_numbers: bool = False
    tagged: bool = False
    version: str = "updated_at"

    def annotated(self, shape: Shape, entity: EntityType) -> Shape:
        """`shape`, a selection of `entity`, with the annotations of the form in it."""
        if self.level is Level.NONE:
            return Shape((*self._tag(entity), *shape.members)) if self.tagged else shape
        members: list[Member] = []
        for member in shape.members:
            if isinstance(member, Value) and self.level is Level.FULL:
                members += _type_of(member)
            if (
                isinstance(member, Object | Collection)
                and member.navigation
                and isinstance(member.shape, Shape)
            ):
                member = replace(member, shape=self.annotated(member.shape, member.navigation.target()))
            members.append(member)
        if self.level is Level.MINIMAL:
            return Shape((*self._tag(entity), *members))
        links = self._links(entity)
        return Shape((*self._identity(entity), *self._tag(entity), *members, *links))

    def _tag(self, entity: EntityType) -> Iterator[Member]:
        if self.service.set_with(entity) and self.version in entity.table.c:
            yield Template(ETAG, ('W/"', (entity.key, 8), ".", (self.version, None), '"'))

    def _identity(self, entity: EntityType) -> Iterator[Member]:
        yield Fixed("@odata.type", f"#{self.service.type_name(entity)}")
        if name := self.service.set_with(entity):
            for annotation in ("@odata.id", "@odata.editLink"):
                yield Template(annotation, address(name, entity))

    def _links(self, entity: EntityType) -> Iterator[Member]:
        if name := self.service.set_with(entity):
            for navigation in entity.navigations:
                link = (*address(name, entity), f"/{navigation}")
                yield Template(f"{navigation}@odata.navigationLink", link)
                if self.service.set_of(entity.navigations[navigation]):
                    yield Template(f"{navigation}@odata.associationLink", (*link, "/$ref"))


def address(set_name: str, entity: EntityType) -> tuple[str | tuple[str, int | None], ...]:
    """An entity's address, relative to the service's (JSON Format 4.01, 4.5.8)."""
    return (f"{set_name}(", (entity.key, None), ")")


def reference(set_name: str, entity: EntityType) -> Shape:
    """What stands for an entity in a list of references (Protocol 4.01, 11.2.8)."""
    return Shape((Template("@odata.id", address(set_name, entity)),))


def _type_of(member: Value) -> list[Member]:
    if member.property.type in SELF_EVIDENT:
        return []
    return [Fixed(f"{member.name}@odata.type", f"#{member.property.type.value.removeprefix('Edm.')}")]
