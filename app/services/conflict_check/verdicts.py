"""What can be said of two values: how they agree, how well, and why."""

from __future__ import annotations

from typing import NamedTuple


class Verdict(NamedTuple):
    """
    Args:
        kind: `exact`, `normalized` or `fuzzy`.
        score: 0 to 100. The scores put the kinds in an order; those of `fuzzy` are degrees of likeness.
        reason: a sentence for whoever has to judge the match.
    """

    kind: str
    score: int
    reason: str


EXACT = Verdict("exact", 100, "The same, letter for letter.")
SAME_NAME = Verdict(
    "normalized",
    98,
    "The same name but for letter case, accents, punctuation, titles, legal forms or the order of its words.",
)
SAME_MAILBOX = Verdict("normalized", 98, "The same mailbox but for letter case, or what follows a plus.")
SAME_NUMBER = Verdict("normalized", 98, "The same number but for how it is written, or its country's code.")
MIDDLE_NAMES = Verdict("normalized", 95, "The same name but for middle names or their initials.")
INITIALS = Verdict("normalized", 90, "The same surname, and a given name that the initial can stand for.")


def contained(words_more: int) -> Verdict:
    """All the words of one name are in the other, which has this many more."""
    plural = "" if words_more == 1 else "s"
    why = f"All the words of one name are in the other, which has {words_more} more word{plural}."
    return Verdict("fuzzy", max(0, 94 - 2 * words_more), why)


def alike(similarity: float) -> Verdict:
    """The names resemble each other, letter by letter; never as good as the same name.

    Args:
        similarity: 0 to 100.
    """
    score = min(int(similarity), SAME_NAME.score - 1)
    return Verdict("fuzzy", score, f"The names are alike: {score} of 100, letter by letter.")
