"""From typed expressions to SQL conditions, with the null semantics of OData rather than SQL's.

URL Conventions 4.01, 5.1.1.1: a comparison is always true or false. `eq` and `ne` treat null as a value, the
others are false where a side is null. SQL's NULL does for false at the top of a WHERE and under AND and OR;
below a NOT the comparison is written so that it is never NULL (`exact`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    and_,
    bindparam,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.sql.elements import AsBoolean, False_, True_
from sqlalchemy.types import TypeEngine

from odata import calculation
from odata.calculation import calculate, exact
from odata.casts import conversion, holds
from odata.chains import Bracketed, chained
from odata.errors import LimitExceeded
from odata.functions import COMPARISONS
from odata.joins import Joins, members
from odata.metadata import Navigation, Policy
from odata.nullability import is_nullable, steps_of
from odata.parameters import nothing, parameter_type
from odata.scales import of_one_scale, sortable
from odata.sql_types import Exact
from odata.typed import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Constant,
    Conversion,
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

MOST_VALUES = 10_000
"""In one SELECT. Some comparisons write what they compare twice, which multiplies where they nest."""


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
        self._values = 0

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
        self._values += 1
        if self._values > MOST_VALUES:
            raise LimitExceeded("The query is too large once it is written out; ask for less.")
        match node:
            case Path():
                steps = steps_of(node.navigations) + node.property.steps
                return node.property.column(self._rows[node.start].reach(steps))
            case Slot():
                # Without a value of its own it has to come with each request.
                given = {} if node.value is None else {"value": node.value}
                kind = parameter_type(node, like)
                parameter = bindparam(node.key, type_=kind, **given)
                # PostgreSQL must be told what a null is of.
                return cast(parameter, kind) if node.nullable and self._dialect == "postgresql" else parameter
            case Constant():
                return (
                    nothing(self._dialect, node.type)
                    if node.value is None
                    else literal(node.value, Boolean())
                )
            case Call():
                return self._settled(node, self._call(node), node.arguments)
            case Arithmetic():
                return self._settled(node, self._arithmetic(node), (node,))
            case Conversion():
                return self._settled(node, self._converted(node), (node,))
            case Choice():
                return self._settled(node, self._choice(node), (node,))
            case Count():
                return self._count(node)
        condition = self.condition(node, exact=True)
        inner = condition.element if isinstance(condition, AsBoolean) else condition
        if isinstance(inner, True_ | False_):
            # No sort key may be a constant in SQL: a parameter will do.
            return literal(isinstance(inner, True_), Boolean())
        # In brackets: SQL's NOT binds less tightly than what a value stands beside.
        return Bracketed(condition)

    # Calculation

    def _call(self, node: Call) -> ColumnElement[Any]:
        arguments = [self.value(argument) for argument in node.arguments]
        for index, wanted in enumerate(node.function.takes[: len(arguments)]):
            if wanted in (Edm.DECIMAL, Edm.DURATION):
                arguments[index] = exact(self._dialect, arguments[index])
        return node.function.sql[self._dialect](*arguments)

    def _arithmetic(self, node: Arithmetic) -> ColumnElement[Any]:
        left = self.value(node.left)
        if node.right is None:
            return calculate(self._dialect, node.operator, left)
        right = self.value(node.right)
        if node.operator == "between":
            return calculation.between(self._dialect, left, right)
        if node.type in (Edm.DATETIME, Edm.DATE):
            duration = calculate(self._dialect, "neg", right) if node.operator == "sub" else right
            return calculation.shifted(self._dialect, left, duration, node.type)
        return calculate(self._dialect, node.operator, left, right)

    def _converted(self, node: Conversion) -> ColumnElement[Any]:
        operand = node.operand
        value = conversion(self._dialect, self.value(operand), operand.type, node.type)
        if node.bounds is None or (isinstance(operand, Path) and holds(operand.type, node.bounds)):
            return value
        return calculation.within(self._dialect, value, *node.bounds)

    def _choice(self, node: Choice) -> ColumnElement[Any]:
        counts = node.type.is_numeric or node.type is Edm.DURATION
        branches = []
        for condition, result in node.branches:
            value = self.value(result)
            counted = counts and result.type is not Edm.NULL
            branches.append((self.condition(condition), exact(self._dialect, value) if counted else value))
        chosen = case(*branches)
        return calculation.ordered(self._dialect, type_coerce(chosen, Exact())) if counts else chosen

    def _settled(
        self, node: Scalar, value: ColumnElement[Any], operands: tuple[Scalar | None, ...]
    ) -> ColumnElement[Any]:
        """On SQLite a collation anywhere within an expression holds for all of it: text that is made with
        calculated numbers would be compared as if it were one."""
        if self._dialect != "sqlite" or node.type.is_numeric or node.type in (Edm.DURATION, Edm.BOOLEAN):
            return value
        made = any(not isinstance(operand, Path | Slot | Constant | None) for operand in operands)
        return calculation.Collated(value, "BINARY") if made else value

    # Comparisons

    def _comparison(self, node: Comparison, exact: bool) -> ColumnElement[bool]:
        for constant, other in ((node.right, node.left), (node.left, node.right)):
            if isinstance(constant, Constant) and (constant.value is None or node.operator in ("eq", "ne")):
                return self._with_constant(node.operator, constant, other, exact)
        left, right = self._pair(node.left, node.right)
        nullable = is_nullable(node.left), is_nullable(node.right)
        if node.operator == "eq":
            strict = all(nullable) or (exact and any(nullable))
            return left.is_not_distinct_from(right) if strict else left == right
        if node.operator == "ne":
            return left.is_distinct_from(right) if any(nullable) else left != right
        compared: ColumnElement[bool] = COMPARISONS[node.operator](left, right)
        if node.operator in ("le", "ge") and all(nullable):
            compared = or_(compared, and_(left.is_(None), right.is_(None)))
        return func.coalesce(compared, false()) if exact and any(nullable) else compared

    def _with_constant(
        self, operator: str, constant: Constant, other: Scalar, exact: bool
    ) -> ColumnElement[bool]:
        """A comparison with true, false or null: these are part of the statement, not parameters."""
        if constant.value is None:
            if operator in ("lt", "gt"):
                return false()
            value = self.value(other)
            return value.is_not(None) if operator == "ne" else value.is_(None)
        wanted = constant.value is (operator == "eq")
        truth = self._truth(other, wanted, exact)
        if not is_nullable(other):
            return truth
        if operator == "ne":
            return or_(truth, self.value(other).is_(None))
        return func.coalesce(truth, false()) if exact else truth

    def _truth(self, node: Scalar, wanted: bool, exact: bool) -> ColumnElement[bool]:
        condition = self.condition(node, exact or not wanted)
        return condition if wanted else not_(condition)

    def _membership(self, node: Membership, exact: bool) -> ColumnElement[bool]:
        item = self.value(node.item)
        slots = [member for member in node.members if _is_never_null(member)]
        others = [member for member in node.members if not _is_never_null(member)]
        found: list[ColumnElement[bool]] = []
        if slots:
            listed = item.in_([self.value(slot, item.type) for slot in slots])
            found.append(func.coalesce(listed, false()) if exact and is_nullable(node.item) else listed)
        found += (self._comparison(Comparison("eq", node.item, member), exact) for member in others)
        return or_(*found) if found else false()

    def _pair(self, left: Scalar, right: Scalar) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        if isinstance(left, Slot):
            other = sortable(self._dialect, self.value(right))
            return self.value(left, other.type), other
        first = sortable(self._dialect, self.value(left))
        second = self.value(right, first.type)
        return (first, second) if isinstance(right, Slot) else of_one_scale(self._dialect, first, second)

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
        if node.predicate is not None and node.variable is not None:
            self._rows[node.variable] = inner
            matching.append(self.condition(node.predicate))
        counted = select(func.count()).select_from(inner.source).where(*matching)
        return counted.correlate_except(*inner.aliases).scalar_subquery()

    def _members(
        self, start: Variable, navigations: tuple[Navigation, ...]
    ) -> tuple[Joins, list[ColumnElement[bool]]]:
        """The rows of a collection as a source of their own, and what ties them to the row outside."""
        outer = self._rows[start].reach(steps_of(navigations[:-1]))
        return members(outer, navigations[-1].steps, self._policy)


def _is_never_null(node: Scalar) -> bool:
    """Whether it is a value from the request that SQL may look for in a list."""
    return isinstance(node, Slot) and not node.nullable


def _constant(node: Constant) -> ColumnElement[Any]:
    if node.value is None:
        return cast(null(), Boolean())  # which PostgreSQL takes for text where nothing stands beside it
    return true() if node.value else false()
