"""groupby: the values that rows are grouped by, and rollup's levels (Data Aggregation 4.0, 3.2.3)."""

from __future__ import annotations

from itertools import product
from typing import Any

from sqlalchemy import ColumnElement

from odata import ast
from odata.errors import LimitExceeded, NotSupported
from odata.metadata import Navigation
from odata.parser import Parsed
from odata.rows import FieldPath
from odata.stages import Stage
from odata.transformations import GroupBy, Rollup
from odata.typed import Path
from odata.types import Edm

MOST_LEVELS = 16
"""Of one groupby: each is a sequence of its own."""


def names_of(node: ast.Node) -> FieldPath | None:
    """The names in a path of names only; None for any other expression."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.owner
    if isinstance(node, ast.Identifier) and not node.namespace:
        return (*[node.name], *reversed(names))
    return None


def way_of(stage: Stage, names: FieldPath) -> tuple[Navigation, ...]:
    """The navigation properties that a path begins with."""
    entity = stage.root.entity
    found: list[Navigation] = []
    for name in names:
        navigation = entity.navigations.get(name)
        if navigation is None:
            break
        found.append(navigation)
        entity = navigation.target()
    return tuple(found)


def levels(node: GroupBy) -> list[list[Parsed]]:
    """The paths of each grouping, the finest first.

    A rollup stands for its paths, then all but the last, and so on to none: the total of all.
    """
    choices = []
    for element in node.elements:
        paths = list(element.paths) if isinstance(element, Rollup) else [element]
        shortest = 0 if isinstance(element, Rollup) else 1
        choices.append([paths[:length] for length in range(len(paths), shortest - 1, -1)])
    found = (
        [[path for part in parts for path in part] for parts in product(*choices)] if _few(choices) else []
    )
    if not found:
        raise LimitExceeded(f"groupby has more than {MOST_LEVELS} levels.", position=node.position)
    return found


def _few(choices: list[Any]) -> bool:
    number = 1
    for choice in choices:
        number *= len(choice)
    return number <= MOST_LEVELS


def grouped(stage: Stage, parsed: Parsed) -> list[tuple[FieldPath, ColumnElement[Any], Edm]]:
    """The values behind one path: a property's, or of a reference its key's.

    Raises:
        ODataError: there is no such path, or it leads over a collection.
    """
    position = parsed.positions.get(id(parsed.root), 0)
    names = names_of(parsed.root)
    if names is None:
        raise NotSupported(f"Only properties can be grouped by (at position {position}).", position=position)
    way = way_of(stage, names)
    if any(navigation.collection for navigation in way):
        raise NotSupported(
            f"Grouping by what a collection leads to is not supported (at position {position}).",
            position=position,
        )
    if len(way) < len(names):
        bound = stage.bind(parsed).expression()  # which knows how to say what is wrong
        return [(names, stage.sql(bound), bound.type)]
    target = way[-1].target()
    shown = list(target.properties) if not way[-1].steps else ["id"]
    if any(name not in target.properties for name in shown):
        raise NotSupported(
            f"'{names[-1]}' at position {position} cannot be grouped by; name a property of it.",
            position=position,
        )
    return [
        ((*names, name), stage.sql(Path(stage.root, way, member)), member.type)
        for name, member in target.properties.items()
        if name in shown
    ]
