"""How large a query may be, so that no query costs its server more than it is worth."""

from __future__ import annotations

from dataclasses import dataclass

from odata.errors import LimitExceeded

LARGEST = 2**31 - 1
"""The largest number of rows that can be asked for: an Edm.Int32, which every database takes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that every step of the pipeline respects.

    Args:
        max_length: characters of one option's decoded text.
        max_depth: levels of brackets in a text, and levels of its expression tree; a chain of `and` or of
            `or` is one level, each step of a path, of arithmetic or of `not` is another.
        max_terms: operands of `and` and `or` together with the items of all lists, arrays, objects, argument
            lists and comma-separated options, counted over one text; also the parameters of one query string.
        max_expand: levels of $expand; of collections among them, at most two.
        max_lambdas: conditions on members of a collection within each other, as in `any(… any(…))`: the work
            for one row is the product of their sizes.
    """

    max_length: int = 16_000
    max_depth: int = 32
    max_terms: int = 1_000
    max_expand: int = 5
    max_lambdas: int = 3

    def check_length(self, text: str, target: str | None = None) -> None:
        """Raises LimitExceeded where the text has more than `max_length` characters."""
        if len(text) > self.max_length:
            raise LimitExceeded(
                f"The text has {len(text)} characters; max_length is {self.max_length}.", target=target
            )

    def check_depth(self, depth: int, position: int) -> None:
        """Raises LimitExceeded where `depth` levels are more than `max_depth`."""
        if depth > self.max_depth:
            raise LimitExceeded(
                f"The text at position {position} is nested deeper than max_depth allows: {self.max_depth}.",
                position=position,
            )

    def check_terms(self, terms: int, position: int) -> None:
        """Raises LimitExceeded where `terms` are more than `max_terms`."""
        if terms > self.max_terms:
            raise LimitExceeded(
                f"The text up to position {position} has more terms than max_terms allows: {self.max_terms}.",
                position=position,
            )

    def check_lambdas(self, lambdas: int, position: int) -> None:
        """Raises LimitExceeded where `lambdas` conditions are more than `max_lambdas`."""
        if lambdas > self.max_lambdas:
            raise LimitExceeded(
                f"The condition at position {position} is about a collection within more others than "
                f"max_lambdas allows: {self.max_lambdas} in all.",
                position=position,
            )


DEFAULT = Limits()


def whole_number(text: str) -> int | None:
    """The number of rows that a text means, from 0 to `LARGEST`, or None.

    >>> whole_number("10"), whole_number("-1"), whole_number("9999999999")
    (10, None, None)
    """
    is_short = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
    return int(text) if is_short and int(text) <= LARGEST else None
