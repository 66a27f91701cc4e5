"""From typed expressions to SQL conditions, with the null semantics of OData rather than SQL's.

URL Conventions 4.01, 5.1.1.1: a comparison is always true or false. `eq` and `ne` treat null as a value, the
others are false where a side is null. SQL's NULL does for false at the top of a WHERE and under AND and OR;
below a NOT the comparison is written so that it is never NULL (`exact`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Numeric,
    Text,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal,
    literal_column,
    not_,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.types import NullType, TypeEngine

from odata.chains import chained
from odata.functions import COMPARISONS, FUNCTIONS
from odata.joins import Joins, members
from odata.metadata import Navigation, Policy, Step
from odata.typed import (
    Call,
    Comparison,
    Constant,
    Count,
    Logical,
    Membership,
    Negation,
    Path,
    Quantifier,
    Scalar,
    Slot,
    Variable,
)
from odata.types import Edm

PARAMETER_TYPES: dict[Edm, TypeEngine[Any]] = {
    Edm.STRING: Text(),
    Edm.BOOLEAN: Boolean(),
    Edm.INT32: BigInteger(),
    Edm.INT64: BigInteger(),
    Edm.DECIMAL: Numeric(),
    Edm.DATE: Date(),
    Edm.DATETIME: DateTime(),
    Edm.GUID: Text(),
}
"""How a parameter is bound that stands beside nothing whose type it could take."""


class Predicates:
    """Writes conditions for one SELECT.

    Args:
        dialect: the database's name, `sqlite` or `postgresql`.
        rows: where each variable's rows are.
    """

    def __init__(self, dialect: str, policy: Policy, rows: Mapping[Variable, Joins]) -> None:
        self._dialect = dialect
        self._policy = policy
        self._rows = dict(rows)

    def condition(self, node: Scalar, exact: bool = False) -> ColumnElement[bool]:
        """`node` as a condition; `exact` where NULL would not do for false."""
        match node:
            case Logical():
                return chained(node.operator, [self.condition(operand, exact) for operand in node.operands])
            case Negation():
                return not_(self.condition(node.operand, exact=True))
            case Comparison():
                return self._comparison(node, exact)
            case Membership():
                return self._membership(node, exact)
            case Quantifier():
                return self._quantifier(node)
            case Constant():
                return _constant(node)
        return self.value(node)

    def value(self, node: Scalar, like: TypeEngine[Any] | None = None) -> ColumnElement[Any]:
        """`node` as a value; a slot is bound as `like`, the SQL type of what it stands beside."""
        match node:
            case Path():
                steps = steps_of(node.navigations) + node.property.steps
                return node.property.column(self._rows[node.start].reach(steps))
            case Slot():
                return bindparam(node.key, type_=_parameter_type(node, like))
            case Constant():
                return null() if node.value is None else literal(node.value, Boolean())
            case Call():
                arguments = (self.value(argument) for argument in node.arguments)
                return FUNCTIONS[node.name].sql[self._dialect](*arguments)
            case Count():
                return self._count(node)
        return self.condition(node, exact=True)

    def is_nullable(self, node: Scalar) -> bool:
        match node:
            case Path():
                steps = steps_of(node.navigations) + node.property.steps
                return node.property.nullable or not all(step.certain for step in steps)
            case Call():
                return any(self.is_nullable(argument) for argument in node.arguments)
            case Constant():
                return node.value is None
        return False

    # Comparisons

    def _comparison(self, node: Comparison, exact: bool) -> ColumnElement[bool]:
        if isinstance(node.right, Constant) or isinstance(node.left, Constant):
            return self._with_constant(node, exact)
        left, right = self._pair(node.left, node.right)
        nullable = self.is_nullable(node.left), self.is_nullable(node.right)
        if node.operator == "eq":
            strict = all(nullable) or (exact and any(nullable))
            return left.is_not_distinct_from(right) if strict else left == right
        if node.operator == "ne":
            return left.is_distinct_from(right) if any(nullable) else left != right
        compared: ColumnElement[bool] = COMPARISONS[node.operator](left, right)
        if node.operator in ("le", "ge") and all(nullable):
            compared = or_(compared, and_(left.is_(None), right.is_(None)))
        return func.coalesce(compared, false()) if exact and any(nullable) else compared

    def _with_constant(self, node: Comparison, exact: bool) -> ColumnElement[bool]:
        """A comparison with true, false or null: these are part of the statement, not parameters."""
        constant, other = node.right, node.left
        if not isinstance(constant, Constant):
            constant, other = cast(Constant, node.left), node.right
        if constant.value is None:
            if node.operator in ("lt", "gt"):
                return false()
            value = self.value(other)
            return value.is_not(None) if node.operator == "ne" else value.is_(None)
        wanted = constant.value is (node.operator == "eq")
        if node.operator == "ne" and self.is_nullable(other):
            return or_(self._truth(other, wanted), self.value(other).is_(None))
        truth = self._truth(other, wanted)
        return func.coalesce(truth, false()) if exact and self.is_nullable(other) else truth

    def _truth(self, node: Scalar, wanted: bool) -> ColumnElement[bool]:
        condition = self.condition(node, exact=not wanted)
        return condition if wanted else not_(condition)

    def _membership(self, node: Membership, exact: bool) -> ColumnElement[bool]:
        item = self.value(node.item)
        slots = [member for member in node.members if isinstance(member, Slot)]
        others = [member for member in node.members if not isinstance(member, Slot)]
        found: list[ColumnElement[bool]] = []
        if slots:
            listed = item.in_([self.value(slot, item.type) for slot in slots])
            found.append(func.coalesce(listed, false()) if exact and self.is_nullable(node.item) else listed)
        found += (self._comparison(Comparison("eq", node.item, member), exact) for member in others)
        return or_(*found) if found else false()

    def _pair(self, left: Scalar, right: Scalar) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        if isinstance(left, Slot):
            other = self.value(right)
            return self.value(left, other.type), other
        first = self.value(left)
        second = self.value(right, first.type)
        return (first, second) if isinstance(right, Slot) else self._of_one_scale(first, second)

    def _of_one_scale(
        self, left: ColumnElement[Any], right: ColumnElement[Any]
    ) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """On SQLite a decimal is an integer of its smallest unit; two of them are brought to the same unit."""
        if self._dialect != "sqlite":
            return left, right
        scales = [getattr(side.type, "integer_scale", 0) for side in (left, right)]
        finest = max(scales)
        scaled = [
            side * literal_column(str(10 ** (finest - scale))) if scale < finest else side
            for side, scale in zip((left, right), scales, strict=True)
        ]
        return scaled[0], scaled[1]

    # Collections

    def _quantifier(self, node: Quantifier) -> ColumnElement[bool]:
        inner, matching = self._members(node.start, node.navigations)
        if node.predicate is not None:
            self._rows[node.variable] = inner
            predicate = self.condition(node.predicate, exact=node.operator == "all")
            if node.operator == "all":
                predicate = not_(func.coalesce(predicate, false()))
            matching.append(predicate)
        found = exists(
            select(literal(1)).select_from(inner.source).where(*matching).correlate_except(*inner.aliases)
        )
        return not_(found) if node.operator == "all" else found

    def _count(self, node: Count) -> ColumnElement[int]:
        inner, matching = self._members(node.start, node.navigations)
        counted = select(func.count()).select_from(inner.source).where(*matching)
        return counted.correlate_except(*inner.aliases).scalar_subquery()

    def _members(
        self, start: Variable, navigations: tuple[Navigation, ...]
    ) -> tuple[Joins, list[ColumnElement[bool]]]:
        """The rows of a collection as a source of their own, and what ties them to the row outside."""
        outer = self._rows[start].reach(steps_of(navigations[:-1]))
        return members(outer, navigations[-1].steps, self._policy)


def _constant(node: Constant) -> ColumnElement[Any]:
    if node.value is None:
        return null()
    return true() if node.value else false()


def steps_of(navigations: tuple[Navigation, ...]) -> tuple[Step, ...]:
    return tuple(step for navigation in navigations for step in navigation.steps)


def _parameter_type(slot: Slot, like: TypeEngine[Any] | None) -> TypeEngine[Any] | None:
    if like is None or slot.type is Edm.STRING or isinstance(like, Integer | NullType):
        return PARAMETER_TYPES.get(slot.type, like)
    return like
