"""What a context URL says of a selection: the names in parentheses behind the set's (Protocol 4.01, 10.9)."""

from __future__ import annotations

from odata.expansion import spread
from odata.limits import Limits
from odata.metadata import EntityType
from odata.parser import parse_expand, parse_select


def selection_of(
    select: str | None,
    expand: str | None,
    limits: Limits,
    *,
    older: bool = False,
    entity: EntityType | None = None,
) -> str:
    """The selected properties and the expanded navigation properties, each of these with its own.

    Args:
        older: write it as OData 4.0 does, which has no empty parentheses: what is expanded whole is named only
            beside what is selected. Excel and Power BI take nothing else.
        entity: what is selected of, where `*` may stand for its navigation properties.

    >>> selection_of("id,hours", "matter($select=name;$expand=account)", Limits())
    '(id,hours,matter(name,account()))'
    >>> selection_of("id,hours", "matter($select=name;$expand=account)", Limits(), older=True)
    '(id,hours,matter(name,account))'
    >>> selection_of(None, "refund_of($select=id;$levels=3)", Limits())
    '(refund_of+(id))'
    >>> selection_of(None, "matter/$ref", Limits())
    '(matter/$ref)'
    >>> selection_of(None, "matter", Limits(), older=True)
    ''
    """
    return _parenthesized(_names(select, expand, limits, older, entity))


def _names(
    select: str | None, expand: str | None, limits: Limits, older: bool, entity: EntityType | None
) -> list[str]:
    names = [] if select is None else ["/".join(item.path) for item in parse_select(select, limits)]
    items = [] if expand is None else parse_expand(expand, limits)
    for item in spread(items, entity) if entity else items:
        if item.ref:
            names.append("/".join((*item.path, "$ref")))
        elif not item.count_only:
            way = entity.navigations.get(item.path[0]) if entity else None
            within = item.options.get("select"), item.options.get("expand")
            inner = _names(*within, limits, older, way.target() if way else None)
            # A plus sign says that the same is expanded on further levels.
            name = "/".join(item.path) + ("+" if item.options.get("levels", "1") != "1" else "")
            if inner or not older:
                names.append(name + (_parenthesized(inner) or "()"))
            elif select is not None:
                names.append(name)
    return list(dict.fromkeys(names))


def _parenthesized(names: list[str]) -> str:
    return f"({','.join(names)})" if names else ""
