"""What a host offers to be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from odata.metadata import EntityType, Shape
from odata.origins import Origin
from odata.typed import Preset


@dataclass(frozen=True, eq=False)
class EntitySet:
    """What can be asked for under one name.

    Args:
        name: unique among the host's sets; plans are kept under it.
        entity: the allow-list of names in queries.
        shape: what an answer shows when nothing is selected.
        presets: conditions that the host offers as parameters, by name.
        preset_entity: the entity type that their filters are written against.
        origin: where the list begins, when that is one entity: its key comes among the presets' values.
        searchable: the properties that $search looks into, such as `name` or `matter/name`; None for all texts.
    """

    name: str
    entity: EntityType
    shape: Shape
    presets: Mapping[str, Preset] = field(default_factory=dict)
    preset_entity: EntityType | None = None
    origin: Origin | None = None
    searchable: tuple[str, ...] | None = None
