"""From AST to typed expression: names are resolved against an entity type, literals typed against what they
are compared with. Everything that can be wrong with a query is found here, before there is any SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odata_query.visitor import NodeVisitor

from odata import ast
from odata.errors import NotSupported, ODataError, TypeMismatch, UnknownFunction, UnknownProperty, suggest
from odata.functions import FUNCTIONS, LATER
from odata.parser import Parsed
from odata.resolver import Resolver, full_name
from odata.typed import (
    Call,
    Comparison,
    Constant,
    Count,
    Logical,
    Membership,
    Negation,
    Quantifier,
    Scalar,
    Slot,
    Variable,
)
from odata.types import LITERALS, Edm, comparable, literal_for

OPERATORS = {"Eq": "eq", "NotEq": "ne", "Lt": "lt", "LtE": "le", "Gt": "gt", "GtE": "ge"}
ARITHMETIC = {"Add": "add", "Sub": "sub", "Mult": "mul", "Div": "div", "Mod": "mod"}
LITERAL_KINDS = {
    "String": "string",
    "GUID": "guid",
    "Integer": "integer",
    "Float": "decimal",
    "Date": "date",
    "DateTime": "datetime",
    "Time": "time",
    "Duration": "duration",
}


class Binder(NodeVisitor):
    """Binds one parsed expression.

    Args:
        root: what the names in it refer to.
        parsed: the expression and where its nodes stand in the text.
        values: the types of parameter aliases that the host passes, by name.
        prefix: what the keys of the literals' slots begin with, unique among the expressions of a statement.
    """

    def __init__(
        self, root: Variable, parsed: Parsed, values: Mapping[str, Slot] | None = None, prefix: str = "p"
    ) -> None:
        self._resolver = Resolver(root, parsed)
        self._parsed = parsed
        self._values = values or {}
        self._prefix = prefix

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
        bound: Scalar = self.visit(self._parsed.root)
        return bound

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
        raise NotSupported(
            f"Arithmetic is not supported yet (at position {self._position(node)}).",
            position=self._position(node),
        )

    def visit_BinOp(self, node: ast.BinOp) -> Scalar:  # noqa: N802
        operator = ARITHMETIC.get(type(node.op).__name__, "divby")
        position = self._position(node)
        message = f"Arithmetic ('{operator}') is not supported yet (at position {position})."
        raise NotSupported(message, position=position)

    def visit_Compare(self, node: ast.Compare) -> Scalar:  # noqa: N802
        if isinstance(node.comparator, ast.In):
            return self._membership(node)
        operator = OPERATORS.get(type(node.comparator).__name__)
        if operator is None:
            raise self._unsupported(node)
        left, right = self._pair(node.left, node.right)
        self._check(left, right, node)
        if operator not in ("eq", "ne") and Edm.BOOLEAN in (left.type, right.type):
            raise TypeMismatch(
                f"'{operator}' does not compare truth values (at position {self._position(node)}).",
                position=self._position(node),
            )
        return Comparison(operator, left, right)

    def _membership(self, node: ast.Compare) -> Scalar:
        if not isinstance(node.right, ast.List):
            raise NotSupported(
                f"'in' needs a list in parentheses (at position {self._position(node.right)}).",
                position=self._position(node.right),
            )
        item = self._operand(node.left, None)
        members = tuple(self._operand(member, item.type) for member in node.right.val)
        for member in members:
            self._check(item, member, node)
        return Membership(item, members)

    def _pair(self, left: Any, right: Any) -> tuple[Scalar, Scalar]:
        """Both sides, the one that knows its type first."""
        if self._is_literal(left):
            bound = self._operand(right, None)
            return self._operand(left, bound.type), bound
        bound = self._operand(left, None)
        return bound, self._operand(right, bound.type)

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

    # Values

    def _is_literal(self, node: Any) -> bool:
        return id(node) in self._parsed.ordinals

    def _operand(self, node: Any, wanted: Edm | None) -> Scalar:
        """The node, read as `wanted` where it is a literal."""
        if not self._is_literal(node):
            bound: Scalar = self.visit(node)
            return bound
        ordinal = self._parsed.ordinals[id(node)]
        kind = LITERAL_KINDS[type(node).__name__]
        position = self._position(node)
        if kind not in LITERALS:
            raise NotSupported(
                f"A {kind} has nothing to be compared with (at position {position}).", position=position
            )
        edm, convert = literal_for(kind, wanted or LITERALS[kind][0], position)
        return Slot(f"{self._prefix}{ordinal}", edm, ordinal, convert)

    def visit_Boolean(self, node: ast.Boolean) -> Scalar:  # noqa: N802
        return Constant(node.val.lower() == "true", Edm.BOOLEAN)

    def visit_Null(self, node: ast.Null) -> Scalar:  # noqa: N802
        return Constant(None, Edm.NULL)

    def visit_ParameterAlias(self, node: ast.ParameterAlias) -> Scalar:  # noqa: N802
        slot = self._values.get(node.name)
        if slot is None:
            raise UnknownProperty(
                f"The parameter alias '@{node.name}' at position {self._position(node)} has no value.",
                position=self._position(node),
            )
        return slot

    def visit_Call(self, node: ast.Call) -> Scalar:  # noqa: N802
        name = full_name(node.func).lower()
        position = self._position(node)
        function = FUNCTIONS.get(name)
        if function is None:
            if name in LATER:
                raise NotSupported(f"The function '{name}' is not supported yet.", position=position)
            hint = suggest(name, FUNCTIONS)
            raise UnknownFunction(
                f"Unknown function '{name}' at position {position}{hint}", position=position
            )
        if len(node.args) != len(function.takes):
            raise TypeMismatch(
                f"'{name}' takes {len(function.takes)} arguments, found {len(node.args)} at position {position}.",
                position=position,
            )
        arguments = tuple(self._operand(a, t) for a, t in zip(node.args, function.takes, strict=True))
        for argument, wanted, given in zip(arguments, function.takes, node.args, strict=True):
            if not comparable(argument.type, wanted):
                raise TypeMismatch(
                    f"'{name}' takes {wanted.value}, found {argument.type.value} at position {self._position(given)}.",
                    position=self._position(given),
                )
        if name == "now":
            return Slot("now", Edm.DATETIME)
        if any(isinstance(argument, Constant) and argument.value is None for argument in arguments):
            return Constant(None, function.gives)  # of nothing comes nothing (URL Conventions 4.01, 5.1.1)
        return Call(name, arguments, function.gives)

    # Paths

    def visit_Identifier(self, node: ast.Identifier) -> Scalar:  # noqa: N802
        return self._resolver.value(node)

    def visit_Attribute(self, node: ast.Attribute) -> Scalar:  # noqa: N802
        return self._resolver.value(node)

    def visit_Count(self, node: ast.Count) -> Scalar:  # noqa: N802
        if node.filter is not None or node.search is not None:
            raise self._unsupported(node)
        return Count(*self._resolver.collection(node.owner))

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
        with self._resolver.within(variable):
            predicate = self._truth(node.lambda_.expression)
        return Quantifier(operator, start, navigations, variable, predicate)

    # The rest of the language

    def generic_visit(self, node: Any) -> Any:
        raise self._unsupported(node)

    def _unsupported(self, node: Any) -> ODataError:
        position = self._position(node)
        kind = type(node).__name__
        return NotSupported(
            f"This kind of expression ({kind}) is not supported yet (at position {position}).",
            position=position,
        )

    def _position(self, node: Any) -> int:
        return self._parsed.positions.get(id(node), 0)
