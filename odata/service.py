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
        restrictions: the same for single sets and singletons.
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

    def partner(self, entity: EntityType, name: str) -> str | None:
        """The navigation property that leads back the same way, where there is just one (CSDL 4.01, 8.4)."""
        back = _opposite(entity, entity.navigations[name])
        if len(back) != 1:
            return None
        target = entity.navigations[name].target()
        return back[0] if _opposite(target, target.navigations[back[0]]) == [name] else None

    def bindings(self, entity: EntityType) -> Iterator[tuple[str, str]]:
        """Each navigation property of a type whose entities are in a set, and that set."""
        for name, navigation in entity.navigations.items():
            target = self.set_of(navigation)
            if target:
                yield name, target


def _opposite(entity: EntityType, way: Navigation) -> list[str]:
    """The navigation properties at the end of `way` that use the same columns the other way round."""
    if len(way.steps) != 1 or way.steps[0].where:
        return []
    wanted = {(far, near) for near, far in way.steps[0].pairs}
    return [
        name
        for name, back in way.target().navigations.items()
        if len(back.steps) == 1
        and back.steps[0].table is entity.table
        and back.target().name == entity.name
        and not back.steps[0].where
        and set(back.steps[0].pairs) == wanted
    ]


def referring_property(entity: EntityType, way: Navigation) -> str | None:
    """The property that holds the key of what a reference leads to (CSDL 4.01, 8.5)."""
    if way.collection or len(way.steps) != 1:
        return None
    near = {near for near, far in way.steps[0].pairs if far == KEY}
    return next((name for name in near if name in entity.properties and name != KEY), None)


def is_certain(way: Navigation) -> bool:
    """Whether a reference always leads to an entity."""
    return bool(way.steps) and all(step.certain for step in way.steps)


def is_nullable(member: Property) -> bool:
    return member.name != KEY and (member.nullable or bool(member.steps))
