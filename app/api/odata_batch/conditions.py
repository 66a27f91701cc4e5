"""The `if` of a request in a batch: what must have become of earlier ones (JSON Format 4.01, 19.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from odata.errors import NotSupported

TOKEN = re.compile(
    r"\s*(?:(?P<mark>[()])|\$(?P<id>[^\s/()]+)/\$succeeded\b|(?P<word>not|and|or|true|false)\b)"
)
LONGEST = 1_000
UNKNOWN = "A condition is made of '$<id>/$succeeded', 'and', 'or', 'not' and parentheses."


def holds(condition: str, succeeded: Mapping[str, bool]) -> bool:
    """Whether a condition holds.

    Args:
        succeeded: of each earlier request, whether it did.

    Raises:
        NotSupported: it asks for something else than whether requests succeeded.
    """
    if len(condition) > LONGEST:
        raise NotSupported(UNKNOWN, target="if")
    tokens, position = [], 0
    while condition[position:].strip():
        found = TOKEN.match(condition, position)
        if found is None:
            raise NotSupported(UNKNOWN, target="if")
        tokens.append((found["mark"] or found["word"] or "", found["id"]))
        position = found.end()
    reader = _Reader(tokens, succeeded)
    answer = reader.either()
    if reader.tokens:
        raise NotSupported(UNKNOWN, target="if")
    return answer


class _Reader:
    """Works a condition out while it reads it. `or` binds least, `not` most."""

    def __init__(self, tokens: list[tuple[str, str | None]], succeeded: Mapping[str, bool]) -> None:
        self.tokens = tokens[::-1]
        self._succeeded = succeeded
        self._depth = 0

    def either(self) -> bool:
        found = self._both()
        while self._next("or"):
            found = self._both() or found
        return found

    def _both(self) -> bool:
        found = self._one()
        while self._next("and"):
            found = self._one() and found
        return found

    def _one(self) -> bool:
        negated = False
        while self._next("not"):
            negated = not negated
        return self._operand() != negated

    def _operand(self) -> bool:
        word, name = self.tokens.pop() if self.tokens else ("", None)
        if word == "(" and self._depth < 30:
            self._depth += 1
            found = self.either()
            self._depth -= 1
            if self._next(")"):
                return found
        if word in ("true", "false"):
            return word == "true"
        if name is not None and name in self._succeeded:
            return self._succeeded[name]
        raise NotSupported(UNKNOWN, target="if")

    def _next(self, word: str) -> bool:
        if self.tokens and self.tokens[-1] == (word, None):
            self.tokens.pop()
            return True
        return False
