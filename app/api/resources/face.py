"""What a row of the resource table is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.api.parameters import Parameter, equalities
from app.models.base import FirmRow
from app.services.records import Rules
from schemas.base import Shape

LIST, GET, CREATE, REPLACE, DELETE = "list", "get", "create", "replace", "delete"
ALL = frozenset({LIST, GET, CREATE, REPLACE, DELETE})
READ = frozenset({LIST, GET})
NO_REPLACE = ALL - {REPLACE}


@dataclass(frozen=True)
class Face:
    """How a resource shows itself at one door.

    Args:
        door: `v1`, `v2`, `odata` or `praxis`.
        path: the last part of the address; any letter case is accepted, but at the OData door.
        standard, detailed: the shapes in lists and of one object.
        parameters: the query parameters of the list, besides the OData options.
        operations: which of the operations it has.
        only: fixed values that all of its rows have.
        ours: the operations that the published API does not have, each with a sentence about it.
        upserts: whether a new record may say how to find the one that it would else double. Then its plain
            properties are parameters of the search, too.
        noun: what one of them is called at this door, where that is not what the resource is called.
        rules: by which one is written at this door, where these are not the resource's.
    """

    door: str
    path: str
    standard: type[Shape]
    detailed: type[Shape]
    operations: frozenset[str] = ALL
    parameters: tuple[Parameter, ...] = ()
    only: Mapping[str, Any] = field(default_factory=dict)
    ours: Mapping[str, str] = field(default_factory=dict)
    upserts: bool = False
    noun: str | None = None
    rules: Rules | None = None

    @property
    def search(self) -> tuple[Parameter, ...]:
        """All parameters of the list."""
        if not self.upserts:
            return self.parameters
        own = {parameter.name.lower() for parameter in self.parameters}
        plain = (parameter for parameter in equalities(self.standard) if parameter.name not in own)
        return (*self.parameters, *plain)


@dataclass(frozen=True)
class Resource:
    """A kind of record.

    Args:
        area: the scope area that guards it: reading needs `<area>:read`, the rest `<area>:write`.
        noun: what one of them is called in a sentence.
        rules: what writing one asks for beyond its columns, unless the face says otherwise.
    """

    model: type[FirmRow]
    area: str
    noun: str
    faces: tuple[Face, ...]
    rules: Rules = Rules()


def v1(path: str, standard: type[Shape], detailed: type[Shape] | None = None, **kwargs: Any) -> Face:
    return Face("v1", path, standard, detailed or standard, **kwargs)


def v2(
    path: str,
    detailed: type[Shape],
    *parameters: Parameter,
    standard: type[Shape] | None = None,
    **kwargs: Any,
) -> Face:
    return Face("v2", path, standard or detailed, detailed, parameters=parameters, **kwargs)


def praxis(
    path: str,
    noun: str,
    detailed: type[Shape],
    *parameters: Parameter,
    standard: type[Shape] | None = None,
    **kwargs: Any,
) -> Face:
    return Face("praxis", path, standard or detailed, detailed, parameters=parameters, noun=noun, **kwargs)


def odata(path: str, shape: type[Shape]) -> Face:
    return Face("odata", path, shape, shape, READ)
