"""$search: words in the texts of a row (Protocol 4.01, 11.2.6.6; URL Conventions 4.01, 5.1.7).

A word or phrase is found in a row where any of its searchable texts contains it, in any letter case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from odata.functions import FUNCTIONS
from odata.lexer import Shape, Token
from odata.limits import DEFAULT, Limits
from odata.metadata import EntityType, Navigation
from odata.search_parser import Combined, Expression, Not, parse_search
from odata.typed import Call, Comparison, Constant, Logical, Negation, Path, Scalar, Slot, Variable
from odata.types import Edm


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
