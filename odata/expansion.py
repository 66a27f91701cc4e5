"""$expand: which related entities an answer shows, and on how many levels (URL Conventions 4.01, 5.1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from odata.aliases import Aliases
from odata.errors import InvalidOption, LimitExceeded, NotSupported, ODataError, UnknownProperty, suggest
from odata.limits import Limits
from odata.metadata import (
    Collection,
    EntityType,
    Member,
    Navigation,
    Object,
    Property,
    Reference,
    Shape,
    Tally,
    Value,
)
from odata.narrowing import NARROWING, narrowing_of
from odata.parser import ExpandItem, parse_expand
from odata.selection import selected, structural
from odata.typed import Narrowing

NESTED_COLLECTIONS = 2
COUNT = "@odata.count"
SUPPORTED = frozenset({"select", "expand", "count", "levels", *NARROWING})
OF_COLLECTIONS = ("count", *NARROWING)


def expanded(shape: Shape, text: str | None, entity: EntityType, limits: Limits, aliases: Aliases) -> Shape:
    """`shape` with the navigation properties that `$expand` names, each as its options ask.

    Raises:
        ODataError: a name does not exist, an option cannot be carried out, or it is nested too deep.
    """
    return _Level(limits, aliases).expanded(shape, text, entity)


def narrowings_of(shape: Shape | Property) -> list[Narrowing]:
    """Those of a shape's members, on all levels."""
    found: list[Narrowing] = []
    for member in shape.members if isinstance(shape, Shape) else ():
        if isinstance(member, Collection | Tally) and member.narrowing:
            found.append(member.narrowing)
        if isinstance(member, Collection | Object):
            found += narrowings_of(member.shape)
    return found


@dataclass(frozen=True)
class _Level:
    """One level of $expand.

    Args:
        aliases: those of the query and of the levels above.
        depth: how deep it is nested; collections: how many of the levels above are collections.
        prefix: tells the literals of this level from those of others.
    """

    limits: Limits
    aliases: Aliases
    depth: int = 1
    collections: int = 0
    prefix: str = ""

    def expanded(self, shape: Shape, text: str | None, entity: EntityType) -> Shape:
        if text is None:
            return shape
        for item in spread(parse_expand(text, self.limits), entity):
            shape = self.with_item(shape, item, entity)
        return shape

    def with_item(self, shape: Shape, item: ExpandItem, entity: EntityType, mark: str = "e") -> Shape:
        """The shape with what one item of the text asks for; `mark` tells a further level's literals apart."""
        members = {member.name: member for member in shape.members}
        navigation = _navigation(item, entity)
        name = item.path[0]
        self._check_depth(item, navigation)
        try:
            aliases = self.aliases.with_local(item.aliases, self.limits)
            prefix = f"{self.prefix}{mark}{item.position}_"
            narrowing = narrowing_of(item, navigation, self.limits, aliases, prefix)
            if _is_true(item, "count") or item.count_only:
                members[name + COUNT] = Tally(name + COUNT, navigation, narrowing)
            if not item.count_only:
                within = _Level(
                    self.limits, aliases, self.depth + 1, self.collections + navigation.collection, prefix
                )
                members[name] = _member(name, navigation, within.inside(item, navigation), narrowing)
        except ODataError as error:
            if not error.message.startswith("In $expand="):
                error.message = f"In $expand={name}: {error.message}"
            raise
        return Shape(tuple(members.values()))

    def inside(self, item: ExpandItem, navigation: Navigation) -> Shape:
        """What the item shows of each entity, the further levels of `$levels` among it."""
        target = navigation.target()
        if item.ref:
            return Reference((Value(target.key, target.properties[target.key]),))
        shape = selected(structural(target), item.options.get("select"), target, self.limits)
        shape = self.expanded(shape, item.options.get("expand"), target)
        further = self._further(item, navigation)
        return shape if further is None else self.with_item(shape, further, target, "l")

    def _further(self, item: ExpandItem, navigation: Navigation) -> ExpandItem | None:
        """The same item again, one level deeper, where there is one.

        A number of levels beyond what is allowed is refused when that level is reached; `max` ends before it.
        """
        levels = item.options.get("levels")
        if levels is None:
            return None
        again = navigation.target().navigations.get(navigation.name)
        if again is None or again.target().name != navigation.target().name:
            raise InvalidOption(
                f"$levels is for what leads to more of its own kind, and '{navigation.name}' does not.",
                position=item.option_positions["levels"],
            )
        if levels.lower() == "max":
            deeper = self.depth <= self.limits.max_expand
            return item if deeper and self.collections + again.collection <= NESTED_COLLECTIONS else None
        left = int(levels) - 1
        return replace(item, options={**item.options, "levels": str(left)}) if left else None

    def _check_depth(self, item: ExpandItem, navigation: Navigation) -> None:
        if self.depth > self.limits.max_expand:
            raise LimitExceeded(
                f"$expand is nested deeper than max_expand, which is {self.limits.max_expand}."
            )
        if self.collections + navigation.collection > NESTED_COLLECTIONS:
            raise LimitExceeded(
                f"'{item.path[0]}' at position {item.position} is a collection inside {NESTED_COLLECTIONS} "
                "others; each level multiplies the answer.",
                position=item.position,
            )


def _navigation(item: ExpandItem, entity: EntityType) -> Navigation:
    name = item.path[0]
    if name in ("*", "$value"):
        what = "$levels of all navigation properties" if name == "*" else "$value in $expand"
        raise NotSupported(f"{what} is not supported; name them.", position=item.position)
    navigation = entity.navigations.get(name)
    if navigation is None:
        hint = suggest(name, entity.navigations)
        raise UnknownProperty(
            f"Unknown navigation property '{name}' on {entity.name} at position {item.position}{hint}",
            position=item.position,
        )
    other = sorted(name for name in item.options if name not in SUPPORTED and not name.startswith("@"))
    if other or len(item.path) > 1:
        what = f"${other[0]} inside $expand" if other else "A path in $expand"
        raise NotSupported(f"{what} is not supported yet.", position=item.position)
    unfit = [option for option in OF_COLLECTIONS if option in item.options]
    if not navigation.collection and (unfit or item.count_only):
        raise InvalidOption(
            f"${unfit[0] if unfit else 'count'} is for collections, and '{name}' leads to one entity.",
            position=item.position,
        )
    if item.ref and navigation.value:
        raise InvalidOption(f"'{name}' leads to values, which have no $ref.", position=item.position)
    return navigation


def spread(items: Sequence[ExpandItem], entity: EntityType) -> list[ExpandItem]:
    """The items, with one for each navigation property that has none of its own in the place of `*`."""
    named = {item.path[0] for item in items}
    found: list[ExpandItem] = []
    for item in items:
        if item.path != ("*",) or item.options:
            found.append(item)
            continue
        others = (name for name, way in entity.navigations.items() if name not in named and not way.value)
        found += (replace(item, path=(name,)) for name in others)
    return found


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
