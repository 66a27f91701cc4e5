"""$expand with options of its own: each owner's members are filtered, sorted, paged and counted by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from odata.errors import NotSupported, ODataError
from tests.odata.library import SHAPE, Library

REVIEWS: list[tuple[str, dict[int, list[int]]]] = [
    ("reviews($select=id)", {1: [1, 2], 2: [3], 3: [4]}),
    ("reviews($filter=stars eq 5)", {1: [1], 2: [3]}),
    ("reviews($filter=stars ne 5)", {1: [2], 3: [4]}),
    ("reviews($filter=reader/name eq 'Ada')", {1: [2]}),
    ("reviews($filter=contains(text,'o') or stars eq null)", {1: [1], 3: [4]}),
    ("reviews($orderby=id desc)", {1: [2, 1], 2: [3], 3: [4]}),
    ("reviews($orderby=reader/name)", {1: [2, 1], 2: [3], 3: [4]}),
    ("reviews($orderby=stars)", {1: [2, 1], 2: [3], 3: [4]}),
    ("reviews($top=1)", {1: [1], 2: [3], 3: [4]}),
    ("reviews($top=1;$orderby=id desc)", {1: [2], 2: [3], 3: [4]}),
    ("reviews($skip=1)", {1: [2]}),
    ("reviews($skip=1;$top=1;$orderby=id desc)", {1: [1]}),
    ("reviews($top=0)", {}),
    ("reviews($search=GOOD)", {1: [1]}),
    ("reviews($search=good OR bad;$filter=stars gt 1)", {1: [1]}),
    ('reviews($search="%")', {}),
]


@pytest.mark.parametrize(("text", "found"), REVIEWS)
def test_each_owner_has_its_own_members(library: Library, text: str, found: dict[int, list[int]]) -> None:
    rows = library.rows(SHAPE, expand=text)
    assert {row["id"]: [each["id"] for each in row["reviews"]] for row in rows} == {
        number: found.get(number, []) for number in range(1, 7)
    }


COUNTS: list[tuple[str, dict[int, int]]] = [
    ("reviews($count=true)", {1: 2, 2: 1, 3: 1}),
    ("reviews($count=true;$top=1)", {1: 2, 2: 1, 3: 1}),
    ("reviews($count=true;$top=0)", {1: 2, 2: 1, 3: 1}),
    ("reviews($count=true;$filter=stars eq 5)", {1: 1, 2: 1}),
    ("reviews/$count", {1: 2, 2: 1, 3: 1}),
    ("reviews/$count($filter=stars lt 5)", {1: 1}),
]


@pytest.mark.parametrize(("text", "counts"), COUNTS)
def test_members_are_counted_before_they_are_paged(
    library: Library, text: str, counts: dict[int, int]
) -> None:
    rows = library.rows(SHAPE, expand=text)
    assert {row["id"]: row["reviews@odata.count"] for row in rows} == {
        number: counts.get(number, 0) for number in range(1, 7)
    }
    assert ("reviews" in rows[0]) is ("/$count" not in text)


def test_options_nest(library: Library) -> None:
    text = (
        "author($expand=books($filter=price gt 1.1;$orderby=price desc;$expand=reviews($filter=stars gt 1)))"
    )
    [row] = library.rows(SHAPE, filter="id eq 2", expand=text)
    books = row["author"]["books"]
    assert [(book["id"], [each["id"] for each in book["reviews"]]) for book in books] == [(2, [3])]


def test_literals_of_two_levels_do_not_meet(library: Library) -> None:
    text = "reviews($filter=stars eq 5 and id gt 1),author($expand=books($filter=pages eq 7 and id gt 4))"
    rows = library.rows(SHAPE, filter="id le 5 and pages ge 7 and pages le 100", expand=text)
    found = [
        (row["id"], [each["id"] for each in row["reviews"]], [each["id"] for each in row["author"]["books"]])
        for row in rows
    ]
    assert found == [(1, [], []), (2, [3], []), (5, [], [5])]


def test_two_values_of_one_literal_are_two_plans(library: Library) -> None:
    for stars, found in ((5, [1]), (1, [2]), (5, [1])):
        [row] = library.rows(SHAPE, filter="id eq 1", expand=f"reviews($filter=stars eq {stars})")
        assert [each["id"] for each in row["reviews"]] == found


WRONG: list[tuple[str, str]] = [
    ("author($top=1)", "$top is for collections, and 'author' leads to one entity."),
    ("author/$count", "$count is for collections, and 'author' leads to one entity."),
    ("reviews($top=-1)", "In $expand=reviews: $top must be a whole number from 0 to 2147483647."),
    ("reviews($count=maybe)", "In $expand=reviews: $count must be true or false."),
    ("reviews($filter=nope eq 1)", "In $expand=reviews: Unknown property 'nope' on Review at position 0"),
    ("reviews($filter=stars)", "In $expand=reviews: A filter must be true or false"),
    ("reviews($orderby=nope)", "In $expand=reviews: Unknown property 'nope'"),
    ('reviews($search="x)', "The quote that begins at position 16 is not closed."),
    ("reviews($compute=stars as s)", "$compute inside $expand is not supported yet."),
    ("author($search=x)", "$search is for collections, and 'author' leads to one entity."),
    ("*($levels=2)", "$levels of all navigation properties is not supported"),
    ("words/$ref", "'words' leads to values, which have no $ref."),
    ("Reviews", "Unknown navigation property 'Reviews' on Book at position 0; did you mean 'reviews'?"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_what_is_wrong_is_said(library: Library, text: str, sentence: str) -> None:
    with pytest.raises(ODataError) as caught:
        library.rows(SHAPE, expand=text)
    assert caught.value.message.startswith(sentence)


def test_another_tenants_members_are_not_among_them(library: Library) -> None:
    row: Any = library.rows(SHAPE, filter="id eq 1", expand="reviews($filter=stars eq 3;$count=true)")[0]
    assert (row["reviews"], row["reviews@odata.count"]) == ([], 0)


def test_references_show_the_key(library: Library) -> None:
    rows = library.rows(
        SHAPE, expand="author/$ref,reviews/$ref($orderby=id desc;$filter=stars ne null)", top="2"
    )
    assert rows == [
        {"id": 1, "author": {"id": 1}, "reviews": [{"id": 2}, {"id": 1}]},
        {"id": 2, "author": {"id": 1}, "reviews": [{"id": 3}]},
    ]
    assert library.rows(SHAPE, expand="author/$ref", filter="id eq 6") == [{"id": 6, "author": None}]


def test_a_star_expands_what_is_not_named(library: Library) -> None:
    (found,) = library.rows(SHAPE, expand="reviews($select=id),*", filter="id eq 1")
    assert {*found} == {"id", "reviews", "author", "editor"}
    assert found["reviews"] == [{"id": 1}, {"id": 2}]
    assert found["editor"] == {"id": 2, "name": "Émile"}
    (found,) = library.rows(SHAPE, expand="*/$ref", filter="id eq 1")
    assert found["editor"] == {"id": 2}
    assert found["reviews"] == [{"id": 1}, {"id": 2}]


def test_this_is_the_expanded_entity(library: Library) -> None:
    with pytest.raises(NotSupported, match="would be the entity that the answer is about"):
        library.rows(SHAPE, expand="reviews($filter=$it/price gt 1)")
    (found,) = library.rows(SHAPE, expand="reviews($filter=$this/stars eq 5)", filter="id eq 1")
    assert [review["stars"] for review in found["reviews"]] == [5]
