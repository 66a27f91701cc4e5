"""$search: words in the texts of a row (Protocol 4.01, 11.2.6.6; URL Conventions 4.01, 5.1.7).

A word or phrase is found in a row where any of its searchable texts contains it, in any letter case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple, TypeAlias

from odata.errors import SyntaxProblem, excerpt
from odata.functions import FUNCTIONS
from odata.lexer import Shape, Token
from odata.limits import DEFAULT, Limits
from odata.metadata import EntityType, Navigation
from odata.typed import Call, Comparison, Constant, Logical, Negation, Path, Scalar, Slot, Variable
from odata.types import Edm

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


def texts_of(entity: EntityType, names: Sequence[str] | None) -> list[tuple[tuple[Navigation, ...], Any]]:
    """The properties to search: those named (`name`, or `matter/display_name`), else all texts of the row itself."""
    if names is None:
        own = entity.properties.values()
        return [((), member) for member in own if member.type is Edm.STRING and not member.steps]
    found: list[tuple[tuple[Navigation, ...], Any]] = []
    for path in names:
        *along, last = path.split("/")
        navigations: tuple[Navigation, ...] = ()
        at = entity
        for name in along:
            navigations += (at.navigations[name],)
            at = navigations[-1].target()
        found.append((navigations, at.properties[last]))
    return found


def shape_of_search(text: str, limits: Limits = DEFAULT) -> Shape:
    """The text with its words taken out, which come with each request; raises as `parse_search` does."""
    words: list[Token] = []
    key = _outline(parse_search(text, limits), words)
    return Shape(text, limits, key, words)


def _outline(node: Expression, words: list[Token]) -> str:
    """How terms are put together; they are added to `words` in the order in which `_bind` comes upon them."""
    match node:
        case Not():
            return f"not({_outline(node.operand, words)})"
        case Combined():
            return f"{node.operator}({','.join(_outline(each, words) for each in node.operands)})"
    words.append(Token("word", node.text, 0))
    return "?"


def search_condition(
    text: str,
    root: Variable,
    names: Sequence[str] | None,
    limits: Limits = DEFAULT,
    prefix: str = "s",
    source: str | None = None,
) -> Scalar:
    """The condition that a row has what is searched for.

    Args:
        names: the searchable properties, see `texts_of`.
        prefix: what the keys of the slots begin with.
        source: under which name a request brings the words; None where they are part of a plan's key.
    """
    texts = [Path(root, navigations, member) for navigations, member in texts_of(root.entity, names)]
    counter = count()

    def slot(word: str) -> Slot:
        ordinal = next(counter)
        if source is None:
            return Slot(f"{prefix}{ordinal}", Edm.STRING, value=word)
        return Slot(f"{prefix}{ordinal}", Edm.STRING, ordinal, str, source=source)

    bound = _bind(parse_search(text, limits), texts, slot)
    limits.check_terms(next(counter) * len(texts), 0)
    return bound


def _bind(node: Expression, texts: Sequence[Path], slot: Callable[[str], Slot]) -> Scalar:
    match node:
        case Not():
            return Negation(_bind(node.operand, texts, slot))
        case Combined():
            return Logical(node.operator, tuple(_bind(each, texts, slot) for each in node.operands))
    # Folded by the database on both sides: its rules for letters need not be Python's.
    word = _call("tolower", slot(node.text))
    truth = Constant(True, Edm.BOOLEAN)
    found = tuple(Comparison("eq", _call("contains", _call("tolower", path), word), truth) for path in texts)
    if not found:
        return Constant(False, Edm.BOOLEAN)
    return found[0] if len(found) == 1 else Logical("or", found)


def _call(name: str, *arguments: Scalar) -> Scalar:
    function = FUNCTIONS[name][0]
    return Call(function, arguments, function.gives)
