"""The values of an expression, bound: literals, aliases, arithmetic, calls, casts and cases.

A literal is typed by what it stands beside, and becomes a slot whose value comes with each request.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from odata_query.visitor import NodeVisitor

from odata import ast, casts
from odata.aliases import Aliases
from odata.arithmetic import OPERATORS, Budget, result_of
from odata.errors import NotSupported, ODataError, TypeMismatch
from odata.functions import FUNCTIONS, Function, no_function, takes
from odata.lexer import Shape
from odata.literals import read
from odata.parser import Parsed
from odata.patterns import rewritten
from odata.resolver import Resolver, full_name
from odata.typed import Arithmetic, Call, Choice, Constant, Conversion, Scalar, Slot, Variable
from odata.types import LITERALS, Edm, comparable, exact, extended, literal_for, string

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
MOMENTS = {
    "mindatetime": dt.datetime(1, 1, 1, tzinfo=dt.UTC),
    "maxdatetime": dt.datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC),
}


class ValueBinder(NodeVisitor):
    """Binds the values of one parsed expression.

    Args:
        root: what the names in it refer to.
        parsed: the expression and where its nodes stand in the text.
        values: the types of parameter aliases that the host passes, by name.
        prefix: what the keys of the literals' slots begin with, unique among the expressions of a statement.
        aliases: the parameter aliases that the query gives values to.
        fixed: the shape of the text where that text is part of the plan's key: its literals keep the values
            that they have in it.
        source: the alias whose value this is.
    """

    def __init__(
        self,
        root: Variable,
        parsed: Parsed,
        values: Mapping[str, Slot] | None = None,
        prefix: str = "p",
        aliases: Aliases | None = None,
        fixed: Shape | None = None,
        source: str | None = None,
    ) -> None:
        self._root = root
        self._resolver = Resolver(root, parsed)
        self._parsed = parsed
        self._values = values or {}
        self._prefix = prefix
        self._aliases = aliases or Aliases.none()
        self._fixed = fixed
        self._source = source
        self._budget = Budget()
        self._slots = 0

    # Literals

    def _is_literal(self, node: Any) -> bool:
        """Whether the node's type depends on what it stands beside."""
        if isinstance(node, ast.ParameterAlias):
            return node.name not in self._values
        return id(node) in self._parsed.ordinals or isinstance(node, ast.String | ast.Enum)

    def _operand(self, node: Any, wanted: Edm | None, finite: bool = False) -> Scalar:
        """The node, read as `wanted` where it is a literal; `finite` where a number may not be infinite."""
        if isinstance(node, ast.ParameterAlias) and node.name not in self._values:
            within = self._alias(node)
            return within._operand(within._parsed.root, wanted, finite)
        ordinal = self._parsed.ordinals.get(id(node))
        if ordinal is None:
            bound: Scalar = self.visit(node)
            return bound
        kind = LITERAL_KINDS[type(node).__name__]
        edm, convert = literal_for(kind, wanted or LITERALS[kind][0], self._position(node))
        convert = exact if finite and convert is extended else convert
        return self._filled(Slot(self._key(str(ordinal)), edm, ordinal, convert, source=self._source))

    def _filled(self, slot: Slot) -> Slot:
        if self._fixed is None:
            return slot
        return Slot(slot.key, slot.type, value=read(slot, self._fixed))

    def _key(self, name: str) -> str:
        """A literal may be bound twice, as different types; each time it is another parameter."""
        self._slots += 1
        return f"{self._prefix}{name}_{self._slots}"

    def _alias(self, node: ast.ParameterAlias) -> ValueBinder:
        """A binder for the value of an alias, which has no aliases in it."""
        position = self._position(node)
        parsed = self._aliases.parsed(node.name, position)
        self._aliases.use(parsed, position)
        prefix = self._key(f"{node.name}_")
        inner = type(self)(self._root, parsed, prefix=prefix, source=f"@{node.name}")
        inner._budget = self._budget
        return inner

    def visit_ParameterAlias(self, node: ast.ParameterAlias) -> Scalar:  # noqa: N802
        slot = self._values.get(node.name)
        return slot if slot is not None else self._operand(node, None)

    def visit_String(self, node: ast.String) -> Scalar:  # noqa: N802
        """Text in a JSON array, which is part of the shape."""
        return Slot(self._key("j"), Edm.STRING, value=node.val)

    def visit_Enum(self, node: ast.Enum) -> Scalar:  # noqa: N802
        """A member of an enumeration is kept, and compared, as its name."""
        return Slot(self._key("m"), Edm.STRING, value=node.val)

    def visit_Boolean(self, node: ast.Boolean) -> Scalar:  # noqa: N802 - the visitor's convention
        return Constant(node.val.lower() == "true", Edm.BOOLEAN)

    def visit_Null(self, node: ast.Null) -> Scalar:  # noqa: N802
        return Constant(None, Edm.NULL)

    # Arithmetic

    def visit_BinOp(self, node: ast.BinOp) -> Scalar:  # noqa: N802
        position = self._position(node)
        self._budget.spend(position)
        left, right = (self._operand(side, None, finite=True) for side in (node.left, node.right))
        if Edm.NULL in (left.type, right.type):
            other = left.type if right.type is Edm.NULL else right.type
            return Constant(None, other)
        operator, edm = result_of(OPERATORS[type(node.op).__name__], left.type, right.type, position)
        return Arithmetic(operator, left, right, edm)

    def _minus(self, node: ast.UnaryOp) -> Scalar:
        position = self._position(node)
        self._budget.spend(position)
        operand = self._operand(node.operand, None, finite=True)
        if operand.type is Edm.NULL:
            return operand
        if operand.type not in (Edm.INT32, Edm.INT64, Edm.DECIMAL, Edm.DURATION):
            raise TypeMismatch(
                f"'-' does not go with {operand.type.value} (at position {position}).", position=position
            )
        return Arithmetic("neg", operand, None, Edm.INT64 if operand.type is Edm.INT32 else operand.type)

    # Calls

    def visit_Call(self, node: ast.Call) -> Scalar:  # noqa: N802
        name = full_name(node.func).lower()
        position = self._position(node)
        if name in ("cast", "isof"):
            return self._cast(name, node)
        if name not in FUNCTIONS:
            raise no_function(name, position)
        fitting = [function for function in FUNCTIONS[name] if function.fits(len(node.args))]
        if not fitting:
            first = FUNCTIONS[name][0]
            least = len(first.takes) - first.optional
            number = f"{least} to {len(first.takes)}" if first.optional else str(least)
            raise TypeMismatch(
                f"'{name}' takes {number} arguments, found {len(node.args)} at position {position}.",
                position=position,
            )
        arguments = tuple(self._argument(given, i, fitting) for i, given in enumerate(node.args))
        function = self._fitting(fitting, arguments, node)
        if name == "now":
            return Slot("now", Edm.DATETIME)
        if name in MOMENTS:
            return Slot(name, Edm.DATETIME, value=MOMENTS[name])
        if any(isinstance(argument, Constant) and argument.value is None for argument in arguments):
            return Constant(None, function.gives)  # of nothing comes nothing (URL Conventions 4.01, 5.1.1)
        if name == "matchespattern":
            arguments = (arguments[0], self._pattern(arguments[1], node.args[1]))
        return Call(function, arguments, function.gives)

    def _argument(self, given: Any, index: int, fitting: list[Function]) -> Scalar:
        wanted = [function.takes[index] for function in fitting]
        kind = LITERAL_KINDS.get(type(given).__name__, "") if id(given) in self._parsed.ordinals else ""
        own = LITERALS[kind][0] if kind else wanted[0]
        if isinstance(given, ast.ParameterAlias):
            return self._operand(given, None if len(wanted) > 1 else wanted[0], finite=True)
        return self._operand(given, own if own in wanted else wanted[0], finite=True)

    def _fitting(self, fitting: list[Function], arguments: tuple[Scalar, ...], node: ast.Call) -> Function:
        """The first function that takes such arguments."""
        for function in fitting:
            if all(takes(w, a.type) for w, a in zip(function.takes, arguments, strict=False)):
                return function
        first = fitting[0]
        wanted, argument, given = next(
            found
            for found in zip(first.takes, arguments, node.args, strict=False)
            if not takes(found[0], found[1].type)
        )
        position = self._position(given)
        raise TypeMismatch(
            f"'{first.name}' takes {wanted.value}, found {argument.type.value} at position {position}.",
            position=position,
        )

    def _pattern(self, bound: Scalar, given: Any) -> Scalar:
        position = self._position(given)
        if not isinstance(bound, Slot) or (bound.convert is None and bound.value is None):
            raise NotSupported(
                f"The pattern of matchesPattern must be a literal (at position {position}).",
                position=position,
            )
        if bound.convert is not None:
            return dataclasses.replace(bound, convert=_pattern_of)
        try:
            return dataclasses.replace(bound, value=rewritten(bound.value))
        except ValueError as error:
            raise TypeMismatch(f"The pattern at position {position} {error}.", position=position) from None

    def _cast(self, name: str, node: ast.Call) -> Scalar:
        position = self._position(node)
        named: Any = node.args[-1]
        if len(node.args) != 2:
            raise NotSupported(
                f"'{name}' of the row itself is not supported (at position {position}).", position=position
            )
        wanted = casts.type_named(named, self._position(named))
        operand = self._operand(node.args[0], None, finite=True)
        if name == "isof":
            return self._is_of(operand, wanted)
        casts.check_cast(operand.type, wanted, position)
        return Constant(None, wanted) if operand.type is Edm.NULL else Conversion(operand, wanted)

    def _is_of(self, operand: Scalar, wanted: Edm) -> Scalar:
        raise NotImplementedError

    def visit_Case(self, node: ast.Case) -> Scalar:  # noqa: N802
        conditions = [self._truth(branch.condition) for branch in node.branches]
        results: dict[int, Scalar] = {}
        # Literals last: they take the type of the results that have one.
        for index, branch in sorted(
            enumerate(node.branches), key=lambda item: self._is_literal(item[1].result)
        ):
            known = next((r.type for r in results.values() if r.type is not Edm.NULL), None)
            results[index] = self._operand(branch.result, known, finite=True)
            found = results[index].type
            if known is not None and not comparable(found, known):
                position = self._position(branch)
                raise TypeMismatch(
                    f"The results of a case must be of one type; {found.value} at position {position} "
                    f"is not {known.value}.",
                    position=position,
                )
        types = {result.type for result in results.values()} - {Edm.NULL}
        if len(types) > 1:
            edm = Edm.DECIMAL if Edm.DECIMAL in types else Edm.INT64
        else:
            edm = types.pop() if types else Edm.NULL
        return Choice(tuple((c, results[i]) for i, c in enumerate(conditions)), edm)

    def _truth(self, node: Any) -> Scalar:
        raise NotImplementedError

    # What is not carried out

    def visit_Binary(self, node: ast.Binary) -> Scalar:  # noqa: N802
        raise self._refused(node, "Binary values have no property to be compared with")

    def visit_Geography(self, node: ast.Geography) -> Scalar:  # noqa: N802
        raise self._refused(node, "Geography is out of scope: nothing here has a place on a map")

    visit_Geometry = visit_Geography  # noqa: N815

    def visit_FilterSegment(self, node: ast.FilterSegment) -> Scalar:  # noqa: N802
        raise self._refused(node, "The segment /$filter(…) is not supported; use any(…) or $count($filter=…)")

    def generic_visit(self, node: Any) -> Any:
        raise self._refused(node, f"This kind of expression ({type(node).__name__}) is not supported")

    def _refused(self, node: Any, message: str) -> ODataError:
        position = self._position(node)
        return NotSupported(f"{message} (at position {position}).", position=position)

    def _position(self, node: Any) -> int:
        return self._parsed.positions.get(id(node), 0)


def _pattern_of(text: str) -> str:
    return rewritten(string(text))
