"""What a context URL says of a selection: the names in parentheses behind the set's (Protocol 4.01, 10.9)."""

from __future__ import annotations

from odata.limits import Limits
from odata.parser import parse_expand, parse_select


def selection_of(select: str | None, expand: str | None, limits: Limits) -> str:
    """The selected properties and the expanded navigation properties, each of these with its own.

    >>> selection_of("id,hours", "matter($select=name;$expand=account)", Limits())
    '(id,hours,matter(name,account()))'
    """
    names = _names(select, expand, limits)
    return f"({','.join(names)})" if names else ""


def _names(select: str | None, expand: str | None, limits: Limits) -> list[str]:
    names = [] if select is None else ["/".join(item.path) for item in parse_select(select, limits)]
    for item in () if expand is None else parse_expand(expand, limits):
        if not item.count_only:
            inner = _names(item.options.get("select"), item.options.get("expand"), limits)
            names.append(f"{'/'.join(item.path)}({','.join(inner)})")
    return list(dict.fromkeys(names))
