"""Objects as a table of comma-separated values (RFC 4180).

What is nested is flattened: `matter.name` is a column. Lists have no place in a table and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.services.spreadsheets import comma_separated
from odata.metadata import Collection, Object, Shape

Path = tuple[str, ...]


def columns_of(shape: Shape) -> list[Path]:
    """The paths of all that is no list."""
    found: list[Path] = []
    for member in shape.members:
        if isinstance(member, Object):
            found += ((member.name, *path) for path in columns_of(member.shape))
        elif not isinstance(member, Collection):
            found.append((member.name,))
    return found


def header(columns: Iterable[Path]) -> str:
    return comma_separated([[".".join(path) for path in columns]])


def lines(objects: Iterable[Mapping[str, Any]], columns: list[Path]) -> str:
    """The objects' lines, each with its line end."""
    return comma_separated([_cell(item, path) for path in columns] for item in objects)


def _cell(item: Any, path: Path) -> Any:
    for name in path:
        if item is None:
            return None
        item = item.get(name)  # rows of $apply are not all of one kind
    if isinstance(item, bool):
        return "true" if item else "false"
    return item


def table(pages: Iterator[list[Mapping[str, Any]]], columns: list[Path]) -> Iterator[str]:
    """The whole table, a page at a time."""
    yield header(columns)
    for objects in pages:
        yield lines(objects, columns)
