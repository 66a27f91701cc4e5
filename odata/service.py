"""A service as it describes itself: its entity types, sets and singletons, and what it can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from odata.csdl_annotations import Annotations
from odata.metadata import EntityType, Navigation, Property

KEY = "id"


@dataclass(frozen=True, eq=False)
class Service:
    """What is described.

    Args:
        namespace: what the names of its types begin with.
        sets: its entity sets by name; every type that a navigation property leads to is described as well.
        singletons: for each its set, which its entity is in.
        capabilities: what the whole service can do, as annotations of its container.
        restrictions: the same for single sets.
    """

    namespace: str
    sets: Mapping[str, EntityType]
    singletons: Mapping[str, str] = field(default_factory=dict)
    capabilities: Annotations = field(default_factory=dict)
    restrictions: Mapping[str, Annotations] = field(default_factory=dict)

    def types(self) -> list[EntityType]:
        """Every entity type that can be reached, each once."""
        found: dict[str, EntityType] = {}
        pending = list(self.sets.values())
        while pending:
            entity = pending.pop(0)
            if entity.name not in found:
                found[entity.name] = entity
                pending += (navigation.target() for navigation in entity.navigations.values())
        return [found[name] for name in sorted(found)]

    def type_name(self, entity: EntityType) -> str:
        return f"{self.namespace}.{entity.name}"

    def set_of(self, navigation: Navigation) -> str | None:
        """The set that a navigation property's entities are in."""
        return self.set_with(navigation.target())

    def set_with(self, entity: EntityType) -> str | None:
        """The set that has the entities of a type."""
        return next((name for name, known in self.sets.items() if known.name == entity.name), None)

    def bindings(self, entity: EntityType) -> Iterator[tuple[str, str]]:
        """Each navigation property of a type whose entities are in a set, and that set."""
        for name, navigation in entity.navigations.items():
            target = self.set_of(navigation)
            if target:
                yield name, target


def is_nullable(member: Property) -> bool:
    return member.name != KEY and (member.nullable or bool(member.steps))
