"""From AST to typed expression: names are resolved against an entity type, literals typed against what they
are compared with. Everything that can be wrong with a query is found here, before there is any SQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from odata import ast, casts, spellings
from odata.errors import TypeMismatch
from odata.search import search_condition
from odata.typed import (
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
from odata.types import Edm, comparable
from odata.value_binder import ValueBinder

OPERATORS = {"Eq": "eq", "NotEq": "ne", "Lt": "lt", "LtE": "le", "Gt": "gt", "GtE": "ge"}


class Binder(ValueBinder):
    """Binds one parsed expression: logic, comparisons and collections, over the values of `ValueBinder`."""

    def condition(self) -> Scalar:
        """The expression as a filter.

        Raises:
            TypeMismatch: it is not true or false.
        """
        bound = self._operand(self._parsed.root, Edm.BOOLEAN)
        if bound.type not in (Edm.BOOLEAN, Edm.NULL):
            raise TypeMismatch(
                f"A filter must be true or false, and this is {bound.type.value}; compare it with something.",
                position=self._position(self._parsed.root),
            )
        return bound

    def expression(self) -> Scalar:
        """The expression as a value, to sort by."""
        return self._operand(self._parsed.root, None)

    # Logic

    def visit_BoolOp(self, node: ast.BoolOp) -> Scalar:  # noqa: N802 - the visitor's convention
        operator = type(node.op)
        operands: list[Any] = []
        spine: Any = node
        # A chain hangs to the left; taking it apart in a loop keeps a thousand terms off the stack.
        while isinstance(spine, ast.BoolOp) and type(spine.op) is operator:
            operands.append(spine.right)
            spine = spine.left
        operands.append(spine)
        bound = tuple(self._truth(operand) for operand in reversed(operands))
        return Logical("and" if operator is ast.And else "or", bound)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Scalar:  # noqa: N802
        if isinstance(node.op, ast.Not):
            return Negation(self._truth(node.operand))
        return self._minus(node)

    def visit_Compare(self, node: ast.Compare) -> Scalar:  # noqa: N802
        if isinstance(node.comparator, ast.In):
            return self._membership(node)
        operator = OPERATORS.get(type(node.comparator).__name__)
        if operator is None:
            raise self._refused(
                node, "'has' needs a property of an enumeration with flags, and there is none"
            )
        reference = self._beside_null(node)
        if reference is not None and operator in ("eq", "ne"):
            return Comparison(operator, reference, Constant(None, Edm.NULL))
        left, right = self._pair(node.left, node.right)
        self._check(left, right, node)
        return Comparison(operator, left, right)

    def _beside_null(self, node: ast.Compare) -> Path | None:
        """The key at the end of a navigation property that is compared with null: there is one, or there is not."""
        side, other = (node.right, node.left) if isinstance(node.left, ast.Null) else (node.left, node.right)
        if isinstance(other, ast.Null) and isinstance(side, ast.Identifier | ast.Attribute):
            return self._resolver.reference(side)
        return None

    def _membership(self, node: ast.Compare) -> Scalar:
        within, members = self._listed(node.right)
        if members is None:
            return self._member_of(node)
        if self._is_literal(node.left) or within is not self:
            pairs = [self._pair(node.left, member, within) for member in members]
        else:
            item = self._operand(node.left, None)
            pairs = [(item, within._operand(member, item.type)) for member in members]
        for left, right in pairs:
            self._check(left, right, node)
        if not self._is_literal(node.left):
            return Membership(pairs[0][0], tuple(right for _, right in pairs)) if pairs else _NEVER
        found = tuple(Comparison("eq", left, right) for left, right in pairs)
        return Logical("or", found) if len(found) > 1 else (found[0] if found else _NEVER)

    def _listed(self, node: Any) -> tuple[ValueBinder, list[Any] | None]:
        """What stands in the list after `in`, and the binder that knows its text; None where it is no list."""
        if isinstance(node, ast.ParameterAlias) and node.name in self._aliases:
            inner = self._alias(node)
            return inner, inner._parsed.root.items if isinstance(inner._parsed.root, ast.JsonArray) else None
        if isinstance(node, ast.List):
            return self, list(node.val)
        return self, node.items if isinstance(node, ast.JsonArray) else None

    def _member_of(self, node: ast.Compare) -> Scalar:
        """`'x' in tags`: a collection of values on the right."""
        if not isinstance(node.right, ast.Identifier | ast.Attribute):
            raise self._refused(node.right, "'in' needs a list in parentheses, or a collection of values")
        start, navigations = self._resolver.collection(node.right)
        last = navigations[-1]
        target = last.target()
        if last.value is None:
            raise TypeMismatch(
                f"'{last.name}' at position {self._position(node.right)} is a collection of entities; "
                "ask with any(…).",
                position=self._position(node.right),
            )
        value = target.properties[last.value]
        variable = Variable("", target, value)
        item = self._operand(node.left, value.type)
        self._check(item, Path(variable, (), value), node)
        return Quantifier(
            "any", start, navigations, variable, Comparison("eq", Path(variable, (), value), item)
        )

    def _pair(self, left: Any, right: Any, of_right: ValueBinder | None = None) -> tuple[Scalar, Scalar]:
        """Both sides, the one that knows its type first; `of_right` knows the text that `right` stands in."""
        if self._is_literal(left):
            bound = (of_right or self)._operand(right, None)
            return self._operand(left, bound.type), bound
        bound = self._operand(left, None)
        return bound, (of_right or self)._operand(right, bound.type)

    def _check(self, left: Scalar, right: Scalar, node: Any) -> None:
        if not comparable(left.type, right.type):
            raise TypeMismatch(
                f"{left.type.value} and {right.type.value} cannot be compared "
                f"(at position {self._position(node)}).",
                position=self._position(node),
            )

    def _truth(self, node: Any) -> Scalar:
        bound = self._operand(node, Edm.BOOLEAN)
        if bound.type not in (Edm.BOOLEAN, Edm.NULL):
            raise TypeMismatch(
                f"Expected something true or false, found {bound.type.value} at position {self._position(node)}.",
                position=self._position(node),
            )
        return bound

    def _cast(self, name: str, node: ast.Call) -> Scalar:
        given = node.args[0]
        ordinal = self._parsed.ordinals.get(id(given)) if isinstance(given, ast.String) else None
        if name == "cast" and ordinal is not None and len(node.args) == 2:
            named: Any = node.args[1]
            wanted = casts.type_named(named, self._position(named))
            read = spellings.reader(wanted)
            if read is not None:
                key = self._key(str(ordinal))
                return self._filled(Slot(key, wanted.type, ordinal, read, source=self._source, nullable=True))
        return super()._cast(name, node)

    def _is_of(self, operand: Scalar, wanted: Edm) -> Scalar:
        if operand.type is Edm.INT32 and wanted is Edm.INT64:
            wanted = Edm.INT32
        return Comparison("ne", operand, Constant(None, Edm.NULL)) if operand.type is wanted else _NEVER

    # Paths

    def visit_Identifier(self, node: ast.Identifier) -> Scalar:  # noqa: N802
        return self._resolver.value(node)

    def visit_Attribute(self, node: ast.Attribute) -> Scalar:  # noqa: N802
        return self._resolver.value(node)

    def visit_Root(self, node: ast.Root) -> Scalar:  # noqa: N802
        return self._resolver.value(node)

    def visit_Count(self, node: ast.Count) -> Scalar:  # noqa: N802
        start, navigations = self._resolver.collection(node.owner)
        if node.filter is None and node.search is None:
            return Count(start, navigations)
        last = navigations[-1]
        target = last.target()
        variable = Variable("$this", target, target.properties[last.value] if last.value else None)
        conditions = []
        if node.filter is not None:
            with self._about_members(node), self._resolver.inside(variable):
                conditions.append(self._truth(node.filter))
        if node.search is not None:
            conditions.append(search_condition(node.search, variable, None, prefix=self._key("s")))
        one = len(conditions) == 1
        return Count(
            start, navigations, variable, conditions[0] if one else Logical("and", tuple(conditions))
        )

    def visit_CollectionLambda(self, node: ast.CollectionLambda) -> Scalar:  # noqa: N802
        start, navigations = self._resolver.collection(node.owner)
        last = navigations[-1]
        target = last.target()
        value = target.properties[last.value] if last.value else None
        operator = "any" if isinstance(node.operator, ast.Any) else "all"
        if node.lambda_ is None:
            return Quantifier(operator, start, navigations, Variable("", target, value), None)
        name = node.lambda_.identifier.name
        variable = Variable(name, target, value)
        with self._about_members(node), self._resolver.within(variable):
            predicate = self._truth(node.lambda_.expression)
        return Quantifier(operator, start, navigations, variable, predicate)

    @contextmanager
    def _about_members(self, node: Any) -> Iterator[None]:
        """While a condition on the members of a collection is bound."""
        self._lambdas += 1
        self._limits.check_lambdas(self._lambdas, self._position(node))
        yield
        self._lambdas -= 1


_NEVER = Constant(False, Edm.BOOLEAN)
