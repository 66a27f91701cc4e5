"""$select: which members of a shape an answer shows (URL Conventions 4.01, 5.1.3)."""

from __future__ import annotations

from dataclasses import replace

from odata.errors import NotSupported, UnknownProperty, suggest
from odata.limits import Limits
from odata.metadata import Collection, EntityType, Member, Object, Shape, Value, Variants
from odata.parser import parse_select


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
        if not _links(shape, item.path, entity):
            _check(shape, item.path, entity.name, item.position)
        wanted.setdefault(item.path[0], []).append(item.path[1:])
    return _only(shape, wanted)


def _links(shape: Shape, path: tuple[str, ...], entity: EntityType) -> bool:
    """Whether a navigation property is meant. To select one asks for its link, which shows by itself where links
    do; Power BI selects whatever it expands."""
    return len(path) == 1 and path[0] in entity.navigations and not _shows(shape, path[0])


def _shows(shape: Shape, name: str) -> bool:
    return any(member.name == name for member in shape.members)


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
    if isinstance(shape, Variants):
        shapes = tuple(_only(each, wanted) for each in shape.shapes)
        return replace(shape, members=_only(Shape(shape.members), wanted).members, shapes=shapes)
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
