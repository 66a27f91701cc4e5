"""A place in a list of tokens, and the book-keeping of the nodes that are made on the way.

The parser's classes build on it: `paths` adds what begins with a name, `expressions` the operators.
"""

from __future__ import annotations

from typing import TypeVar

from odata import ast
from odata.errors import SyntaxProblem, excerpt
from odata.lexer import Token
from odata.limits import Limits

N = TypeVar("N", bound=ast.Node)


class Cursor:
    """Walks over tokens and remembers, for each node, where it stands and how high its tree is.

    Args:
        tokens: as `lexer.tokenize` gives them, with the `end` token.
        limits: what the text may cost.
    """

    def __init__(self, tokens: list[Token], limits: Limits) -> None:
        self.positions: dict[int, int] = {}
        self.ordinals: dict[int, int] = {}
        self.limits = limits
        self.token = tokens[0]
        self._tokens = tokens
        self._index = 0
        self._heights: dict[int, int] = {}
        # All are known by their ids, also those that end up in no tree: an id is free again when its node is gone.
        self._nodes: list[ast.Node] = []
        self._depth = 0
        self._terms = 1

    # Tokens

    @property
    def following(self) -> Token:
        """The token after the current one."""
        return self._tokens[min(self._index + 1, len(self._tokens) - 1)]

    def advance(self) -> Token:
        """The current token; the next one becomes current."""
        token = self.token
        if token.kind != "end":
            self._index += 1
            self.token = self._tokens[self._index]
        return token

    def at(self, mark: str) -> bool:
        """Whether the current token is this punctuation mark."""
        return self.token.kind == "mark" and self.token.text == mark

    def at_word(self, *words: str) -> bool:
        """Whether the current token is one of these keywords, in any letter case."""
        return self.token.kind == "name" and self.token.text.lower() in words

    def take(self, mark: str) -> bool:
        """Move over this punctuation mark, if it is the current token."""
        found = self.at(mark)
        if found:
            self.advance()
        return found

    def require(self, mark: str) -> Token:
        """Move over this punctuation mark, which must be the current token."""
        if not self.at(mark):
            raise self.expected(f"'{mark}'")
        return self.advance()

    def require_name(self, what: str) -> Token:
        """Move over a name, which must be the current token."""
        if self.token.kind != "name":
            raise self.expected(what)
        return self.advance()

    def expected(self, what: str, hint: str = ".") -> SyntaxProblem:
        """The error that the current token is not `what`; `hint` ends the sentence."""
        token = self.token
        after = f" after {excerpt(self._tokens[self._index - 1].text)}" if self._index else ""
        found = "the text ends there" if token.kind == "end" else f"found {excerpt(token.text)}"
        return SyntaxProblem(
            f"Expected {what}{after} at position {token.position}, but {found}{hint}", position=token.position
        )

    # Limits

    def enter(self) -> None:
        """One level of brackets deeper."""
        self._depth += 1
        self.limits.check_depth(self._depth, self.token.position)

    def leave(self) -> None:
        """Out of that level again."""
        self._depth -= 1

    def count_term(self) -> None:
        """One more operand of `and` or `or`, or item of a list."""
        self._terms += 1
        self.limits.check_terms(self._terms, self.token.position)

    # Nodes

    def node(self, made: N, position: int, *children: ast.Node, chained: ast.Node | None = None) -> N:
        """Register a new node.

        Args:
            made: the node; no other part of the tree may hold it.
            position: where it stands: of an operator its word, of a path step its name.
            children: what hangs below it.
            chained: a child of the same kind whose level it shares, as in a chain of `or`.
        """
        height = 1 + max((self._heights[id(child)] for child in children), default=0)
        if chained is not None:
            height = max(height, self._heights[id(chained)])
        self.limits.check_depth(height, position)
        self._nodes.append(made)
        self._heights[id(made)] = height
        self.positions[id(made)] = position
        return made

    def literal(self, made: N, position: int) -> N:
        """Register the next of the literals that a shape leaves out."""
        self._nodes.append(made)
        self.ordinals[id(made)] = len(self.ordinals)
        return self.node(made, position)
