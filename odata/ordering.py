"""$orderby: from its text to the keys of a sort order (URL Conventions 4.01, 5.1.5)."""

from __future__ import annotations

from odata.binder import Binder
from odata.errors import NotSupported
from odata.limits import Limits
from odata.parser import parse_orderby
from odata.typed import Constant, Order, Variable, slots_of


def bind_order(text: str | None, root: Variable, limits: Limits) -> tuple[Order, ...]:
    """The keys to sort by.

    Raises:
        ODataError: what is wrong, and where.
    """
    if text is None:
        return ()
    keys = []
    for item in parse_orderby(text, limits):
        expression = Binder(root, item.expression).expression()
        if any(slot.convert for slot in slots_of(expression)):
            raise NotSupported("Sorting by an expression with a literal is not supported yet.")
        if not isinstance(expression, Constant):  # which sorts nothing
            keys.append(Order(expression, item.descending))
    return tuple(keys)
