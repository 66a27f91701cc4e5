"""What the options of an expanded collection ask of its members: which, in which order, how many (URL Conventions
4.01, 5.1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odata.aliases import Aliases
from odata.binder import Binder
from odata.errors import InvalidOption
from odata.lexer import shape as shape_of
from odata.limits import LARGEST, Limits, whole_number
from odata.literals import read
from odata.metadata import Navigation
from odata.ordering import bind_order
from odata.parser import ExpandItem, parse_expression
from odata.resolver import MEMBER
from odata.search import search_condition
from odata.typed import Narrowing, Scalar, Variable, slots_of

NARROWING = ("filter", "search", "orderby", "top", "skip")


def narrowing_of(
    item: ExpandItem, navigation: Navigation, limits: Limits, aliases: Aliases, prefix: str
) -> Narrowing | None:
    """What an item's options ask; None where they ask nothing.

    Args:
        prefix: what the keys of the literals begin with.

    Raises:
        ODataError: an option is wrong, or asks for what does not exist.
    """
    if not any(option in item.options for option in NARROWING):
        return None
    target = navigation.target()
    root = Variable(MEMBER, target, target.properties[navigation.value] if navigation.value else None)
    filters: list[Scalar] = []
    values: Mapping[str, Any] = {}
    if "filter" in item.options:
        text = shape_of(item.options["filter"], limits)
        parsed = parse_expression(text.tokens, limits)
        filters.append(Binder(root, parsed, prefix=prefix, aliases=aliases).condition())
        # The text is part of a plan's key, and its literals with it; those of the query's aliases are not.
        own = [slot for slot in slots_of(filters[0]) if slot.convert is not None and slot.source is None]
        values = {slot.key: read(slot, text) for slot in own}
    if "search" in item.options:
        filters.append(search_condition(item.options["search"], root, None, limits, f"{prefix}s"))
    order = bind_order(item.options.get("orderby"), root, limits, aliases, f"{prefix}o")
    return Narrowing(root, tuple(filters), order, _number(item, "top"), _number(item, "skip") or 0, values)


def _number(item: ExpandItem, option: str) -> int | None:
    text = item.options.get(option)
    if text is None:
        return None
    number = whole_number(text)
    if number is None:
        raise InvalidOption(
            f"${option} must be a whole number from 0 to {LARGEST}.", position=item.option_positions[option]
        )
    return number
