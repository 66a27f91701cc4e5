"""$compute: values that are filtered and sorted by, selected and shown."""

from __future__ import annotations

from typing import Any

import pytest

from odata.errors import ODataError
from odata.metadata import Fixed, Shape
from tests.odata.library import SHAPE, Library

SHOWN: list[tuple[dict[str, str], list[dict[str, Any]]]] = [
    ({"compute": "pages mul 2 as twice", "filter": "id eq 1"}, [{"id": 1, "twice": 200}]),
    ({"compute": "pages mul 2 as twice", "filter": "twice gt 200", "select": "twice"}, [{"twice": 500}] * 2),
    ({"compute": "pages mul 2 as twice", "filter": "twice gt 200", "select": "id"}, [{"id": 3}, {"id": 6}]),
    (
        {"compute": "pages mul 2 as twice", "filter": "id eq 5", "select": "*"},
        [{"id": 5, "twice": 14}],
    ),
    ({"compute": "price mul pages as x", "filter": "id eq 2"}, [{"id": 2, "x": 111.0}]),
    ({"compute": "price divby 3 as x", "filter": "id eq 5"}, [{"id": 5, "x": 0.1}]),
    ({"compute": "price mul 2 as x", "filter": "id eq 3"}, [{"id": 3, "x": None}]),
    ({"compute": "toupper(title) as x", "filter": "id eq 1"}, [{"id": 1, "x": "50% OFF"}]),
    ({"compute": "concat(author/name,'!') as x", "filter": "x eq 'Ada!'"}, [{"id": n, "x": "Ada!"} for n in (1, 2)]),
    ({"compute": "price gt 5 as dear", "filter": "dear", "select": "id"}, [{"id": 4}, {"id": 6}]),
    ({"compute": "id add 1 as a,price add 1 as b", "filter": "id eq 1"}, [{"id": 1, "a": 2, "b": 2.1}]),
    ({"compute": "reviews/$count as n", "orderby": "n desc,id", "top": "2"}, [{"id": 1, "n": 2}, {"id": 2, "n": 1}]),
    ({"compute": "price add 0.5 as x", "orderby": "x desc", "top": "1"}, [{"id": 6, "x": 100.49}]),
    ({"compute": "price add 0.5 as x", "orderby": "x desc", "skip": "1", "top": "1"}, [{"id": 4, "x": 10.5}]),
]  # fmt: skip


@pytest.mark.parametrize(("options", "found"), SHOWN)
def test_computed_values(library: Library, options: dict[str, str], found: list[dict[str, Any]]) -> None:
    assert library.rows(SHAPE, **options) == found


def test_an_alias_takes_its_value_from_each_request(library: Library) -> None:
    for text, found in (("2", 200), ("3", 300), ("2", 200)):
        options = {"compute": "pages mul @n as x", "filter": "id eq 1", "@n": text}
        assert library.rows(SHAPE, **options) == [{"id": 1, "x": found}]


WRONG = [
    ("pages mul 2 as title", "There is a property 'title' already"),
    ("pages mul 2 as x,pages as x", "There is a property 'x' already"),
    ("nope add 1 as x", "Unknown property 'nope' on Book at position 0"),
    ("pages add 1", "Expected an operator, or 'as' and a name"),
    ("title mul 2 as x", "'mul' does not go with"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_what_is_wrong_is_said(library: Library, text: str, sentence: str) -> None:
    with pytest.raises(ODataError) as caught:
        library.rows(SHAPE, compute=text)
    assert caught.value.message.startswith(sentence)
    assert (caught.value.status, caught.value.target) == (400, "$compute")


def test_an_object_that_shows_nothing_of_its_row_is_still_one(library: Library) -> None:
    shape = Shape((Fixed("kind", "book"),))
    assert library.rows(shape, top="2") == [{"kind": "book"}, {"kind": "book"}]
    assert library.rows(shape, top="0") == []
