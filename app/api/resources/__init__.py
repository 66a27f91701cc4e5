"""The table of contents: one row a resource, one face for each door that it shows itself at.

`crud.py` turns rows into routes. A new resource is a row here, its model, its schemas, and its rules.
"""

from __future__ import annotations

from collections import Counter

from app.api.resources import (
    activities,
    billing,
    charges,
    clients,
    conflict_checks,
    lookups,
    matter_records,
    matters,
    people,
)
from app.api.resources.face import ALL, CREATE, DELETE, GET, LIST, READ, REPLACE, Face, Resource
from schemas.base import Shape

RESOURCES: tuple[Resource, ...] = (
    *people.RESOURCES,
    *clients.RESOURCES,
    *lookups.RESOURCES,
    *matters.RESOURCES,
    *matter_records.RESOURCES,
    *conflict_checks.RESOURCES,
    *activities.RESOURCES,
    *charges.RESOURCES,
    *billing.RESOURCES,
)


def faces(door: str) -> list[tuple[Resource, Face]]:
    """Every face at a door, with its resource."""
    return [(resource, face) for resource in RESOURCES for face in resource.faces if face.door == door]


def standard_shapes(door: str) -> dict[str, type[Shape]]:
    """The shape that each model has in lists at a door, where it has one and the same in all."""
    shapes = {(resource.model.__name__, face.standard) for resource, face in faces(door)}
    how_many = Counter(model for model, _ in shapes)
    return {model: shape for model, shape in shapes if how_many[model] == 1}


__all__ = [
    "ALL",
    "CREATE",
    "DELETE",
    "GET",
    "LIST",
    "READ",
    "REPLACE",
    "RESOURCES",
    "Face",
    "Resource",
    "faces",
    "standard_shapes",
]
