"""Names of people and companies, found by their words and by their letters.

Likeness is rapidfuzz's `token_sort_ratio`: letters that have to be put in or taken out (Indel), after the words are
sorted. Of its scorers it is the one whose number means the same for short and long names, and that a changed order
of words does not fool. `WRatio` and the partial ones give 90 to whatever a short name happens to be part of, so that
"Ann" finds "Hannover Bank"; Jaro-Winkler favours a common beginning, so that all Johns are alike. What those two are
good for, a name within a longer one, is a rule of its own here, over whole words.

The words are sorted once and for all, so that `ratio` over them is `token_sort_ratio`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from rapidfuzz import fuzz, process

from app.services.conflict_check.asked import COMPANY, Sought
from app.services.conflict_check.candidates import PERSON, Candidate
from app.services.conflict_check.normalizing import company, person
from app.services.conflict_check.verdicts import (
    INITIALS,
    MIDDLE_NAMES,
    SAME_NAME,
    Verdict,
    alike,
    contained,
)

REMEMBERED = 50_000
"""How many names a process remembers the forms of, some 20 MB: from one check to the next few change."""
SHORTEST_ALONE = 3
"""Letters of a word that is looked for inside other names by itself."""

Words = tuple[str, ...]


class Form(NamedTuple):
    """A name as its words; as a person's, the surname is last.

    Args:
        key: the words sorted, with spaces between.
    """

    words: Words
    is_person: bool
    key: str


@lru_cache(REMEMBERED)
def forms_of(text: str, sort: str) -> tuple[Form, ...]:
    """What a name can be read as: where it is not known which, as a person's and as a company's."""
    found = []
    if sort != COMPANY:
        found.append((person(text), True))
    if sort != PERSON:
        found.append((company(text), False))
    return tuple(Form(words, is_person, " ".join(sorted(words))) for words, is_person in found if words)


class Names:
    """The names that are known."""

    def __init__(self) -> None:
        self._holders: dict[str, list[tuple[Form, Candidate]]] = defaultdict(list)
        """By the sorted words."""
        self._with_word: dict[str, list[str]] = defaultdict(list)
        """The sorted words of names, by one of them."""

    def add(self, text: str, candidate: Candidate) -> None:
        for form in forms_of(text, candidate.sort):
            if form.key not in self._holders:
                for word in set(form.words):
                    self._with_word[word].append(form.key)
            self._holders[form.key].append((form, candidate))

    def verdicts(self, sought: Sought, threshold: int, most: int) -> Iterator[tuple[Candidate, Verdict]]:
        """What can be said of the names; of one and the same perhaps several things.

        Args:
            threshold: the least likeness; most: how many names at most are told for being alike.
        """
        for form in forms_of(sought.text, sought.sort):
            for _, candidate in self._holders.get(form.key, ()):
                yield candidate, SAME_NAME
            yield from self._with_words_of(form)
            for other, similarity, _ in process.extract(
                form.key, self._holders.keys(), scorer=fuzz.ratio, score_cutoff=threshold, limit=most
            ):
                for _, candidate in islice(self._holders[other], most):
                    yield candidate, alike(similarity)

    def _with_words_of(self, form: Form) -> Iterator[tuple[Candidate, Verdict]]:
        """Names that have words in common with this one."""
        mine = set(form.words)
        hits = Counter(key for word in mine for key in self._with_word.get(word, ()))
        for key, common in hits.items():
            for other, candidate in self._holders[key]:
                if form.is_person and other.is_person and (verdict := as_people(form.words, other.words)):
                    yield candidate, verdict
                theirs = len(set(other.words))
                if common == min(len(mine), theirs) < max(len(mine), theirs) and is_telling(form, other):
                    yield candidate, contained(abs(len(mine) - theirs))


def is_telling(one: Form, other: Form) -> bool:
    """Whether it says something that the shorter name is within the longer."""
    shorter = min(one.words, other.words, key=len)
    return len(shorter) > 1 or len(shorter[0]) >= SHORTEST_ALONE


def as_people(one: Words, other: Words) -> Verdict | None:
    """Whether two names can be of one person, some names of whom are left out or shortened to an initial.

    >>> as_people(("jane", "q", "roe"), ("jane", "roe")) == MIDDLE_NAMES
    True
    >>> as_people(("j", "roe"), ("jane", "roe")) == INITIALS
    True
    >>> as_people(("joan", "roe"), ("jane", "roe")) is None
    True
    """
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1] or not stands_for(one[0], other[0]):
        return None
    fewer, more = sorted((one[1:-1], other[1:-1]), key=len)
    rest = iter(more)
    if not all(any(stands_for(name, full) for full in rest) for name in fewer):
        return None
    return MIDDLE_NAMES if one[0] == other[0] else INITIALS


def stands_for(one: str, other: str) -> bool:
    """Whether two given names are the same, or one is the initial of the other."""
    return one == other or (one[0] == other[0] and 1 in (len(one), len(other)))
