"""From the names in a path to the properties and navigations of an entity type.

This is where the allow-list is held: a name that the entity type does not have is refused, with the nearest
name that it does have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from odata import ast
from odata.errors import NotSupported, TypeMismatch, UnknownProperty, suggest
from odata.metadata import EntityType, Navigation, Property
from odata.parser import Parsed
from odata.typed import Path, Variable
from odata.types import Edm

Place: TypeAlias = tuple[Variable, tuple[Navigation, ...]]
"""Where a path has got to: the variable it started from and the navigations so far."""


MEMBER = "$this"
"""The name of the variable for what a collection is narrowed down from: there, $it is something else."""

Segment: TypeAlias = tuple[str, int]
"""A name in a path and its position in the text."""


class Resolver:
    """Resolves the paths of one parsed expression.

    Args:
        root: what a path refers to that does not begin with a lambda's variable.
        parsed: the expression, for the positions of its nodes.
    """

    def __init__(self, root: Variable, parsed: Parsed) -> None:
        self._root = root
        self._here = root
        self._parsed = parsed
        self._variables: dict[str, Variable] = {}

    @contextmanager
    def within(self, variable: Variable) -> Iterator[None]:
        """Know a lambda's variable while its predicate is bound; it hides an outer one of the same name."""
        outer = self._variables
        self._variables = {**outer, variable.name: variable}
        try:
            yield
        finally:
            self._variables = outer

    @contextmanager
    def inside(self, member: Variable) -> Iterator[None]:
        """Within the options of a path segment: names, and `$this`, mean the collection's member."""
        outer, self._here = self._here, member
        try:
            yield
        finally:
            self._here = outer

    def value(self, node: Any) -> Path:
        """The property at the end of a path."""
        start, segments = self._start(node)
        if not segments:
            if start.value is None:
                position = self._position(node)
                what = f"'{start.name}' at position {position} is {start.entity.name}"
                raise TypeMismatch(f"{what}; name a property of it.", position=position)
            return Path(start, (), start.value)
        navigations, entity = self._walk(start, segments[:-1])
        name, position = segments[-1]
        found = entity.properties.get(name)
        if found is None:
            if name in entity.navigations:
                raise _not_a_value(entity.navigations[name], position)
            raise _unknown(entity, name, position, entity.names())
        return Path(start, navigations, found)

    def collection(self, node: Any) -> Place:
        """The collection at the end of a path."""
        start, segments = self._start(node)
        navigations, entity = self._walk(start, segments[:-1])
        name, position = segments[-1] if segments else (start.name, self._position(node))
        last = self._navigation(entity, name, position) if segments else None
        if last is None or not last.collection:
            raise TypeMismatch(f"'{name}' at position {position} is not a collection.", position=position)
        return start, (*navigations, last)

    def reference(self, node: Any) -> Path | None:
        """The key of the one entity at the end of a path; None where the path does not end at one."""
        start, segments = self._start(node)
        if not segments:
            return None
        navigations, entity = self._walk(start, segments[:-1])
        last = entity.navigations.get(segments[-1][0])
        if last is None or last.collection or not last.steps or last.name in entity.properties:
            return None
        key = last.target().key
        return Path(start, (*navigations, last), Property(key, Edm.GUID, lambda table: table.c[key]))

    def _start(self, node: Any) -> tuple[Variable, list[Segment]]:
        """What a path begins with, and the names that follow with their positions."""
        names: list[Segment] = []
        while isinstance(node, ast.Attribute):
            names.append((node.attr, self._position(node)))
            node = node.owner
        position = self._position(node)
        if isinstance(node, ast.Root) and node.name == "$it" and self._root.name == MEMBER:
            raise NotSupported(
                f"$it (at position {position}) would be the entity that the answer is about, and is not "
                "supported within $expand; $this is the expanded one.",
                position=position,
            )
        if isinstance(node, ast.Root) and node.name != "$root":
            return (self._root if node.name == "$it" else self._here), names[::-1]
        if not isinstance(node, ast.Identifier):
            what = "Paths from $root are" if isinstance(node, ast.Root) else "A path that begins like this is"
            raise NotSupported(f"{what} not supported (at position {position}).", position=position)
        variable = self._variables.get(node.name)
        if variable is not None:
            return variable, names[::-1]
        names.append((full_name(node), position))
        return self._here, names[::-1]

    def _walk(self, start: Variable, segments: list[Segment]) -> tuple[tuple[Navigation, ...], EntityType]:
        """Follow references; a collection on the way needs a quantifier."""
        navigations: tuple[Navigation, ...] = ()
        entity = start.entity
        for name, position in segments:
            navigation = self._navigation(entity, name, position)
            if navigation.collection:
                raise _not_a_value(navigation, position)
            navigations += (navigation,)
            entity = navigation.target()
        return navigations, entity

    def _navigation(self, entity: EntityType, name: str, position: int) -> Navigation:
        navigation = entity.navigations.get(name)
        if navigation is None:
            if name in entity.properties:
                message = f"'{name}' at position {position} is a value; nothing follows it."
                raise TypeMismatch(message, position=position)
            raise _unknown(entity, name, position, entity.navigations)
        return navigation

    def _position(self, node: Any) -> int:
        return self._parsed.positions.get(id(node), 0)


def full_name(identifier: ast.Identifier) -> str:
    return ".".join((*identifier.namespace, identifier.name))


def _not_a_value(navigation: Navigation, position: int) -> TypeMismatch:
    if navigation.collection:
        advice = "is a collection; ask with any(…) or all(…)."
    else:
        example = next(iter(navigation.target().properties))
        advice = f"is not a value; name a property of it, such as {navigation.name}/{example}."
    return TypeMismatch(f"'{navigation.name}' at position {position} {advice}", position=position)


def _unknown(entity: EntityType, name: str, position: int, candidates: Iterable[str]) -> UnknownProperty:
    hint = suggest(name, candidates)
    return UnknownProperty(
        f"Unknown property '{name}' on {entity.name} at position {position}{hint}", position=position
    )
