"""What a context URL says of a selection: the names in parentheses behind the set's (Protocol 4.01, 10.9)."""

from __future__ import annotations

from odata.limits import Limits
from odata.parser import parse_expand, parse_select


def selection_of(select: str | None, expand: str | None, limits: Limits, *, older: bool = False) -> str:
    """The selected properties and the expanded navigation properties, each of these with its own.

    Args:
        older: write it as OData 4.0 does, which has no empty parentheses: what is expanded whole is named only
            beside what is selected. Excel and Power BI take nothing else.

    >>> selection_of("id,hours", "matter($select=name;$expand=account)", Limits())
    '(id,hours,matter(name,account()))'
    >>> selection_of("id,hours", "matter($select=name;$expand=account)", Limits(), older=True)
    '(id,hours,matter(name,account))'
    >>> selection_of(None, "refund_of($select=id;$levels=3)", Limits())
    '(refund_of+(id))'
    >>> selection_of(None, "matter", Limits(), older=True)
    ''
    """
    return _parenthesized(_names(select, expand, limits, older))


def _names(select: str | None, expand: str | None, limits: Limits, older: bool) -> list[str]:
    names = [] if select is None else ["/".join(item.path) for item in parse_select(select, limits)]
    for item in () if expand is None else parse_expand(expand, limits):
        if not item.count_only:
            inner = _names(item.options.get("select"), item.options.get("expand"), limits, older)
            # A plus sign says that the same is expanded on further levels.
            name = "/".join(item.path) + ("+" if item.options.get("levels", "1") != "1" else "")
            if inner or not older:
                names.append(name + (_parenthesized(inner) or "()"))
            elif select is not None:
                names.append(name)
    return list(dict.fromkeys(names))


def _parenthesized(names: list[str]) -> str:
    return f"({','.join(names)})" if names else ""
