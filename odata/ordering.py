"""$orderby: from its text to the keys of a sort order (URL Conventions 4.01, 5.1.5)."""

from __future__ import annotations

from odata.aliases import Aliases
from odata.binder import Binder
from odata.lexer import shape as shape_of
from odata.limits import Limits
from odata.parser import parse_orderby
from odata.typed import Constant, Order, Variable


def bind_order(
    text: str | None, root: Variable, limits: Limits, aliases: Aliases | None = None, prefix: str = "o"
) -> tuple[Order, ...]:
    """The keys to sort by. The whole text is part of a plan's key, and so its literals have their values here.

    Args:
        prefix: what the keys of the literals' slots begin with.

    Raises:
        ODataError: what is wrong, and where.
    """
    if text is None:
        return ()
    shape = shape_of(text, limits)
    keys = []
    for index, item in enumerate(parse_orderby(shape.tokens, limits)):
        binder = Binder(root, item.expression, prefix=f"{prefix}{index}_", aliases=aliases, fixed=shape)
        expression = binder.expression()
        if not isinstance(expression, Constant):  # which sorts nothing
            keys.append(Order(expression, item.descending))
    return tuple(keys)
