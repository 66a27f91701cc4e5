"""$apply over the library's rows, worked out by hand; the same on both databases."""

from __future__ import annotations

import json
from typing import Any

import pytest

from odata.errors import NotSupported, ODataError
from tests.odata.library import SHAPE, Library

ADA, EMILE, NOBODY = {"name": "Ada"}, {"name": "Émile"}, {"name": None}
# The books without an author's name: 5, whose author has none, and 6, which has no author.

AGGREGATES: list[tuple[str, dict[str, Any]]] = [
    ("$count as n", {"n": 6}),
    ("price with sum as x", {"x": 112.5}),
    ("price with average as x", {"x": 22.5}),
    ("price with min as x,price with max as y", {"x": 0.3, "y": 99.99}),
    ("pages with sum as x,pages with average as y", {"x": 707, "y": 141.4}),
    ("pages with countdistinct as x,note with countdistinct as y", {"x": 3, "y": 5}),
    ("title with min as x,title with max as y", {"x": "50% off", "y": "ÉTÉ"}),
    ("author/name with countdistinct as x", {"x": 2}),
    ("author with countdistinct as x", {"x": 3}),
    ("author/$count as x,editor/$count as y", {"x": 5, "y": 4}),
    ("price mul pages with sum as x", {"x": 25220.6}),
    ("price add 1 with max as x", {"x": 100.99}),
    ("reviews/$count as x", {"x": 4}),
    ("reviews/stars with sum as x,price with sum as y", {"x": 11, "y": 112.5}),
    ("reviews/stars with average as x", {"x": 3.666666666667}),
    ("reviews/stars with min as x,reviews/text with max as y", {"x": 1, "y": "meh"}),
    ("reviews/reader/name with min as x", {"x": "Ada"}),
    ("author/books/$count as x", {"x": 9}),
    ("author/books/price with max as x", {"x": 10.0}),
]


@pytest.mark.parametrize(("items", "found"), AGGREGATES)
def test_aggregates(library: Library, items: str, found: dict[str, Any]) -> None:
    assert library.rows(SHAPE, apply=f"aggregate({items})") == [found]


@pytest.mark.parametrize(
    "step", ["top(20)", "skip(0)", "top(20)/skip(0)", "orderby(price)/top(20)", "search(a OR NOT a)"]
)
def test_literals_are_those_of_their_own_step(library: Library, step: str) -> None:
    for least in range(3, 30):  # each text is parsed anew
        apply = f"{step}/filter(pages gt {least} and pages lt 200)/aggregate($count as n)"
        assert library.rows(SHAPE, apply=apply) == [{"n": 3 if least < 7 else 2}]


def test_nothing_adds_up_to_null_and_counts_as_zero(library: Library) -> None:
    items = "$count as n,pages with sum as s,price with average as a,title with min as m,pages with countdistinct as d"
    found = library.rows(SHAPE, apply=f"filter(id lt 0)/aggregate({items})")
    assert found == [{"n": 0, "s": None, "a": None, "m": None, "d": 0}]


GROUPS: list[tuple[str, list[dict[str, Any]]]] = [
    ("groupby((author/name))", [{"author": NOBODY}, {"author": ADA}, {"author": EMILE}]),
    (
        "groupby((author/name),aggregate(pages with sum as s,$count as n))",
        [
            {"author": NOBODY, "s": 257, "n": 2},
            {"author": ADA, "s": 200, "n": 2},
            {"author": EMILE, "s": 250, "n": 2},
        ],
    ),
    (
        "groupby((author),aggregate(price with sum as s))",
        [
            {"author": {"id": None}, "s": 99.99},
            {"author": {"id": 1}, "s": 2.21},
            {"author": {"id": 2}, "s": 10.0},
            {"author": {"id": 3}, "s": 0.3},
        ],
    ),
    (
        "groupby((is_lent,author/name),aggregate($count as n))/filter(n eq 1 and author/name ne null)",
        [
            {"is_lent": None, "author": EMILE, "n": 1},
            {"is_lent": False, "author": ADA, "n": 1},
            {"is_lent": True, "author": ADA, "n": 1},
            {"is_lent": True, "author": EMILE, "n": 1},
        ],
    ),
    # A group of which the filter leaves nothing is still a group.
    (
        "groupby((author/name),filter(pages gt 200)/aggregate($count as n,price with sum as s))",
        [
            {"author": NOBODY, "n": 1, "s": 99.99},
            {"author": ADA, "n": 0, "s": None},
            {"author": EMILE, "n": 1, "s": None},
        ],
    ),
    (
        "groupby((author/name,pages),aggregate($count as n))/groupby((author/name),aggregate(n with max as m))",
        [{"author": NOBODY, "m": 1}, {"author": ADA, "m": 2}, {"author": EMILE, "m": 1}],
    ),
    (
        "groupby((author/name),groupby((pages),aggregate($count as n))/aggregate(n with max as m))",
        [{"author": NOBODY, "m": 1}, {"author": ADA, "m": 2}, {"author": EMILE, "m": 1}],
    ),
    (
        "compute(length(note) as size)/groupby((size),aggregate($count as n))",
        [{"size": None, "n": 1}, {"size": 0, "n": 1}, {"size": 3, "n": 4}],
    ),
    (
        "groupby((author/name),aggregate(price with sum as s))/compute(s mul 2 as d)/aggregate(d with sum as t)",
        [{"t": 225.0}],
    ),
    (
        "groupby((rollup(author/name,pages)),aggregate($count as n))",
        [
            {"author": NOBODY, "pages": 7, "n": 1},
            {"author": NOBODY, "pages": 250, "n": 1},
            {"author": ADA, "pages": 100, "n": 2},
            {"author": EMILE, "pages": None, "n": 1},
            {"author": EMILE, "pages": 250, "n": 1},
            {"author": NOBODY, "n": 2},
            {"author": ADA, "n": 2},
            {"author": EMILE, "n": 2},
            {"n": 6},
        ],
    ),
    (
        "concat(groupby((is_lent),aggregate(price with sum as v)),aggregate(price with average as v))",
        [
            {"is_lent": None, "v": 99.99},
            {"is_lent": False, "v": 1.41},
            {"is_lent": True, "v": 11.1},
            {"v": 22.5},
        ],
    ),
    (
        "concat(topcount(2,price),aggregate(price with sum as total,$count as n))",
        [{"id": 4}, {"id": 6}, {"total": 112.5, "n": 6}],
    ),
    (
        "concat(concat(aggregate($count as a),aggregate(pages with sum as b)),aggregate(title with max as c))",
        [{"a": 6}, {"b": 707}, {"c": "ÉTÉ"}],
    ),
]


@pytest.mark.parametrize(("text", "found"), GROUPS)
def test_groups(library: Library, text: str, found: list[dict[str, Any]]) -> None:
    assert library.rows(SHAPE, apply=text) == found


ROWS: list[tuple[str, list[int]]] = [
    ("identity", [1, 2, 3, 4, 5, 6]),
    ("filter(pages eq 100)", [1, 2]),
    ("filter(pages eq 100)/filter(author/name eq 'Ada' and price gt 1.1)", [2]),
    ("filter(reviews/any(r:r/stars eq 5))", [1, 2]),
    ("search(off)", [1, 2]),
    ("search(\"50%\")", [1]),
    ("search('50%')", [1]),
    ("orderby(price desc)/top(2)", [6, 4]),
    ("orderby(price desc)/skip(1)/top(2)", [4, 2]),
    ("orderby(author/name desc,id desc)", [4, 3, 2, 1, 6, 5]),
    ("top(0)", []),
    ("skip(4)", [5, 6]),
    ("topcount(2,pages)", [3, 6]),
    ("topcount(1,pages)", [3]),
    ("bottomcount(2,price)", [3, 5]),
    ("topcount(2,author/name)", [3, 4]),
    ("topsum(100,price)", [4, 6]),
    ("topsum(99.99,price)", [6]),
    ("topsum(0,price)", []),
    ("bottomsum(1.5,price)", [1, 2, 3, 5]),
    ("toppercent(50,pages)", [3, 6]),
    ("toppercent(100,pages)", [1, 2, 3, 5, 6]),
    ("bottompercent(1,price)", [1, 3, 5]),
    ("groupby((author/name),topcount(1,price))", [2, 4, 6]),
    ("groupby((author/name),topsum(1,price))", [2, 4, 6]),
    ("groupby((is_lent),orderby(id desc)/top(1))", [6, 5, 4]),
    ("compute(price mul 2 as twice)/topcount(1,twice)", [6]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), ROWS)
def test_rows_that_are_left(library: Library, text: str, found: list[int]) -> None:
    assert [row["id"] for row in library.rows(SHAPE, apply=text)] == found


BY_AUTHOR = "groupby((author/name),aggregate($count as n,price with sum as s))"
AFTER: list[tuple[dict[str, str], list[dict[str, Any]]]] = [
    ({"filter": "s gt 5", "select": "s"}, [{"s": 100.29}, {"s": 10.0}]),
    ({"filter": "author/name eq 'Ada'", "select": "author"}, [{"author": ADA}]),
    ({"filter": "s eq 2.21", "select": "n"}, [{"n": 2}]),
    ({"orderby": "s desc", "select": "s"}, [{"s": 100.29}, {"s": 10.0}, {"s": 2.21}]),
    ({"orderby": "author/name desc", "top": "1", "select": "author/name"}, [{"author": EMILE}]),
    ({"skip": "1", "top": "1", "select": "s"}, [{"s": 2.21}]),
    ({"search": "mile", "select": "n"}, []),
    ({"compute": "s mul n as t", "select": "t", "filter": "t lt 10"}, [{"t": 4.42}]),
]


@pytest.mark.parametrize(("options", "found"), AFTER)
def test_other_options_ask_about_the_result(
    library: Library, options: dict[str, str], found: list[dict[str, Any]]
) -> None:
    assert library.rows(SHAPE, apply=BY_AUTHOR, **options) == found


def test_the_count_is_of_the_result(library: Library) -> None:
    assert library.count(apply=BY_AUTHOR) == 3
    assert library.count(apply=BY_AUTHOR, filter="s gt 5", top="1") == 2
    assert library.count(apply="filter(pages eq 100)") == 2


def test_what_is_kept_can_still_be_expanded(library: Library) -> None:
    rows = library.rows(
        SHAPE, apply="filter(pages eq 100)/compute(id add 1 as next)", expand="author,reviews($select=stars)"
    )
    assert json.loads(json.dumps(rows)) == [
        {"id": 1, "next": 2, "author": {"id": 1, "name": "Ada"}, "reviews": [{"stars": 5}, {"stars": 1}]},
        {"id": 2, "next": 3, "author": {"id": 1, "name": "Ada"}, "reviews": [{"stars": 5}]},
    ]


def test_two_values_of_one_literal_are_two_plans(library: Library) -> None:
    for pages, number in ((100, 2), (250, 2), (7, 1), (100, 2)):
        assert library.rows(SHAPE, apply=f"filter(pages eq {pages})/aggregate($count as n)") == [
            {"n": number}
        ]


WRONG: list[tuple[str, str]] = [
    ("aggregate(nope with sum as x)", "Unknown property 'nope' on Book at position 10"),
    ("aggregate(title with sum as x)", "'sum' at position 10 does not take values of the type Edm.String."),
    ("aggregate(is_lent with max as x)", "'max' at position 10 does not take values of the type Edm.Boolean."),
    ("aggregate(pages with sum as x,pages with min as x)", "There is a property 'x' already"),
    ("compute(pages add 1 as title)", "There is a property 'title' already"),
    ("groupby((author/nope))", "Unknown property 'nope' on Person"),
    ("groupby((author/name))/filter(pages gt 1)", "Unknown property 'pages' on Book"),
    ("aggregate($count as n)/aggregate(pages with sum as s)", "Unknown property 'pages' on Book"),
    ("filter(pages)", "A filter must be true or false"),
    ("grupby((pages))", "Unknown transformation 'grupby' at position 0; did you mean 'groupby'?"),
    ("aggregate(pages with total as x)", "Expected one of sum, min, max, average, countdistinct"),
    ("topcount(-1,pages)", "The first argument of 'topcount' must be a whole number"),
    ("topcount(1.5,pages)", "The first argument of 'topcount' must be a whole number"),
    ("top(99999999999)", "The number at position 4 is larger than 2147483647."),
    ("aggregate(reviews/nope with sum as x)", "Unknown property 'nope' on Review"),
    ("concat(aggregate(pages with sum as x),aggregate(title with max as x))", "In concat at position 0 'x' is"),
    ("/".join(["top(9)"] * 40), "$apply has more than 30 transformations"),
    ("groupby((rollup(id,pages),rollup(title,note,price),rollup(is_lent,id)))", "groupby has more than 16 levels."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_what_is_wrong_is_said(library: Library, text: str, sentence: str) -> None:
    with pytest.raises(ODataError) as caught:
        library.rows(SHAPE, apply=text)
    assert caught.value.message.startswith(sentence)
    assert (caught.value.status, caught.value.target) == (400, "$apply")


LATER = [
    "join(reviews as r)",
    "nest(identity as all)",
    "addnested(reviews,identity as r)",
    "expand(reviews)",
    "Custom.thing()",
    "aggregate(Forecast)",
    "aggregate(price with Custom.method as x)",
    "aggregate(price with sum from author/name with average as x)",
    "aggregate(reviews/stars with countdistinct as x)",
    "groupby((rolluprecursive($root/People,Tree,id)))",
    "descendants($root/People,Tree,id,filter(id eq 1))",
    "compute(price div $these/aggregate(price with sum) as x)",
    "filter(reviews/aggregate(stars with sum) gt 3)",
    "topcount(id,pages)",
]


@pytest.mark.parametrize("text", LATER)
def test_what_is_not_supported_is_a_501(library: Library, text: str) -> None:
    with pytest.raises(ODataError) as caught:
        library.rows(SHAPE, apply=text)
    assert caught.value.status == 501
    assert caught.value.message.endswith(".")


def test_another_tenants_rows_are_in_no_group(library: Library) -> None:
    names = [row["author"]["name"] for row in library.rows(SHAPE, apply="groupby((author/name))")]
    assert "Mallory" not in names
    found = library.rows(
        SHAPE, apply="filter(id eq 1)/aggregate(reviews/$count as n,reviews/stars with sum as s)"
    )
    assert found == [{"n": 2, "s": 6}]


def test_grouping_through_a_collection_is_not_built(library: Library) -> None:
    with pytest.raises(NotSupported, match="Grouping by what a collection leads to"):
        library.rows(SHAPE, apply="groupby((reviews/stars),aggregate($count as n))")


@pytest.mark.parametrize(
    ("apply", "text"),
    [
        ("aggregate(reviews/$count as n)", '[{"n": 4}]'),
        ("filter(id eq 1)/groupby((id),aggregate(reviews/$count as n))", '[{"id": 1, "n": 2}]'),
        ("filter(id eq 2)/compute(time(lent_at) as t)/groupby((t))", '[{"t": "23:30:00.25"}]'),
    ],
)
def test_values_are_written_the_same_on_both_databases(library: Library, apply: str, text: str) -> None:
    assert json.dumps(library.rows(SHAPE, apply=apply)) == text
