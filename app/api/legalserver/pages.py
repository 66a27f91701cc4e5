"""Lists in pages: `page_number`, `page_size` and `sort`.

A list is answered in pages once it is asked with one of these words or with `custom_results`. Nobody else is:
a PracticePanther list is a bare array, and its clients say none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Response

from app.api.legalserver.results import WORD as CUSTOM_RESULTS
from app.api.legalserver.results import names_in_query, selection_in
from app.api.own_words import counted, once, taken
from app.api.reading import Source, json_answer, refuse_options
from app.api.sorting import SORT, told_of_sort
from app.auth import Caller
from odata.limits import LARGEST
from odata.options import Options

PAGE_NUMBER, PAGE_SIZE = "page_number", "page_size"
PAGE = "page"
"""What the answer calls the number, too. By itself it is a PracticePanther client's, for whom it does nothing."""
USUAL, MOST = 20, 100
LAST = LARGEST // MOST
"""The last page that can be asked for: its rows still have a number."""
ASCENDING, DESCENDING = "asc", "desc"
"""LegalServer sorts by id only, and these are its words for it. All lists are, where nothing else is said."""


@dataclass(frozen=True)
class Pages:
    """A page that is asked for.

    Args:
        options: those of the query, with what the words mean.
        is_sorted: whether `sort` is among the words.
        source: what is listed, in the shape that has what is chosen.
    """

    number: int
    size: int
    options: Options
    is_sorted: bool
    source: Source

    def answer(
        self, source: Source, caller: Caller, given: Mapping[str, Any], headers: dict[str, str]
    ) -> Response:
        """The page, and how many records there are, whether the caller sees them or not."""
        with told_of_sort(self.options, self.source.set.entity, said=self.is_sorted):
            found, _ = self.source.list(caller, self.options, given)
        total = self.source.count_of_firm(caller, self.options, given)
        told = {
            PAGE: self.number,
            PAGE_NUMBER: self.number,
            PAGE_SIZE: self.size,
            "total_number_of_pages": -(-total // self.size),
            "total_records": total,
            "data": found,
        }
        return json_answer(told, headers)


def pages_in(options: Options, standard: Source, detailed: Source) -> Pages | None:
    """The page that a query asks for, whose words are taken out of it; None where it speaks of none.

    Args:
        standard, detailed: the list in its two shapes; a query that names what it wants can name any of it.

    Raises:
        InvalidBody: a number is none, or a word is there twice.
        InvalidOption: an OData option is there that means the same.
    """
    if not options.custom:
        return None
    words = {word: text for word in (PAGE_NUMBER, PAGE_SIZE, SORT) if (text := once(options, word))}
    chosen = chosen_in(options, detailed)
    if not words and chosen is options:
        return None
    source = standard if chosen is options else detailed
    refuse_options(
        options, ("top", "skip", "skiptoken"), f"does not go with {next(iter(words), CUSTOM_RESULTS)}"
    )
    if SORT in words:
        refuse_options(options, ("orderby",), f"does not go with {SORT}")
        chosen = replace(chosen, orderby=_order(words[SORT], source))
    page = once(options, PAGE)
    number = counted(PAGE_NUMBER, words.get(PAGE_NUMBER) or page or "1", LAST)
    size = min(counted(PAGE_SIZE, words.get(PAGE_SIZE, str(USUAL)), LARGEST), MOST)
    sliced = replace(chosen, top=size, skip=(number - 1) * size)
    return Pages(number, size, sliced, SORT in words, source)


def _order(text: str, source: Source) -> str | None:
    if text.lower() == ASCENDING:
        return None
    return f"{source.key or 'id'} desc" if text.lower() == DESCENDING else text


def chosen_in(options: Options, source: Source) -> Options:
    """The options with what `custom_results` means, which is taken out of them; they themselves without it.

    Raises:
        InvalidBody: it will not do.
        InvalidOption: there is a `$select` too.
    """
    if not options.custom:
        return options
    names = names_in_query(taken(options, CUSTOM_RESULTS) + taken(options, f"{CUSTOM_RESULTS}[]"))
    if names is None:
        return options
    refuse_options(options, ("select",), f"does not go with {CUSTOM_RESULTS}")
    return replace(options, select=selection_in(names, source))
