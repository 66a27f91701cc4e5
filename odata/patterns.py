"""The pattern of matchesPattern (URL Conventions 4.01, 5.1.1.7.1), rewritten so that both databases read it alike.

The standard wants ECMAScript's regular expressions. What a finite automaton can do in linear time is taken:
characters, `.`, classes, `\\d \\w \\s`, groups, `|`, `^`, `$`, and repetition. The rewritten pattern holds nothing
that RE2 (beside SQLite) and PostgreSQL understand differently, and no group that captures: PostgreSQL then
answers from its automaton alone. Look-around, back-references and word boundaries are refused.
"""

from __future__ import annotations

import re

LONGEST_PATTERN = 500
MOST_REPEATS = 255
"""The largest count in braces: PostgreSQL's own bound."""
LARGEST_PATTERN = 2_000
"""Characters and classes once all counts in braces are written out."""

_CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": r" \t\n\r\f\v"}
_CONTROLS = {"t": r"\t", "n": r"\n", "r": r"\r", "f": r"\f", "v": r"\v"}
_COUNT = re.compile(r"\{(\d{1,3})(,(\d{1,3})?)?\}")


def rewritten(pattern: str) -> str:
    """The pattern in the common language.

    Raises:
        ValueError: it is too large, is not well-formed, or asks for what no automaton can do.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise ValueError(f"has more than {LONGEST_PATTERN} characters")
    reader = _Reader(pattern)
    text, size = reader.alternatives(0)
    if reader.rest():
        raise ValueError("is no regular expression: a ')' has no '('")
    if size > LARGEST_PATTERN:
        raise ValueError("is too large once its repetitions are written out")
    return text


class _Reader:
    """Reads a pattern from left to right; each method gives the new text and its size."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def rest(self) -> str:
        return self._pattern[self._at :]

    def _next(self) -> str:
        if self._at >= len(self._pattern):
            raise ValueError("is no regular expression: it ends too early")
        self._at += 1
        return self._pattern[self._at - 1]

    def alternatives(self, depth: int) -> tuple[str, int]:
        if depth > 20:
            raise ValueError("is nested too deep")
        parts, total = [""], 1
        while (rest := self.rest()) and rest[0] != ")":
            if rest[0] == "|":
                self._at += 1
                parts.append("")
                continue
            text, size = self._repeated(*self._atom(depth))
            parts[-1] += text
            total += size
        return "|".join(part or "(?:)" for part in parts), total

    def _atom(self, depth: int) -> tuple[str, int]:
        character = self._next()
        if character in "^$":
            return character, 0
        if character == ".":
            return r"[^\n\r]", 1
        if character == "[":
            return self._set(), 1
        if character == "\\":
            escaped = self._next()
            if escaped.lower() in _CLASSES:
                return f"[{'^' if escaped.isupper() else ''}{_CLASSES[escaped.lower()]}]", 1
            return self._escaped(escaped), 1
        if character == "(":
            if self.rest().startswith("?:"):
                self._at += 2
            elif self.rest().startswith("?"):
                raise ValueError("has a group '(?…' that cannot be answered in linear time")
            inner, size = self.alternatives(depth + 1)
            if self._next() != ")":
                raise ValueError("is no regular expression: a '(' is not closed")
            return f"(?:{inner})", size
        if character in "*+?{}":
            raise ValueError(f"is no regular expression: nothing stands before '{character}'")
        return re.escape(character) if character.isascii() and not character.isalnum() else character, 1

    def _escaped(self, escaped: str) -> str:
        if escaped in _CONTROLS:
            return _CONTROLS[escaped]
        if escaped.isalnum() or not escaped.isascii():
            raise ValueError(f"has '\\{escaped}', which is not supported")
        return "\\" + escaped

    def _set(self) -> str:
        """A class in square brackets."""
        found = "["
        if self.rest().startswith("^"):
            self._at += 1
            found += "^"
        first: str | None = None
        empty = True
        while (character := self._next()) != "]":
            empty = False
            if character == "\\":
                escaped = self._next()
                if escaped in _CLASSES:
                    found, first = found + _CLASSES[escaped], None
                    continue
                one = self._escaped(escaped)
            elif character == "-" and first is not None and self.rest()[:1] not in ("]", ""):
                last = self._next()
                last = self._escaped(self._next()) if last == "\\" else last
                if last == "[" or ord(last[-1]) < ord(first):
                    raise ValueError("is no regular expression: a range in [] is the wrong way round")
                found, first = f"{found}-{_in_set(last)}", None
                continue
            else:
                one = character
            found, first = found + _in_set(one), None if one in _CONTROLS.values() else one[-1]
        if empty:
            raise ValueError("is no regular expression: [] is empty")
        return found + "]"

    def _repeated(self, text: str, size: int) -> tuple[str, int]:
        rest = self.rest()
        count = _COUNT.match(rest)
        if rest[:1] in ("*", "+", "?") and rest:
            sign, end = rest[0], 1
        elif count:
            least, most = int(count[1]), int(count[3] or count[1])
            if max(least, most) > MOST_REPEATS or most < least:
                raise ValueError(f"has a repetition that is not from 0 to {MOST_REPEATS}")
            sign, end, size = count[0], count.end(), size * max(least, most, 1)
        else:
            return text, size
        if text in ("^", "$"):
            raise ValueError(f"is no regular expression: '{text}' cannot be repeated")
        self._at += end
        if self.rest().startswith("?"):  # lazy or greedy makes no difference to whether there is a match
            self._at += 1
        if size > LARGEST_PATTERN:
            raise ValueError("is too large once its repetitions are written out")
        return text + sign, size


def _in_set(character: str) -> str:
    return "\\" + character if character in "[]^-\\" else character
