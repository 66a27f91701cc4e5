"""Why a piece of text is no token, in words that say what to write instead."""

from __future__ import annotations

import re

from odata.errors import SyntaxProblem, excerpt

_WORD = re.compile(r"[\w.:+-]*")
_PREFIXED = re.compile(r"([^\W\d][\w.]*)'")
_SAMPLES = {
    "duration": "duration'P1DT2H30M'",
    "binary": "binary'T0RhdGE'",
    "geography": "geography'SRID=0;Point(142.1 64.1)'",
    "geometry": "geometry'SRID=0;Point(142.1 64.1)'",
}
_INSTEAD = {
    "<": "write 'lt' or 'le'",
    ">": "write 'gt' or 'ge'",
    "!": "write 'not' or 'ne'",
    "&": "write 'and'",
    "|": "write 'or'",
    "*": "write 'mul'",
    "+": "write 'add'",
    "%": "write 'mod', and encode a percent sign in a string as %25",
    '"': "put text in single quotes",
    "`": "put text in single quotes",
    "“": "put text in single quotes",
    "\\": "write a quote in a string twice",
}


def explain(text: str, position: int) -> SyntaxProblem:
    """The error for the character at `position`, where no token could be read."""
    found = text[position]
    if found in "'\u2018\u2019":
        sentence = _string(text, position)
    elif prefixed := _PREFIXED.match(text, position):
        sentence = _prefix(prefixed[1], position)
    elif found.isalnum() or (found in "+-" and text[position + 1 : position + 2].isdigit()):
        sentence = _word(text, position)
    else:
        hint = f"; {_INSTEAD[found]}" if found in _INSTEAD else ""
        sentence = f"Unexpected character {excerpt(found)} at position {position}{hint}."
    return SyntaxProblem(sentence, position=position)


def _string(text: str, position: int) -> str:
    if text.count("'", position) % 2 and text[position] == "'":
        return (
            f"The string that begins at position {position} has no closing quote; "
            "a quote within a string is written twice, as in 'O''Neil'."
        )
    if text[position] != "'":
        return f"The string that begins at position {position} has no closing quote."
    return (
        f"The string that begins at position {position} ends within a word; "
        "a quote within a string is written twice, as in 'O''Neil'."
    )


def _prefix(prefix: str, position: int) -> str:
    sample = _SAMPLES.get(prefix.lower())
    if sample:
        return f"The {prefix.lower()} at position {position} is malformed; write it such as {sample}."
    if prefix.lower() in ("guid", "datetime", "datetimeoffset", "time"):
        return f"Write the value at position {position} without {excerpt(prefix)} and without quotes."
    return (
        f"{excerpt(prefix)} at position {position} is no prefix of a literal; put a blank before the quote, "
        "or write an enumeration value such as Namespace.Type'Member'."
    )


def _word(text: str, position: int) -> str:
    match = _WORD.match(text, position)
    word = excerpt(match[0] if match else text[position])
    if text[position].isalpha() or text[position] == "_":
        return f"{word} at position {position} is neither a name nor a GUID; subtraction is written 'sub'."
    return f"{word} at position {position} is neither a number nor a date, a time or a GUID."
