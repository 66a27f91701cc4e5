"""$expand: which related entities an answer shows, and what each expansion's own options ask (URL Conventions
4.01, 5.1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odata.binder import Binder
from odata.errors import InvalidOption, LimitExceeded, NotSupported, ODataError, UnknownProperty, suggest
from odata.lexer import Shape as TextShape
from odata.lexer import shape as shape_of
from odata.limits import Limits
from odata.literals import read
from odata.metadata import Collection, EntityType, Member, Navigation, Object, Property, Shape, Tally
from odata.ordering import bind_order
from odata.parser import ExpandItem, parse_expand, parse_expression
from odata.selection import selected, structural
from odata.typed import Narrowing, Order, Scalar, Variable, slots_of

NESTED_COLLECTIONS = 2
COUNT = "@odata.count"
SUPPORTED = frozenset({"select", "expand", "filter", "orderby", "top", "skip", "count"})
OF_COLLECTIONS = ("filter", "orderby", "top", "skip", "count")
LARGEST = 2**31 - 1


def expanded(
    shape: Shape,
    text: str | None,
    entity: EntityType,
    limits: Limits,
    depth: int = 1,
    collections: int = 0,
    prefix: str = "",
) -> Shape:
    """`shape` with the navigation properties that `$expand` names, each as its options ask.

    Args:
        depth: the level of nesting; collections: how many of the levels above are collections.
        prefix: tells the literals of this level from those of others.

    Raises:
        ODataError: a name does not exist, an option cannot be carried out, or it is nested too deep.
    """
    if text is None:
        return shape
    if depth > limits.max_expand:
        raise LimitExceeded(f"$expand is nested deeper than max_expand, which is {limits.max_expand}.")
    members = {member.name: member for member in shape.members}
    for item in parse_expand(text, limits):
        navigation = _navigation(item, entity)
        name = item.path[0]
        within = f"{prefix}e{item.position}_"
        target = navigation.target()
        inside = collections + navigation.collection
        if inside > NESTED_COLLECTIONS:
            raise LimitExceeded(
                f"'{name}' at position {item.position} is a collection inside {NESTED_COLLECTIONS} others; "
                "each level multiplies the answer.",
                position=item.position,
            )
        try:
            narrowing = _narrowing(item, navigation, target, limits, within)
            if _is_true(item, "count") or item.count_only:
                members[name + COUNT] = Tally(name + COUNT, navigation, narrowing)
            if not item.count_only:
                inner = selected(structural(target), item.options.get("select"), target, limits)
                inner = expanded(inner, item.options.get("expand"), target, limits, depth + 1, inside, within)
                members[name] = _member(name, navigation, inner, narrowing)
        except ODataError as error:
            if not error.message.startswith("In $expand="):
                error.message = f"In $expand={name}: {error.message}"
            raise
    return Shape(tuple(members.values()))


def narrowings_of(shape: Shape | Property) -> list[Narrowing]:
    """Those of a shape's members, on all levels."""
    found: list[Narrowing] = []
    for member in shape.members if isinstance(shape, Shape) else ():
        if isinstance(member, Collection | Tally) and member.narrowing:
            found.append(member.narrowing)
        if isinstance(member, Collection | Object):
            found += narrowings_of(member.shape)
    return found


def _navigation(item: ExpandItem, entity: EntityType) -> Navigation:
    name = item.path[0]
    navigation = entity.navigations.get(name)
    if navigation is None:
        hint = suggest(name, entity.navigations)
        raise UnknownProperty(
            f"Unknown navigation property '{name}' on {entity.name} at position {item.position}{hint}",
            position=item.position,
        )
    other = sorted(set(item.options) - SUPPORTED)
    if other or item.ref or len(item.path) > 1:
        what = f"${other[0]} inside $expand" if other else "A path in $expand"
        raise NotSupported(f"{what} is not supported yet.", position=item.position)
    unfit = [option for option in OF_COLLECTIONS if option in item.options]
    if not navigation.collection and (unfit or item.count_only):
        raise InvalidOption(
            f"${unfit[0] if unfit else 'count'} is for collections, and '{name}' leads to one entity.",
            position=item.position,
        )
    return navigation


def _narrowing(
    item: ExpandItem, navigation: Navigation, target: EntityType, limits: Limits, prefix: str
) -> Narrowing | None:
    if not any(option in item.options for option in ("filter", "orderby", "top", "skip")):
        return None
    value = target.properties[navigation.value] if navigation.value else None
    root = Variable("$it", target, value)
    filters: tuple[Scalar, ...] = ()
    values: Mapping[str, Any] = {}
    if "filter" in item.options:
        text = shape_of(item.options["filter"], limits)
        filters = (_condition(text, root, limits, prefix),)
        values = {slot.key: read(slot, text) for slot in slots_of(filters[0]) if slot.convert is not None}
    order: tuple[Order, ...] = bind_order(item.options.get("orderby"), root, limits)
    return Narrowing(root, filters, order, _number(item, "top"), _number(item, "skip") or 0, values)


def _condition(text: TextShape, root: Variable, limits: Limits, prefix: str) -> Scalar:
    return Binder(root, parse_expression(text.tokens, limits), prefix=prefix).condition()


def _number(item: ExpandItem, option: str) -> int | None:
    text = item.options.get(option)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST):
        raise InvalidOption(
            f"${option} must be a whole number from 0 to {LARGEST}.", position=item.option_positions[option]
        )
    return int(text)


def _is_true(item: ExpandItem, option: str) -> bool:
    text = item.options.get(option, "false").lower()
    if text not in ("true", "false"):
        raise InvalidOption(f"${option} must be true or false.", position=item.option_positions[option])
    return text == "true"


def _member(name: str, navigation: Navigation, shape: Shape, narrowing: Narrowing | None) -> Member:
    if not navigation.collection:
        return Object(name, shape, navigation)
    value: Property | None = navigation.target().properties[navigation.value] if navigation.value else None
    return Collection(name, navigation, value or shape, narrowing)
