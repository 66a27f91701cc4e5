"""Next links over any sort key: whatever is sorted by, the pages are the list, none missing and none twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from odata import skiptokens
from odata.limits import Limits
from odata.options import parse_options
from odata.runner import fetch_page
from odata.sets import EntitySet
from odata.skiptokens import Place
from tests.odata.library import SHAPE, Library, book

BOOKS = EntitySet("books", book, SHAPE)

ORDERS = [
    "title",
    "title desc",
    "length(title)",
    "length(title) desc",
    "length(title) desc,length(note)",
    "author/name",
    "author/name desc",
    "author/name,editor/name desc",
    "author/name desc,author/id,pages desc",
    "tolower(author/name) desc",
    "reviews/$count desc",
    "reviews/$count($filter=stars gt 3),title desc",
    "price",
    "price desc",
    "price mul pages",
    "price mul pages desc",
    "price divby 3",
    "weight mul -1 desc,pages",
    "pages mul 1.5,pages div 7 desc",
    "big",
    "big desc",
    "big mul 2",
    "big mul big desc",
    "cast(price,Edm.String)",
    "cast(big,Edm.Int32) desc",
    "round(weight),floor(price) desc",
    "is_lent",
    "is_lent desc,pages",
    "pages gt 100",
    "not (title eq null) desc,title",
    "contains(title,'5') desc,contains(note,'a')",
    "case(pages gt 100:'long',pages lt 100:'short')",
    "case(is_lent eq true:price,true:weight) desc",
    "lent_at",
    "lent_at desc",
    "lent_at add duration'PT36H'",
    "lent_at sub 2000-01-01T00:00:00Z desc",
    "date(lent_at) desc,time(lent_at)",
    "year(lent_at),fractionalseconds(lent_at) desc",
    "printed desc",
    "printed sub duration'P31D'",
    "code desc",
    "case(pages gt 50:code)",
    "1 add 1,id desc",
    "pages lt null,title",
    "now(),title",
    "year(now()) desc",
    "lent_at sub now() desc",
    "now() gt lent_at,pages",
    "1 desc",
    "(true or reviews/any()) desc,title",
    "(pages in () and is_lent),title desc",
    "not (pages in () and is_lent) desc,cast(is_lent,Edm.String)",
]


def pages(library: Library, size: int, **options: str) -> list[list[dict[str, Any]]]:
    """All pages, each found by the token of the one before."""
    query = "&".join(f"${name}={quote(text)}" for name, text in options.items())
    found: list[list[dict[str, Any]]] = []
    token = ""
    while len(found) < 20:
        asked = parse_options(query + (f"&$skiptoken={token}" if token else ""), Limits())
        plan, values = library.queries.plan(BOOKS, asked, page=size)
        page = fetch_page(plan, {**values, "tenant": 1}, library._connection.driver_connection)
        found.append(page.objects)
        if page.end is None:
            return found
        token = library.queries.next_token(BOOKS, asked, page.end, len(page.objects))
    raise AssertionError(f"the pages have no end: {found}")


@pytest.mark.parametrize("order", ORDERS)
def test_pages_are_the_list(library: Library, order: str) -> None:
    whole = library.ids(orderby=order)
    assert sorted(whole) == [1, 2, 3, 4, 5, 6]
    for size in (1, 2, 3, 4, 6):
        found = pages(library, size, orderby=order)
        assert [row["id"] for page in found for row in page] == whole
        assert [len(page) for page in found[:-1]] == [size] * (len(found) - 1)


@pytest.mark.parametrize(
    "order", ["title", "title desc", "note,title desc", "tolower(author/name) desc,note"]
)
def test_a_long_text_is_no_part_of_the_link(
    library: Library, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(skiptokens, "LONGEST", 2)
    whole = library.ids(orderby=order)
    for size in (1, 2, 4):
        found = pages(library, size, orderby=order)
        assert [row["id"] for page in found for row in page] == whole


def test_pages_of_what_apply_made_go_on_after_long_texts(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(skiptokens, "LONGEST", 2)
    options = {
        "apply": "groupby((author/name,title),aggregate($count as n))",
        "orderby": "author/name desc,title",
    }
    whole = library.rows(SHAPE, **options)
    assert [row for page in pages(library, 1, **options) for row in page] == whole


def test_a_token_has_the_beginning_of_a_long_text() -> None:
    place = Place(("x" * 2_000, 10**18, None, "k"), moment=dt.datetime(2026, 1, 31, tzinfo=dt.UTC))
    seals = skiptokens.Seals(b"secret")
    token = seals.write(place, "about")
    found = seals.read(token, "about")
    assert found == replace(place, values=("x" * skiptokens.LONGEST, 10**18, None, "k"))
    assert isinstance(found.values[0], skiptokens.Cut)
    assert len(token) < 1_000


COMPUTED = [
    ("length(title) as l", "l desc"),
    ("price mul pages as amount", "amount"),
    ("price mul pages as amount,price divby 7 as part", "part desc,amount"),
    ("author/name as who", "who desc"),
    ("case(pages gt 100:price) as p", "p"),
    ("lent_at add duration'PT1H' as due", "due desc"),
    ("printed sub 2000-01-01 as age", "age"),
    ("big add 1 as next", "next desc"),
    ("pages gt 100 as long", "long desc,l2"),
    ("lent_at sub now() as age,now() as asked", "asked,age"),
]


@pytest.mark.parametrize(("compute", "order"), COMPUTED)
def test_pages_by_a_computed_property(library: Library, compute: str, order: str) -> None:
    if "l2" in order:
        compute += ",length(note) as l2"
    whole = library.ids(compute=compute, orderby=order)
    assert sorted(whole) == [1, 2, 3, 4, 5, 6]
    for size in (1, 2, 4):
        found = pages(library, size, compute=compute, orderby=order)
        assert [row["id"] for page in found for row in page] == whole


APPLIED = [
    ("groupby((author/name),aggregate(price with sum as s))", ""),
    ("groupby((author/name),aggregate(price with sum as s))", "s desc"),
    ("groupby((pages,is_lent),aggregate(price mul weight with sum as s))", "s"),
    ("groupby((title),aggregate(big with sum as s))", "s desc,title"),
    ("groupby((author/id),aggregate(price with average as a))", "a"),
    ("orderby(price desc)/top(5)", ""),
    ("topcount(5,price)", "length(title)"),
    ("concat(groupby((author/name)),aggregate($count as n))", "n desc"),
    ("groupby((rollup(author/name,title)),aggregate($count as n))", "n desc"),
]


@pytest.mark.parametrize(("apply", "order"), APPLIED)
def test_pages_of_what_apply_made(library: Library, apply: str, order: str) -> None:
    options = {"apply": apply} | ({"orderby": order} if order else {})
    whole = library.rows(SHAPE, **options)
    for size in (1, 2, 3):
        assert [row for page in pages(library, size, **options) for row in page] == whole


@pytest.mark.parametrize("order", ["length(title) desc", "author/name", "price mul pages"])
def test_top_counts_for_all_pages_together(library: Library, order: str) -> None:
    whole = library.ids(orderby=order)
    found = pages(library, 2, orderby=order, top="5", filter="id gt 0")
    assert [row["id"] for page in found for row in page] == whole[:5]
    assert [len(page) for page in found] == [2, 2, 1]


def test_all_pages_but_the_first_and_the_last_need_one_plan(library: Library) -> None:
    whole = library.ids(orderby="id")
    known = len(library.queries._plans)
    assert len(pages(library, 2, orderby="id", top=str(len(whole)))) == (len(whole) + 1) // 2
    assert len(library.queries._plans) - known <= 3
