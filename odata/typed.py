"""A query after binding: every name resolved against an entity type, every literal given a type."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from odata.functions import Function
from odata.metadata import EntityType, Navigation, Property
from odata.types import Convert, Edm


@dataclass(frozen=True, eq=False)
class Variable:
    """What a path starts from: the row that is asked for, or a lambda's variable."""

    name: str
    entity: EntityType
    value: Property | None = None
    """The value meant by the variable itself, where the collection is one of primitive values."""


@dataclass(frozen=True)
class Path:
    """A property, reached from a variable over navigation properties."""

    start: Variable
    navigations: tuple[Navigation, ...]
    property: Property

    @builtins.property
    def type(self) -> Edm:
        return self.property.type


@dataclass(frozen=True)
class Slot:
    """A value that comes with the request; the statement has a bound parameter for it.

    Args:
        key: the parameter's name.
        ordinal: which literal of the text it is; None for values that the host passes.
        convert: from the literal's text to the value.
        value: what it is unless the request says otherwise; all there is to a literal whose text is part of
            the plan's key, such as one in $orderby.
        source: the parameter alias whose text the literal stands in; None for that of the option itself.
        nullable: whether its value may be null.
    """

    key: str
    type: Edm
    ordinal: int | None = None
    convert: Convert | None = None
    value: Any = None
    source: str | None = None
    nullable: bool = False


NOW = "now"
"""The key of the slot for the moment of the request."""


@dataclass(frozen=True)
class Constant:
    """A value that is part of the query's shape: true, false or null."""

    value: bool | None
    type: Edm


@dataclass(frozen=True)
class Call:
    """A canonical function."""

    function: Function
    arguments: tuple[Scalar, ...]
    type: Edm


@dataclass(frozen=True)
class Arithmetic:
    """`add sub mul div divby mod`, or `neg`, which has no right side. `div` cuts off; of decimals it is `divby`."""

    operator: str
    left: Scalar
    right: Scalar | None
    type: Edm


@dataclass(frozen=True)
class Conversion:
    """A cast to `type`; `bounds` are the least and the greatest whole number that it has."""

    operand: Scalar
    type: Edm
    bounds: tuple[int, int] | None = None


@dataclass(frozen=True)
class Choice:
    """The result of the first condition that is true, else null."""

    branches: tuple[tuple[Scalar, Scalar], ...]
    type: Edm


@dataclass(frozen=True)
class Count:
    """How many entities a collection holds; with a predicate about `variable`, how many that is true of."""

    start: Variable
    navigations: tuple[Navigation, ...]
    variable: Variable | None = None
    predicate: Scalar | None = None
    type: Edm = Edm.INT64


@dataclass(frozen=True)
class Comparison:
    operator: str
    left: Scalar
    right: Scalar
    type: Edm = Edm.BOOLEAN


@dataclass(frozen=True)
class Membership:
    item: Scalar
    members: tuple[Scalar, ...]
    type: Edm = Edm.BOOLEAN


@dataclass(frozen=True)
class Logical:
    """`and` or `or` over two or more operands: a chain of them is one node, however long."""

    operator: str
    operands: tuple[Scalar, ...]
    type: Edm = Edm.BOOLEAN


@dataclass(frozen=True)
class Negation:
    operand: Scalar
    type: Edm = Edm.BOOLEAN


@dataclass(frozen=True)
class Quantifier:
    """`any` or `all` over a collection; `any()` without a predicate asks whether it has members."""

    operator: str
    start: Variable
    navigations: tuple[Navigation, ...]
    variable: Variable
    predicate: Scalar | None
    type: Edm = Edm.BOOLEAN


Scalar: TypeAlias = (
    Path
    | Slot
    | Constant
    | Call
    | Arithmetic
    | Conversion
    | Choice
    | Count
    | Comparison
    | Membership
    | Logical
    | Negation
    | Quantifier
)


@dataclass(frozen=True)
class Order:
    """One key of the sort order."""

    expression: Scalar
    descending: bool


@dataclass(frozen=True)
class Narrowing:
    """What the options of an expanded collection ask of it (URL Conventions 4.01, 5.1.4).

    Args:
        root: the variable that stands for its members.
        top: how many at most of each owner's; None for all.
        skip: how many of each owner's are passed over.
        values: those of the literals, by the key of their slot: the text of $expand is part of a plan's key.
    """

    root: Variable
    filters: tuple[Scalar, ...] = ()
    order: tuple[Order, ...] = ()
    top: int | None = None
    skip: int = 0
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def pages(self) -> bool:
        return self.top is not None or self.skip > 0


@dataclass(frozen=True)
class Preset:
    """A condition that the host offers as a parameter, written as a filter with `@value` in it."""

    name: str
    filter: str
    type: Edm


def slots_of(node: Any) -> list[Slot]:
    """Every slot in a bound expression, in no particular order."""
    found: list[Slot] = []
    pending = [node]
    while pending:
        current = pending.pop()
        match current:
            case Slot():
                found.append(current)
            case Call():
                pending.extend(current.arguments)
            case Comparison():
                pending += (current.left, current.right)
            case Membership():
                pending += (current.item, *current.members)
            case Logical():
                pending.extend(current.operands)
            case Negation() | Conversion():
                pending.append(current.operand)
            case Arithmetic():
                pending += (current.left, current.right)
            case Choice():
                pending.extend(part for branch in current.branches for part in branch)
            case Quantifier() | Count():
                pending.append(current.predicate)
    return found
