"""The beginning of binding: literals, aliases and constants, and what every step says of what it cannot do.

A literal is typed by what it stands beside, and becomes a slot whose value comes with each request.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from odata_query.visitor import NodeVisitor

from odata import ast
from odata.aliases import Aliases
from odata.arithmetic import Budget
from odata.errors import NotSupported, ODataError
from odata.lexer import Shape
from odata.literals import read
from odata.parser import Parsed
from odata.resolver import Resolver
from odata.typed import Constant, Scalar, Slot, Variable
from odata.types import LITERALS, Edm, exact, extended, literal_for

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


class LiteralBinder(NodeVisitor):
    """Binds what one parsed expression has in it that is no operation.

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
        self._limits = self._aliases.limits
        self._lambdas = 0
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
        return Slot(slot.key, slot.type, value=read(slot, self._fixed), nullable=slot.nullable)

    def _key(self, name: str) -> str:
        """A literal may be bound twice, as different types; each time it is another parameter."""
        self._slots += 1
        return f"{self._prefix}{name}_{self._slots}"

    def _alias(self, node: ast.ParameterAlias) -> Self:
        """A binder for the value of an alias, which has no aliases in it."""
        position = self._position(node)
        parsed = self._aliases.parsed(node.name, position)
        self._aliases.use(parsed, position)
        prefix = self._key(f"{node.name}_")
        fixed = self._aliases.fixed(node.name)
        source = None if fixed else f"@{node.name}"
        inner = type(self)(self._root, parsed, prefix=prefix, fixed=fixed, source=source)
        inner._budget, inner._limits, inner._lambdas = self._budget, self._limits, self._lambdas
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
