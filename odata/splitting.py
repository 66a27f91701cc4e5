"""Cuts the text of $select and $expand at commas and semicolons that stand outside quotes and brackets."""

from __future__ import annotations

import re
from typing import NamedTuple

from odata.errors import SyntaxProblem, excerpt
from odata.limits import Limits

_landmarks = re.compile(r"""'[^']*+'|"(?:[^"\\]|\\.)*+"|['"()\[\]{},;]""", re.DOTALL).finditer
_CLOSING = {"(": ")", "[": "]", "{": "}"}


class Piece(NamedTuple):
    """A part of a text, without the blanks around it, and its offset in the whole."""

    text: str
    position: int


def split(text: str, separator: str, limits: Limits, offset: int = 0) -> list[Piece]:
    """The pieces between the separators.

    Args:
        text: the text to cut; its brackets must match.
        separator: `,` or `;`.
        limits: bounds the depth of the brackets and the number of pieces.
        offset: where the text begins in the option that holds it; added to all positions.
    """
    pieces: list[Piece] = []
    open_brackets: list[str] = []
    start = 0
    for match in _landmarks(text):
        mark = match[0]
        position = offset + match.start()
        if mark in _CLOSING:
            open_brackets.append(_CLOSING[mark])
            limits.check_depth(len(open_brackets), position)
        elif mark in (")", "]", "}"):
            if not open_brackets or open_brackets.pop() != mark:
                raise SyntaxProblem(
                    f"Nothing is open that '{mark}' at position {position} closes.", position=position
                )
        elif mark in ("'", '"'):
            raise SyntaxProblem(
                f"The quote that begins at position {position} is not closed.", position=position
            )
        elif mark == separator and not open_brackets:
            pieces.append(_piece(text, start, match.start(), offset))
            limits.check_terms(len(pieces) + 1, position)
            start = match.end()
    if open_brackets:
        position = offset + len(text)
        raise SyntaxProblem(
            f"Expected {excerpt(open_brackets[-1])} at position {position}, but the text ends there.",
            position=position,
        )
    pieces.append(_piece(text, start, len(text), offset))
    return pieces


def _piece(text: str, start: int, end: int, offset: int) -> Piece:
    raw = text[start:end]
    stripped = raw.lstrip(" \t")
    return Piece(stripped.rstrip(" \t"), offset + start + len(raw) - len(stripped))
