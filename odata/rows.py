"""What one transformation hands to the next: rows, and the names under which they can be asked for more.

While the rows are still those of the entity set, all names of its entity type hold, and what they lead to can
be joined. Grouping and aggregating leave only what they made: the fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import ColumnElement, FromClause, Table

from odata.calculation import ordered
from odata.metadata import EntityType, Member, Navigation, Object, Property, Shape, Step, Value, Variants
from odata.types import Edm

FieldPath: TypeAlias = tuple[str, ...]
Named = TypeVar("Named", Property, Navigation)


@dataclass(frozen=True)
class Field:
    """A value that a transformation made: the column that holds it, and its type.

    `collated` says that it is a calculated number, which SQLite compares as a number only when it is told to.
    """

    column: str
    type: Edm
    collated: bool = False

    def property(self, name: str) -> Property:
        return Property(name, self.type, self.of, nullable=True)

    def of(self, row: FromClause) -> ColumnElement[Any]:
        found = row.c[self.column]
        return ordered("sqlite", found) if self.collated else found


@dataclass(frozen=True)
class Kind:
    """What an answer shows of a row: the members of the set's own shape, and fields."""

    shape: Shape | None
    paths: tuple[FieldPath, ...] = ()


@dataclass(frozen=True)
class Rows:
    """The rows after a transformation.

    Args:
        source: where they are.
        name: what messages call them.
        origin: the entity type, while they are still rows of the set.
        kinds: of which kinds they are; after `concat` there may be several.
        kind: the column that holds the index of a row's kind, where there are several.
        fields: what has been made, by path.
        groups: the values that are equal within the group that is being worked on.
        universe: the rows of all these groups before any was left out; `thinned` says that some may have been.
        order: columns that they are sorted by, each with whether descending.
        ties: further columns, which together tell any two rows of a group apart.
    """

    source: FromClause
    name: str
    origin: EntityType | None
    kinds: tuple[Kind, ...]
    ties: tuple[str, ...]
    kind: str | None = None
    fields: Mapping[FieldPath, Field] = field(default_factory=dict)
    groups: Mapping[FieldPath, Field] = field(default_factory=dict)
    universe: FromClause | None = None
    thinned: bool = False
    order: tuple[tuple[str, bool], ...] = ()

    def entity(self, key: str = "") -> EntityType:
        """The entity type that names are resolved against from here on."""
        return _entity(self.name, self.source, self.origin, self.fields, (), key)

    def shape(self) -> Shape:
        shapes = tuple(_shape(kind, self.fields) for kind in self.kinds)
        if self.kind is None or len(shapes) == 1:
            return shapes[0]
        by = Field(self.kind, Edm.INT32).property("")
        members = {member.name: member for shape in shapes for member in shape.members}
        return Variants(tuple(members.values()), by, shapes)

    def with_fields(self, made: Mapping[FieldPath, Field]) -> Rows:
        """The same rows with further values."""
        kinds = tuple(Kind(kind.shape, (*kind.paths, *made)) for kind in self.kinds)
        return replace(self, fields={**self.fields, **made}, kinds=kinds)


def _entity(
    name: str,
    table: FromClause,
    origin: EntityType | None,
    fields: Mapping[FieldPath, Field],
    steps: tuple[Step, ...],
    key: str,
) -> EntityType:
    made = EntityType(name, cast(Table, table), key=key or (origin.key if origin else ""))
    if origin:
        # Where fields were put beside what a reference leads to, its joins become part of each of its names.
        made.properties = _behind(origin.properties, steps)
        made.navigations = _behind(origin.navigations, steps)
    nested: dict[str, dict[FieldPath, Field]] = {}
    for path, value in fields.items():
        if len(path) == 1:
            made.properties[path[0]] = value.property(path[0])
        else:
            nested.setdefault(path[0], {})[path[1:]] = value
    for first, inner in nested.items():
        way = made.navigations.get(first)
        target = _entity(first, table, way.target() if way else None, inner, way.steps if way else (), key)
        made.navigations[first] = Navigation(first, lambda t=target: t, ())  # type: ignore[misc]
    return made


def _behind(names: dict[str, Named], steps: tuple[Step, ...]) -> dict[str, Named]:
    """The same names, reached over further joins. A copy: the host's own kind of dict may watch over them."""
    found = names.copy()
    found.update({name: replace(member, steps=steps + member.steps) for name, member in names.items()})
    return found


def _shape(kind: Kind, fields: Mapping[FieldPath, Field]) -> Shape:
    own = kind.shape.members if kind.shape else ()
    return Shape((*own, *_members(kind.paths, fields, ())))


def _members(
    paths: tuple[FieldPath, ...], fields: Mapping[FieldPath, Field], prefix: FieldPath
) -> list[Member]:
    """Paths as the answer nests them: `matter/name` is an object `matter` that has a `name`."""
    below: dict[str, list[FieldPath]] = {}
    for path in paths:
        below.setdefault(path[0], []).append(path[1:])
    found: list[Member] = []
    for name, rests in below.items():
        here = (*prefix, name)
        if rests == [()]:
            found.append(Value(name, fields[here].property(name)))
        else:
            found.append(Object(name, Shape(tuple(_members(tuple(r for r in rests if r), fields, here)))))
    return found
