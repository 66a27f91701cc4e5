"""How far a query reaches with the token's scopes: one check for every door, every option and every depth.

A list, with what it shows by itself, asks for the scope of its own area. What a query names beyond that asks for
the scope of the area that it leads to, in a filter too: who may ask whether some time entry has a certain text
can read it letter by letter.

The check is in the names. A set is queried through a view of its entity type in which the names that lead into
a closed area are not there, and whoever asks for one is told which scope opens it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, TypeVar

from flask import g

from app.api.resources import RESOURCES
from app.errors import InsufficientScope
from oauth.scopes import allows
from odata.metadata import EntityType, Navigation, Shape
from odata.sets import EntitySet

Named = TypeVar("Named")

AREAS = {resource.model.__tablename__: resource.area for resource in reversed(RESOURCES)}
"""The area of each table; what is part of a record, such as the lines of an email, has none and needs none."""

VIEWS_KEPT = 1_000


class Reach:
    """The views of one door's sets; its engine asks for one whenever it plans a statement."""

    def __init__(self) -> None:
        self._views: dict[tuple[str, frozenset[str]], EntityType] = {}

    def __call__(self, of: EntitySet) -> EntityType:
        """The set's entity type as the caller may query it; without a caller all areas are closed."""
        closed = closed_areas(g.caller.scopes if "caller" in g else frozenset())
        if not closed:
            return of.entity
        view = self._views.get((of.name, closed))
        if view is None:
            if len(self._views) >= VIEWS_KEPT:
                self._views.clear()
            view = self._views[of.name, closed] = _Viewer(closed).view(of.entity, of.shape)
        return view


@lru_cache(maxsize=1024)
def closed_areas(scopes: frozenset[str]) -> frozenset[str]:
    """The areas that the scopes do not let read."""
    return frozenset(area for area in AREAS.values() if not allows(scopes, f"{area}:read"))


class Guarded(dict[str, Named]):
    """Names of which some are closed: no list of the names has those, and asking for one is refused.

    Args:
        opened: what can be asked for.
        closed: for each other name the scope that opens it.

    Raises:
        InsufficientScope: on a look-up of a closed name.
    """

    def __init__(self, opened: dict[str, Named], closed: Mapping[str, str]) -> None:
        super().__init__(opened)
        self._closed = closed

    def __missing__(self, name: str) -> Named:
        if name in self._closed:
            raise InsufficientScope(self._closed[name])
        raise KeyError(name)

    def get(self, name: str, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default

    def __contains__(self, name: object) -> bool:
        return self.get(str(name)) is not None

    def copy(self) -> Guarded[Named]:
        return Guarded(self, self._closed)


@dataclass
class _Viewer:
    """Makes the views of entity types for one choice of closed areas; each level when a query gets there."""

    closed: frozenset[str]

    def view(self, entity: EntityType, shape: Any, needed: str | None = None) -> EntityType:
        """An entity type with only what is open.

        Args:
            shape: what the answer shows of such an entity by itself.
            needed: the scope that opens the rest of it; None where all its properties are open.
        """
        shown = {member.name: member for member in shape.members} if isinstance(shape, Shape) else {}
        properties = entity.properties
        if needed is not None:
            properties = _split(properties, lambda name, _: None if name in shown else needed)
        ways = _split(
            entity.navigations,
            lambda name, way: None if name in shown else needed or self._needed(way),
        )
        for name, way in ways.items():
            inner = getattr(shown.get(name), "shape", None)
            ways[name] = replace(way, target=partial(self._target, way, inner, needed))
        return replace(entity, properties=properties, navigations=ways)

    def _target(self, way: Navigation, shape: Any, needed: str | None) -> EntityType:
        return self.view(way.target(), shape, needed if not way.steps else self._needed(way))

    def _needed(self, way: Navigation) -> str | None:
        """The scope that opens what a navigation property leads to, where it is closed."""
        if not way.steps or way.value is not None:
            return None  # the same row, or a plain value that the row shows
        area = AREAS.get(way.target().table.name)
        return f"{area}:read" if area in self.closed else None


def _split(names: Mapping[str, Named], scope_of: Callable[[str, Named], str | None]) -> dict[str, Named]:
    closed = {name: scope for name, member in names.items() if (scope := scope_of(name, member)) is not None}
    opened = {name: member for name, member in names.items() if name not in closed}
    return Guarded(opened, closed) if closed else opened
