"""From text to syntax trees: the expressions of $filter, $orderby and $compute.

The grammar is that of the OData 4.01 ABNF. Names are not resolved here: `status` may turn out to be a
property or nothing at all. All positions are 0-based offsets into the option's decoded text.
"""

from __future__ import annotations

from dataclasses import dataclass

from odata import ast
from odata.clauses import ExpandItem, SelectItem, parse_expand, parse_select
from odata.expressions import ExpressionParser
from odata.lexer import Token, tokenize
from odata.limits import DEFAULT, Limits

__all__ = [
    "ComputeItem", "ExpandItem", "OrderItem", "Parsed", "SelectItem",
    "parse_compute", "parse_expand", "parse_expression", "parse_orderby", "parse_select",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parsed:
    """An expression and where its nodes stand.

    Args:
        root: the tree; keeping it keeps the ids below valid.
        positions: for the id of each node its offset in the text: of an operator its word, of a path step its
            name, of a lambda its `any` or `all`.
        ordinals: for the id of each literal that a shape leaves out its index in `Shape.literals`.
    """

    root: ast.Node
    positions: dict[int, int]
    ordinals: dict[int, int]


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One item of $orderby; its ordinals count through the whole text."""

    expression: Parsed
    descending: bool


@dataclass(frozen=True, slots=True)
class ComputeItem:
    """One item of $compute: the expression and the name that it gets."""

    expression: Parsed
    name: str


def parse_expression(source: str | list[Token], limits: Limits = DEFAULT) -> Parsed:
    """Parse the text of $filter, or of any other single expression.

    Args:
        source: the decoded text, or its tokens.
        limits: what it may cost.

    Raises:
        SyntaxProblem: with the place, and what was expected there.
        LimitExceeded: it is too long, too deep or has too many terms.
    """
    parser = _parser(source, limits)
    return _parsed(parser, parser.whole())


def parse_orderby(source: str | list[Token], limits: Limits = DEFAULT) -> list[OrderItem]:
    """Parse the text of $orderby; raises as `parse_expression` does."""
    parser = _parser(source, limits)
    found: list[OrderItem] = []
    while True:
        expression = _parsed(parser, parser.expression())
        descending = parser.at_word("desc")
        if parser.at_word("asc", "desc"):
            parser.advance()
        found.append(OrderItem(expression, descending))
        if not _another(parser, "an operator, 'asc', 'desc', ',' or the end"):
            return found


def parse_compute(source: str | list[Token], limits: Limits = DEFAULT) -> list[ComputeItem]:
    """Parse the text of $compute; raises as `parse_expression` does."""
    parser = _parser(source, limits)
    found: list[ComputeItem] = []
    while True:
        expression = _parsed(parser, parser.expression())
        if not parser.at_word("as"):
            raise parser.unfinished("an operator, or 'as' and a name")
        parser.advance()
        found.append(ComputeItem(expression, parser.require_name("a name").text))
        if not _another(parser, "',' or the end"):
            return found


def _parser(source: str | list[Token], limits: Limits) -> ExpressionParser:
    return ExpressionParser(tokenize(source, limits) if isinstance(source, str) else source, limits)


def _parsed(parser: ExpressionParser, root: ast.Node) -> Parsed:
    return Parsed(root, parser.positions, parser.ordinals)


def _another(parser: ExpressionParser, what: str) -> bool:
    """Whether a comma announces a further item; otherwise the text must end."""
    if parser.take(","):
        parser.count_term()
        return True
    if parser.token.kind != "end":
        raise parser.unfinished(what)
    return False
