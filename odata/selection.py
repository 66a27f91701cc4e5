"""$select and $expand: which members of a shape an answer shows (URL Conventions 4.01, 5.1.3 and 5.1.4)."""

from __future__ import annotations

from dataclasses import replace

from odata.errors import LimitExceeded, NotSupported, UnknownProperty, suggest
from odata.limits import Limits
from odata.metadata import Collection, EntityType, Member, Navigation, Object, Property, Shape, Value
from odata.parser import parse_expand, parse_select

NESTED_COLLECTIONS = 2


def selected(shape: Shape, text: str | None, entity: EntityType, limits: Limits) -> Shape:
    """`shape` with only what `$select` names, in the shape's order.

    Raises:
        UnknownProperty: it names something that the shape does not have.
    """
    if text is None:
        return shape
    wanted: dict[str, list[tuple[str, ...]]] = {}
    for item in parse_select(text, limits):
        if item.options:
            raise NotSupported("Options inside $select are not supported yet.", position=item.position)
        if item.path == ("*",):
            return shape
        _check(shape, item.path, entity.name, item.position)
        wanted.setdefault(item.path[0], []).append(item.path[1:])
    return _only(shape, wanted)


def _check(shape: Shape, path: tuple[str, ...], owner: str, position: int) -> None:
    names = {member.name: member for member in shape.members}
    member = names.get(path[0])
    if member is None:
        hint = suggest(path[0], names)
        raise UnknownProperty(
            f"Unknown property '{path[0]}' on {owner} at position {position}{hint}", position=position
        )
    if len(path) > 1:
        inner = getattr(member, "shape", None)
        if not isinstance(inner, Shape):
            raise UnknownProperty(
                f"'{path[0]}' at position {position} has no property '{path[1]}'.", position=position
            )
        _check(inner, path[1:], path[0], position)


def _only(shape: Shape, wanted: dict[str, list[tuple[str, ...]]]) -> Shape:
    members: list[Member] = []
    for member in shape.members:
        paths = wanted.get(member.name)
        if paths is None:
            continue
        if all(paths) and isinstance(member, Object | Collection) and isinstance(member.shape, Shape):
            inner: dict[str, list[tuple[str, ...]]] = {}
            for path in paths:
                inner.setdefault(path[0], []).append(path[1:])
            member = replace(member, shape=_only(member.shape, inner))
        members.append(member)
    return Shape(tuple(members))


def structural(entity: EntityType) -> Shape:
    """All structural properties of an entity and nothing else: what strict OData shows by default."""
    return Shape(tuple(Value(name, member) for name, member in entity.properties.items()))


def expanded(
    shape: Shape, text: str | None, entity: EntityType, limits: Limits, depth: int = 1, collections: int = 0
) -> Shape:
    """`shape` with the navigation properties that `$expand` names, each with its own $select and $expand.

    Args:
        depth: the level of nesting; collections: how many of the levels above are collections.
    """
    if text is None:
        return shape
    if depth > limits.max_expand:
        raise LimitExceeded(f"$expand is nested deeper than max_expand, which is {limits.max_expand}.")
    members = {member.name: member for member in shape.members}
    for item in parse_expand(text, limits):
        name = item.path[0]
        navigation = entity.navigations.get(name)
        if navigation is None:
            hint = suggest(name, entity.navigations)
            raise UnknownProperty(
                f"Unknown navigation property '{name}' on {entity.name} at position {item.position}{hint}",
                position=item.position,
            )
        other = sorted(set(item.options) - {"select", "expand"})
        if other or len(item.path) > 1:
            what = f"${other[0]} inside $expand" if other else "A path in $expand"
            raise NotSupported(f"{what} is not supported yet.", position=item.position)
        target = navigation.target()
        inner = selected(structural(target), item.options.get("select"), target, limits)
        inside = collections + navigation.collection
        if inside > NESTED_COLLECTIONS:
            raise LimitExceeded(
                f"'{name}' at position {item.position} is a collection inside {NESTED_COLLECTIONS} others; "
                "each level multiplies the answer.",
                position=item.position,
            )
        inner = expanded(inner, item.options.get("expand"), target, limits, depth + 1, inside)
        members[name] = _member(name, navigation, inner)
    return Shape(tuple(members.values()))


def _member(name: str, navigation: Navigation, shape: Shape) -> Member:
    if not navigation.collection:
        return Object(name, shape, navigation)
    value: Property | None = navigation.target().properties[navigation.value] if navigation.value else None
    return Collection(name, navigation, value or shape)
