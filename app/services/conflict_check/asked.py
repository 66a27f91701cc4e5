"""What is sought: the values of one check, each of a sort."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import InvalidBody
from app.services.conflict_check.normalizing import digits, mailbox, words_of

NAME, COMPANY, EMAIL, PHONE = "name", "company", "email", "phone"
SORTS = {"names": NAME, "companies": COMPANY, "emails": EMAIL, "phones": PHONE}
"""The lists of a body, and what each of their values is."""

MOST_SOUGHT = 100
"""How many values one check seeks."""
NOTHING_IN_IT = "There is nothing in {text!r} to look for: it finds nobody, whoever is known."
DEFAULT_THRESHOLD = 85
"""Lets one letter in seven be another; what is below is mostly chance."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One value, and what it is: a word of `SORTS`."""

    text: str
    sort: str

    def is_empty(self) -> bool:
        """Whether nothing is left of it once it is written as it is compared: then that nothing was found means
        nothing."""
        if self.sort == EMAIL:
            return not all(mailbox(self.text).partition("@"))
        return not (digits(self.text) if self.sort == PHONE else words_of(self.text))


@dataclass(frozen=True)
class Asked:
    """One check.

    Args:
        sought: the values, each once.
        threshold: the least score that counts as a match, 0 to 100.
    """

    sought: tuple[Sought, ...]
    threshold: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Asked:
        """
        Args:
            values: the lists by name, and perhaps a threshold.

        Raises:
            InvalidBody: nothing is sought, or too much, or there is nothing in a value to look for.
        """
        sought = tuple(dict.fromkeys(_each(values)))
        if not sought:
            raise InvalidBody({"names": ["Say what to look for: names, companies, emails or phones."]})
        if len(sought) > MOST_SOUGHT:
            raise InvalidBody({"names": [f"One check looks for at most {MOST_SOUGHT} values in all."]})
        empty = {
            name: [
                NOTHING_IN_IT.format(text=one.text) for one in sought if one.sort == sort and one.is_empty()
            ]
            for name, sort in SORTS.items()
        }
        if any(empty.values()):
            raise InvalidBody({name: texts for name, texts in empty.items() if texts})
        threshold = values.get("threshold")
        return cls(sought, DEFAULT_THRESHOLD if threshold is None else threshold)

    def by_list(self) -> dict[str, list[str]]:
        """The values as the body had them."""
        return {name: [one.text for one in self.sought if one.sort == sort] for name, sort in SORTS.items()}


def _each(values: Mapping[str, Any]) -> Iterator[Sought]:
    for name, sort in SORTS.items():
        texts: Sequence[str] = values.get(name) or ()
        yield from (Sought(text, sort) for text in texts)
