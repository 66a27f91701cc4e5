"""$search: the grammar of the words, and the rows that they find."""

from __future__ import annotations

from typing import Any

import pytest

from odata.errors import LimitExceeded, ODataError
from odata.limits import Limits
from odata.options import parse_options
from odata.search_parser import Combined, Not, Term, parse_search
from odata.sets import EntitySet
from tests.odata.library import SHAPE, Library, book

A, B, C = Term("a"), Term("b"), Term("c")
TREES = [
    ("a", A),
    ("  a  ", A),
    ("a b", Combined("and", (A, B))),
    ("a AND b", Combined("and", (A, B))),
    ("a and b", Combined("and", (A, Term("and"), B))),
    ("a OR b c", Combined("or", (A, Combined("and", (B, C))))),
    ("(a OR b) c", Combined("and", (Combined("or", (A, B)), C))),
    ("NOT a", Not(A)),
    ("NOT NOT a", A),
    ("a NOT b", Combined("and", (A, Not(B)))),
    ("NOT a OR b", Combined("or", (Not(A), B))),
    ("AND", Term("AND")),  # words, where there is nothing to join
    ("OR AND", Combined("and", (Term("OR"), Term("AND")))),
    ("a OR", Combined("and", (A, Term("OR")))),
    ("a AND OR b", Combined("and", (A, Term("OR"), B))),
    ('"a b" c', Combined("and", (Term("a b"), C))),
    (r'"a \"b\""', Term('a "b"')),
    ("'a b'", Term("a b")),
    ("blue-green", Term("blue-green")),
    ("50%", Term("50%")),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_trees(text: str, tree: object) -> None:
    assert parse_search(text) == tree


@pytest.mark.parametrize(
    "text",
    ["", "  ", "NOT", "(a", "a)", "()", '"a', '""', '"a"b', "a\0b", "a\ud800", "a AND NOT"],
)
def test_what_is_no_search(text: str) -> None:
    with pytest.raises(ODataError) as caught:
        parse_search(text)
    assert caught.value.status == 400


def test_long_and_deep_searches_are_refused() -> None:
    for text in ("a " * 3000, "(" * 100 + "a" + ")" * 100):
        with pytest.raises(LimitExceeded):
            parse_search(text, Limits())


FOUND: list[tuple[str, list[int]]] = [
    ("off", [1, 2]),
    ("OFF", [1, 2]),
    ("50%", [1]),
    ("a_b", [1, 6]),
    (r"a\b", [4]),
    ("été", [4]),
    ("it's", [5]),
    ("off NOT 500", [1]),
    ("NOT off", [3, 4, 5, 6]),
    ("straße OR été", [3, 4]),
    ('"0 off"', [2]),
    ("50 a_b", [1]),
    ("Secret", []),
]


@pytest.mark.parametrize(("text", "ids"), FOUND)
def test_words_are_found_in_any_text_in_any_case(library: Library, text: str, ids: list[int]) -> None:
    assert library.ids(search=text) == ids


def test_search_goes_with_the_other_options(library: Library) -> None:
    assert library.ids(search="off", filter="price gt 1.1", orderby="id desc") == [2]
    assert library.count(search="off") == 2
    assert library.ids(search="off", top="1", skip="1") == [2]


def test_one_plan_serves_all_words(library: Library) -> None:
    books = EntitySet("books", book, SHAPE)

    def plan(words: str) -> Any:
        return library.queries.plan(books, parse_options(f"$search={words}", Limits()))[0]

    assert plan("a") is plan('"b%20c"')
    assert plan("a%20OR%20NOT%20b") is plan("c%20OR%20NOT%20d")
    assert plan("a%20OR%20b") is not plan("a%20AND%20b")
    assert plan("a") is not library.queries.plan(books, parse_options("", Limits()))[0]
