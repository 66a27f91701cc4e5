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
    Reference,
    Shape,
    Template,
    Value,
    Variants,
)
from odata.service import Service
from odata.types import Edm

ETAG = "@odata.etag"
SELF_EVIDENT = frozenset({Edm.STRING, Edm.BOOLEAN, Edm.DOUBLE, Edm.INT32})
"""Types that a reader of the JSON value sees by itself; all others are named under full metadata."""
HEURISTIC = SELF_EVIDENT - {Edm.INT32}
"""The same for a property that `$metadata` does not declare: a number is taken for a double."""


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
        if isinstance(shape, Reference):
            name = self.service.set_with(entity)
            return shape if name is None else reference(name, entity)
        if self.level is Level.NONE:
            shape = self._bare(shape)
            return Shape((*self._tag(entity), *shape.members)) if self.tagged else shape
        members: list[Member] = []
        for member in shape.members:
            if isinstance(member, Value):
                members += self._type_of(member, entity)
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

    def _bare(self, shape: Shape) -> Shape:
        """`shape` with the addresses that are asked for, and nothing else that is not in it."""
        members: list[Member] = []
        for member in shape.members:
            if isinstance(member, Object | Collection) and member.navigation:
                inner = member.shape
                if isinstance(inner, Reference):
                    member = replace(member, shape=self.annotated(inner, member.navigation.target()))
                elif isinstance(inner, Shape):
                    member = replace(member, shape=self._bare(inner))
            members.append(member)
        return replace(shape, members=tuple(members))

    def typed(self, shape: Shape, entity: EntityType) -> Shape:
        """`shape`, made by $apply of the rows of `entity`, with the types that nobody would know otherwise."""
        if self.level is Level.NONE:
            return shape
        members: list[Member] = []
        for member in shape.members:
            if isinstance(member, Value):
                members += self._type_of(member, entity)
            elif isinstance(member, Object) and member.name in entity.navigations:
                inner = entity.navigations[member.name].target()
                member = replace(member, shape=self.typed(member.shape, inner))
            members.append(member)
        if isinstance(shape, Variants):
            shapes = tuple(self.typed(each, entity) for each in shape.shapes)
            return replace(shape, members=tuple(members), shapes=shapes)
        return Shape(tuple(members))

    def _type_of(self, member: Value, entity: EntityType) -> Iterator[Member]:
        """Of a declared property under full metadata, of another one always (JSON Format 4.01, 4.5.3)."""
        edm = member.property.type
        declared = entity.properties.get(member.name)
        if declared is not None and declared.type is edm:
            is_told = self.level is Level.FULL and edm not in SELF_EVIDENT
        else:
            is_told = edm not in HEURISTIC
        if is_told:
            yield Fixed(f"{member.name}@odata.type", f"#{edm.value.removeprefix('Edm.')}")

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
