"""What can be queried: entity types, their properties and the ways from one to another.

An entity type is an allow-list. Whatever it does not name cannot be reached by any query, on any path.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, Table

from odata.types import Edm

if TYPE_CHECKING:
    from odata.typed import Narrowing


class Use(Enum):
    """Why a statement touches a table; the host's policy may ask for different rows."""

    ROW = "row"
    """Its rows are what is asked for, as the set itself or as members of a collection."""
    REFERENCE = "reference"
    """Another row points at it."""


Policy: TypeAlias = Callable[[FromClause, Use], "list[ColumnElement[bool]]"]
"""The host's row policy: the conditions that every statement puts on a table it touches."""


@dataclass(frozen=True)
class Step:
    """One join on the way from a row to another.

    Args:
        table: the table that is joined.
        pairs: the columns that are equal, (nearer, farther).
        where: fixed values of columns of `table`.
        use: what the policy is told.
        certain: whether there is always a row at the far end.
    """

    table: Table
    pairs: tuple[tuple[str, str], ...]
    where: tuple[tuple[str, Any], ...] = ()
    use: Use = Use.REFERENCE
    certain: bool = False


@dataclass(frozen=True)
class Facets:
    """What a description tells of a property's values (CSDL 4.01, 7.2), and whether clients give them.

    Args:
        max_length: the most characters; scale, precision: of a decimal.
        computed: nobody gives it, the service works it out; fixed: it is given once, and stays.
        defaulted: the service finds a value where a new entity is sent without one.
        allowed: the words that it can be; none where it can be any text.
    """

    max_length: int | None = None
    precision: int | None = None
    scale: int | None = None
    computed: bool = False
    fixed: bool = False
    defaulted: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Property:
    """A structural property.

    Args:
        name: as queries and answers write it.
        type: its primitive type.
        column: the SQL of its value, given the table (or its alias) at the end of `steps`.
        steps: the joins to the table that has it, when that is not the entity's own.
        facets: what else `$metadata` says of it.
    """

    name: str
    type: Edm
    column: Callable[[FromClause], ColumnElement[Any]]
    nullable: bool = True
    steps: tuple[Step, ...] = ()
    facets: Facets = field(default=Facets(), compare=False)


@dataclass(frozen=True)
class Navigation:
    """A navigation property: the way to one related entity, or to a collection of them.

    Args:
        target: the entity type at the end, asked for late because types refer to each other.
        value: where the collection is one of primitive values, the target's property that is meant.
        order: columns of the target that its members are listed by, before the key.
    """

    name: str
    target: Callable[[], EntityType]
    steps: tuple[Step, ...]
    collection: bool = False
    value: str | None = None
    order: tuple[str, ...] = ()


@dataclass(eq=False)
class EntityType:
    """A kind of row: what it is called, where its rows are, and what of it can be asked for."""

    name: str
    table: Table
    properties: dict[str, Property] = field(default_factory=dict)
    navigations: dict[str, Navigation] = field(default_factory=dict)
    key: str = "id"
    """The key's column."""

    def names(self) -> list[str]:
        return [*self.properties, *self.navigations]


@dataclass(frozen=True)
class Value:
    """A property's value under a name."""

    name: str
    property: Property


@dataclass(frozen=True)
class Object:
    """An object under a name: of the row that `navigation` leads to, or, without one, of the same row.

    `when` names the property without which an object of the same row is null.
    """

    name: str
    shape: Shape
    navigation: Navigation | None = None
    when: Property | None = None


@dataclass(frozen=True)
class Collection:
    """A list under a name, read by one statement for the whole page; of objects, or of one value each.

    `narrowing` is what an expansion's own options ask of it.
    """

    name: str
    navigation: Navigation
    shape: Shape | Property
    narrowing: Narrowing | None = None


@dataclass(frozen=True)
class Tally:
    """How many members a collection has, under a name; read like a collection."""

    name: str
    navigation: Navigation
    narrowing: Narrowing | None = None


@dataclass(frozen=True)
class Template:
    """A text under a name, put together from fixed pieces and the row's values; annotations are made so.

    A value is the name of a column, and how many of its first characters are taken (None: all).
    """

    name: str
    parts: tuple[str | tuple[str, int | None], ...]


@dataclass(frozen=True)
class Fixed:
    """The same value for every row."""

    name: str
    value: Any


Member: TypeAlias = Value | Object | Collection | Tally | Fixed | Template


@dataclass(frozen=True)
class Shape:
    """What an answer shows of each row, in order."""

    members: tuple[Member, ...]


@dataclass(frozen=True)
class Reference(Shape):
    """What stands for an entity: its key, or where there are addresses, its address."""


@dataclass(frozen=True)
class Variants(Shape):
    """Rows of several kinds in one answer; `members` are those of all kinds, `by` is the index of a row's own."""

    by: Property
    shapes: tuple[Shape, ...]
