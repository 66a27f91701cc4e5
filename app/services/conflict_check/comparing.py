"""Compares what is sought with what is known, and says how well the two agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

from app.services.conflict_check.asked import EMAIL, NAME, PHONE, Asked, Sought
from app.services.conflict_check.candidates import Candidate, Record
from app.services.conflict_check.names import Names
from app.services.conflict_check.normalizing import NATIONAL_DIGITS, digits, is_same_number, mailbox
from app.services.conflict_check.verdicts import EXACT, SAME_MAILBOX, SAME_NUMBER, Verdict

LONGEST_KNOWN = 300
"""How much of a known value is looked at, in characters: a phone number's column holds any text."""
MOST_MATCHES = 500
"""How many matches one check tells; the best come first."""


@dataclass(frozen=True, slots=True)
class Match:
    """That a value of a record agrees with something sought."""

    candidate: Candidate
    sought: Sought
    verdict: Verdict

    @property
    def rank(self) -> tuple[int, str, str]:
        """What matches are sorted by: the score, then whatever makes the order the same each time."""
        return -self.verdict.score, self.candidate.record.display_name, self.candidate.record.id


def compared(asked: Asked, candidates: Iterable[Candidate]) -> tuple[list[Match], bool]:
    """The matches, best first: of each record the best for each value that is sought.

    Returns:
        the matches, and whether there were more.
    """
    wanted = {alike_to(sought.sort) for sought in asked.sought}  # most values are numbers, and seldom sought
    index = Index(candidate for candidate in candidates if alike_to(candidate.sort) in wanted)
    found = [match for sought in asked.sought for match in index.matches(sought, asked.threshold)]
    kept = nsmallest(MOST_MATCHES, found, key=lambda match: match.rank)
    return kept, len(found) > len(kept)


def alike_to(sort: str) -> str:
    """What values of a sort are compared with: names of all sorts with each other."""
    return sort if sort in (EMAIL, PHONE) else NAME


class Index:
    """The candidates, by what they are compared with."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._names = Names()
        self._by_text: dict[str, list[Candidate]] = defaultdict(list)
        self._by_mailbox: dict[str, list[Candidate]] = defaultdict(list)
        self._by_digits: dict[str, list[tuple[str, Candidate]]] = defaultdict(list)
        for candidate in candidates:
            text = candidate.text[:LONGEST_KNOWN].strip()
            self._by_text[text].append(candidate)
            if candidate.sort == EMAIL:
                self._by_mailbox[mailbox(text)].append(candidate)
            elif candidate.sort == PHONE:
                number = digits(text)
                self._by_digits[number[-NATIONAL_DIGITS:]].append((number, candidate))
            else:
                self._names.add(text, candidate)

    def matches(self, sought: Sought, threshold: int) -> list[Match]:
        """The best match of each record, where it reaches the threshold; at most one more than are told."""
        best: dict[Record, Match] = {}
        for candidate, verdict in self._verdicts(sought, threshold):
            known = best.get(candidate.record)
            if verdict.score >= threshold and (known is None or known.verdict.score < verdict.score):
                best[candidate.record] = Match(candidate, sought, verdict)
        return nsmallest(MOST_MATCHES + 1, best.values(), key=lambda match: match.rank)

    def _verdicts(self, sought: Sought, threshold: int) -> Iterator[tuple[Candidate, Verdict]]:
        for candidate in self._by_text.get(sought.text.strip(), ()):
            if alike_to(candidate.sort) == alike_to(sought.sort):
                yield candidate, EXACT
        if sought.sort == EMAIL:
            for candidate in self._by_mailbox.get(mailbox(sought.text), ()):
                yield candidate, SAME_MAILBOX
        elif sought.sort == PHONE:
            number = digits(sought.text)
            for other, candidate in self._by_digits.get(number[-NATIONAL_DIGITS:], ()):
                if is_same_number(number, other):
                    yield candidate, SAME_NUMBER
        else:
            yield from self._names.verdicts(sought, threshold, MOST_MATCHES + 1)
