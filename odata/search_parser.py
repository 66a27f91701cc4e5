"""From the text of $search to its words and phrases, and how they are put together (URL Conventions 4.01, 5.1.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from odata.errors import SyntaxProblem, excerpt
from odata.limits import DEFAULT, Limits

_pieces = re.compile(
    r"""\s*(?:(?P<mark>[()])|"(?P<phrase>(?:[^"\\]|\\.)*)"|(?P<word>[^\s()"]+)|(?P<wrong>\S))"""
)
_escapes = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase."""

    text: str


@dataclass(frozen=True, slots=True)
class Not:
    operand: Expression


@dataclass(frozen=True, slots=True)
class Combined:
    """`operator` is `and` or `or`."""

    operator: str
    operands: tuple[Expression, ...]


Expression: TypeAlias = Term | Not | Combined


class _Piece(NamedTuple):
    kind: str
    text: str
    position: int


def parse_search(text: str, limits: Limits = DEFAULT) -> Expression:
    """Parse the text of $search: NOT binds tighter than AND (also left out between two terms), and that than OR.

    AND and OR are words like any others where there is nothing on both sides that they could join.

    Raises:
        SyntaxProblem: a bracket or a quote is not closed, or an operator lacks its side.
        LimitExceeded: it is too long, too deep or has too many terms.
    """
    limits.check_length(text)
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise SyntaxProblem("The words to search for hold NUL or half of a surrogate pair.")
    stripped = text.strip()
    if len(stripped) > 2 and stripped[0] == stripped[-1] == "'":
        return Term(
            stripped[1:-1].replace("''", "'")
        )  # searchExpr-incomplete: what stands in quotes, as it is
    parser = _Parser([*_cut(text)], limits)
    found = parser.either()
    parser.end()
    return found


def _cut(text: str) -> Iterator[_Piece]:
    closed = -1  # where the last phrase ends
    for match in _pieces.finditer(text):
        kind = match.lastgroup or "wrong"
        piece = _Piece(kind, match[kind], match.start(kind))
        if match.start() == match.start(kind) == closed and kind == "word":
            raise SyntaxProblem(f"Expected a blank at position {closed}.", position=closed)
        if kind == "wrong" or (kind == "phrase" and not piece.text.strip()):
            raise SyntaxProblem(
                f"The quote at position {piece.position} is not closed, or holds no words.",
                position=piece.position,
            )
        yield piece
        closed = match.end() if kind == "phrase" else -1
    yield _Piece("end", "", len(text))


class _Parser:
    """Reads pieces from the left; the last is always `end`."""

    def __init__(self, pieces: Sequence[_Piece], limits: Limits) -> None:
        self._pieces = pieces
        self._limits = limits
        self._index = 0
        self._depth = 0
        self._terms = 0

    @property
    def _piece(self) -> _Piece:
        return self._pieces[self._index]

    def _is_word(self, word: str) -> bool:
        return self._piece.kind == "word" and self._piece.text == word

    def _at_operand(self, ahead: int = 0) -> bool:
        piece = self._pieces[self._index + ahead]
        return piece.kind in ("phrase", "word") or (piece.kind == "mark" and piece.text == "(")

    def _joins(self, word: str) -> bool:
        return self._is_word(word) and self._at_operand(1)

    def end(self) -> None:
        if self._piece.kind != "end":
            raise self._expected("the end")

    def either(self) -> Expression:
        operands = [self._both()]
        while self._joins("OR"):
            self._index += 1
            operands.append(self._both())
        return operands[0] if len(operands) == 1 else Combined("or", tuple(operands))

    def _both(self) -> Expression:
        operands = [self._negated()]
        while self._at_operand() and not self._joins("OR"):
            if self._joins("AND"):
                self._index += 1
            operands.append(self._negated())
        return operands[0] if len(operands) == 1 else Combined("and", tuple(operands))

    def _negated(self) -> Expression:
        negations = 0
        while self._is_word("NOT"):
            self._index += 1
            negations += 1
        operand = self._operand()
        return Not(operand) if negations % 2 else operand

    def _operand(self) -> Expression:
        piece = self._piece
        if piece.kind == "mark" and piece.text == "(":
            self._depth += 1
            self._limits.check_depth(self._depth, piece.position)
            self._index += 1
            inner = self.either()
            if self._piece.text != ")":
                raise self._expected("')'")
            self._index += 1
            self._depth -= 1
            return inner
        if piece.kind not in ("word", "phrase"):
            raise self._expected("a word or a phrase")
        self._index += 1
        self._terms += 1
        self._limits.check_terms(self._terms, piece.position)
        return Term(_escapes.sub(r"\1", piece.text) if piece.kind == "phrase" else piece.text)

    def _expected(self, what: str) -> SyntaxProblem:
        piece = self._piece
        found = "the text ends there" if piece.kind == "end" else f"found {excerpt(piece.text)}"
        return SyntaxProblem(
            f"Expected {what} at position {piece.position}, but {found}.", position=piece.position
        )
