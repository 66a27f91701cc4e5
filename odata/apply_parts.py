"""What the transformations of $apply are put together from: expressions, aliases, grouping paths, numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from odata import ast
from odata.errors import InvalidOption, SyntaxProblem
from odata.expressions import ExpressionParser
from odata.limits import LARGEST, whole_number
from odata.parser import OrderItem, Parsed
from odata.transformations import Sequence

T = TypeVar("T")


class ApplyParts(ExpressionParser):
    """The rules that several transformations share."""

    def sequence(self) -> Sequence:
        """Transformations with slashes between."""
        raise NotImplementedError

    def order_item(self) -> OrderItem:
        expression = self.parsed()
        descending = self.at_word("desc")
        if self.at_word("asc", "desc"):
            self.advance()
        return OrderItem(expression, descending)

    def parsed(self) -> Parsed:
        return Parsed(self.expression(), self.positions, self.ordinals)

    def named(self) -> ast.Node:
        """Also a type alone, whose rows may be aggregated."""
        if "." in self.token.text and self.following.text.lower() == "with":
            return self.identifier(self.advance())
        return super().named()

    def listed(self, item: Callable[[], T]) -> list[T]:
        """One or more, with commas between."""
        found = [item()]
        while self.take(","):
            self.count_term()
            found.append(item())
        return found

    def alias(self) -> str:
        if not self.at_word("as"):
            raise self.unfinished("'as' and a name")
        self.advance()
        name = self.require_name("a name")
        if "." in name.text or len(name.text) > 128:
            raise SyntaxProblem(
                f"Expected a name of at most 128 characters without dots at position {name.position}.",
                position=name.position,
            )
        return name.text

    def grouping_path(self) -> Parsed:
        """Names with slashes between; the last is no type."""
        name = self.require_name("a property")
        node: ast.Node = self.identifier(name)
        if "." in name.text:
            node = self.node(ast.CastSegment(None, self.identifier(name)), name.position)
        while self.take("/"):
            name = self.require_name("a property")
            if "." in name.text:
                node = self.node(ast.CastSegment(node, self.identifier(name)), name.position, node)
            else:
                node = self.node(ast.Attribute(node, name.text), name.position, node)
        if isinstance(node, ast.CastSegment):
            raise self.expected("'/' and a property of that type")
        return Parsed(node, self.positions, self.ordinals)

    def whole_number(self) -> int:
        token = self.token
        if token.kind != "integer" or not token.text.isdigit():
            raise self.expected("a whole number")
        self.primary()
        number = whole_number(token.text)
        if number is None:
            raise InvalidOption(
                f"The number at position {token.position} is larger than {LARGEST}.", position=token.position
            )
        return number
