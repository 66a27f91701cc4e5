"""What each filter finds, worked out by hand against `library.py`, on both databases."""

from __future__ import annotations

import pytest

from odata.errors import ODataError
from tests.odata.filters_of_numbers import NUMBERS
from tests.odata.filters_of_paths import ORDERS, PATHS
from tests.odata.filters_of_text_and_time import TEXT, TIME
from tests.odata.library import WITH_REVIEWS, Library

ALL = [1, 2, 3, 4, 5, 6]
FOUND = [
    # Comparison, and null as the standard has it
    ("pages eq 100", [1, 2]),
    ("pages ne 100", [3, 4, 5, 6]),
    ("pages gt 100", [3, 6]),
    ("pages ge 100", [1, 2, 3, 6]),
    ("pages lt 100", [5]),
    ("pages le 100", [1, 2, 5]),
    ("100 lt pages", [3, 6]),
    ("pages eq null", [4]),
    ("pages ne null", [1, 2, 3, 5, 6]),
    ("null eq pages", [4]),
    ("pages gt null", []),
    ("pages ge null", [4]),
    ("not (pages gt 100)", [1, 2, 4, 5]),
    ("not (pages eq 100)", [3, 4, 5, 6]),
    ("not (pages ne 100)", [1, 2]),
    ("not (pages eq null)", [1, 2, 3, 5, 6]),
    ("not (pages gt 100 or pages lt 100)", [1, 2, 4]),
    ("not (pages gt 100 and price gt 50)", [1, 2, 3, 4, 5]),
    ("title ne 'Straße'", [1, 2, 4, 5, 6]),
    ("title eq note", []),
    ("title ne note", ALL),
    ("author/name eq editor/name", [4, 6]),
    ("author/name ne editor/name", [1, 2, 3, 5]),
    ("author/name le editor/name", [1, 4, 6]),
    # Numbers
    ("price eq 1.1", [1]),
    ("price eq 1.10", [1]),
    ("price gt 1.10", [2, 4, 6]),
    ("price gt 1.105", [2, 4, 6]),
    ("price lt 1.105", [1, 5]),
    ("price eq 10", [4]),
    ("price eq 1e1", [4]),
    ("pages eq 100.0", [1, 2]),
    ("pages gt 99.5", [1, 2, 3, 6]),
    ("pages gt -1", [1, 2, 3, 5, 6]),
    ("price eq 0.3", [5]),
    # Truth values
    ("is_lent", [1, 4]),
    ("is_lent eq true", [1, 4]),
    ("is_lent eq false", [2, 5]),
    ("is_lent ne true", [2, 3, 5, 6]),
    ("is_lent ne false", [1, 3, 4, 6]),
    ("is_lent eq null", [3, 6]),
    ("not (is_lent eq true)", [2, 3, 5, 6]),
    ("true", ALL),
    ("false", []),
    ("null", []),
    ("contains(title,'off') eq true", [1, 2]),
    ("(pages gt 50) eq true", [1, 2, 3, 6]),
    ("(pages gt 50) eq false", [4, 5]),
    # Text: wildcards are letters, case counts
    ("contains(title,'50%')", [1]),
    ("contains(note,'a_b')", [1]),
    ("contains(note,'_')", [1, 6]),
    (r"contains(note,'\')", [4]),
    ("contains(note,'A')", [6]),
    ("contains(title,'''')", [5]),
    ("contains(title,'')", [1, 2, 3, 4, 5]),
    ("startswith(title,'50%')", [1]),
    ("startswith(title,'50')", [1, 2]),
    ("startswith(title,'')", [1, 2, 3, 4, 5]),
    ("endswith(title,'off')", [1, 2]),
    ("endswith(title,'% off')", [1]),
    ("endswith(title,'')", [1, 2, 3, 4, 5]),
    ("endswith(note,'xaxb')", []),
    ("endswith(title,'ße')", [3]),
    ("not contains(note,'a')", [5, 6]),
    ("not (contains(note,'a') or pages eq 7)", [6]),
    ("tolower(title) eq 'été'", [4]),
    ("toupper(author/name) eq 'ÉMILE'", [3, 4]),
    ("contains(tolower(title),tolower('ÉT'))", [4]),
    ("length(title) eq 6", [3]),
    ("length(note) eq 0", [5]),
    ("length(title) eq length(note)", [4]),
    ("note eq ''", [5]),
    ("title eq 'It''s'", [5]),
    ("concat(title,note) eq '50% offa_b'", [1]),
    ("trim(' x ') eq 'x'", ALL),
    ("title gt 'S'", [3, 4]),
    # Lists
    ("pages in (7,250)", [3, 5, 6]),
    ("pages in (7,null)", [4, 5]),
    ("not (pages in (7,250))", [1, 2, 4]),
    ("title in ('It''s','ÉTÉ')", [4, 5]),
    ("price in (1.1,10)", [1, 4]),
    # Logic and precedence
    ("pages eq 100 and is_lent eq true", [1]),
    ("pages eq 7 or pages eq 100 and is_lent eq true", [1, 5]),
    ("(pages eq 7 or pages eq 100) and is_lent eq false", [2, 5]),
    ("not (pages eq 7) and pages lt 200", [1, 2]),
    # Paths: no join loses or doubles a row
    ("author/name eq 'Ada'", [1, 2]),
    ("author/name ne 'Ada'", [3, 4, 5, 6]),
    ("author/name eq null", [5, 6]),
    ("author/name eq 'Ada' or pages eq 250", [1, 2, 3, 6]),
    ("author/name eq 'Ada' and editor/name eq 'Émile'", [1]),
    ("editor/name eq null or author/name eq 'Émile'", [2, 3, 4, 6]),
    ("$it/pages eq 7", [5]),
    # Collections
    ("reviews/any()", [1, 2, 3]),
    ("not reviews/any()", [4, 5, 6]),
    ("reviews/any(r:r/stars eq 5)", [1, 2]),
    ("reviews/any(r:r/stars eq 3)", []),
    ("reviews/any(r:r/stars ne 5)", [1, 3]),
    ("reviews/all(r:r/stars eq 5)", [2, 4, 5, 6]),
    ("reviews/all(r:r/stars gt 0)", [1, 2, 4, 5, 6]),
    ("reviews/all(r:r/stars ne 1)", [2, 3, 4, 5, 6]),
    ("reviews/any(r:r/stars eq null)", [3]),
    ("reviews/any(r:contains(r/text,'o') and r/stars eq 5)", [1]),
    ("not reviews/any(r:r/stars eq 5)", [3, 4, 5, 6]),
    ("reviews/any(r:r/reader/name eq 'Émile')", [1, 2]),
    ("reviews/any(r:r/reader/name eq null)", [3]),
    ("reviews/any(r:r/reader/name eq author/name)", [1]),
    ("reviews/any(r:r/stars lt pages)", [1, 2]),
    ("reviews/any(r:r/stars eq 5) and reviews/any(r:r/stars eq 1)", [1]),
    ("reviews/any(r:r/stars eq 5 and r/stars eq 1)", []),
    ("author/books/any(b:b/pages eq 250)", [3, 4]),
    ("author/books/any(b:b/reviews/any(r:r/stars eq 1))", [1, 2]),
    ("author/books/any(b:b/pages eq pages and b/id ne id)", [1, 2]),
    ("author/books/all(b:b/price gt 1)", [1, 2, 6]),
    ("words/any(w:w eq 'good')", [1]),
    ("words/any(w:contains(w,'e'))", [3]),
    ("words/all(w:w ne 'bad')", [2, 3, 4, 5, 6]),
    ("reviews/$count eq 2", [1]),
    ("reviews/$count eq 0", [4, 5, 6]),
    ("author/books/$count eq 2", [1, 2, 3, 4]),
]


FOUND += [*NUMBERS, *TEXT, *TIME, *PATHS]


def test_there_are_at_least_three_hundred_and_none_twice() -> None:
    assert len({text for text, _ in FOUND}) == len(FOUND) >= 300


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_filter_finds(library: Library, text: str, expected: list[int]) -> None:
    assert library.ids(filter=text) == expected


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_the_count_is_that_of_the_rows(library: Library, text: str, expected: list[int]) -> None:
    assert library.count(filter=text, top="1") == len(expected)


SORTED = [
    ("pages", [4, 5, 1, 2, 3, 6]),
    ("pages desc", [3, 6, 1, 2, 5, 4]),
    ("pages desc,price desc", [6, 3, 2, 1, 5, 4]),
    ("title", [6, 1, 2, 5, 3, 4]),
    ("title desc", [4, 3, 5, 2, 1, 6]),
    ("author/name,id desc", [6, 5, 2, 1, 4, 3]),
    ("is_lent desc", [1, 4, 2, 5, 3, 6]),
    ("length(title) desc", [1, 2, 3, 5, 4, 6]),
    ("reviews/$count desc", [1, 2, 3, 4, 5, 6]),
    *ORDERS,
]


@pytest.mark.parametrize(("text", "expected"), SORTED)
def test_sorting_puts_nulls_lowest_and_breaks_ties_by_key(
    library: Library, text: str, expected: list[int]
) -> None:
    assert library.ids(orderby=text) == expected


@pytest.mark.parametrize(("text", "expected"), SORTED)
def test_pages_join_up_to_the_whole(library: Library, text: str, expected: list[int]) -> None:
    pages = [library.ids(orderby=text, top="2", skip=str(skip)) for skip in (0, 2, 4, 6)]
    assert pages == [expected[0:2], expected[2:4], expected[4:6], []]


def test_collections_come_with_their_rows(library: Library) -> None:
    first, second, *_, last = library.rows(WITH_REVIEWS)
    assert first == {"id": 1, "price": 1.1, "reviews": [{"stars": 5}, {"stars": 1}], "words": ["good", "bad"]}
    assert second["words"] == [None]
    assert (last["reviews"], last["words"]) == ([], [])


def test_the_same_shape_with_other_literals_finds_other_rows(library: Library) -> None:
    assert library.ids(filter="pages eq 7 and title eq 'It''s'") == [5]
    assert library.ids(filter="pages eq 100 and title eq '50% off'") == [1]
    assert library.ids(filter="pages in (100)") == [1, 2]
    assert library.ids(filter="pages in (100,7)") == [1, 2, 5]


REFUSED = [
    ("page eq 1", "Unknown property 'page' on Book at position 0; did you mean 'pages'?"),
    ("pages gt 1 and titel eq 'x'", "Unknown property 'titel' on Book at position 15; did you mean 'title'?"),
    ("author/nam eq 'x'", "Unknown property 'nam' on Person at position 7; did you mean 'name'?"),
    ("author eq 'x'", "'author' at position 0 is not a value; name a property of it, such as author/id."),
    ("reviews/stars eq 5", "'reviews' at position 0 is a collection; ask with any(…) or all(…)."),
    ("title/x eq 5", "'title' at position 0 is a value; nothing follows it."),
    ("author/any(a:a/id eq 1)", "'author' at position 0 is not a collection."),
    ("pages eq 'x'", "Expected Edm.Int32, found Edm.String at position 9; write the number without quotes."),
    ("title eq 5", "Expected Edm.String, found Edm.Int64 at position 9; put the text in single quotes."),
    ("pages", "A filter must be true or false, and this is Edm.Int32; compare it with something."),
    ("title and pages eq 1", "Expected something true or false, found Edm.String at position 0."),
    ("contain(title,'x')", "Unknown function 'contain' at position 0; did you mean 'contains'?"),
    ("contains(title)", "'contains' takes 2 arguments, found 1 at position 0."),
    ("contains(pages,'x')", "'contains' takes Edm.String, found Edm.Int32 at position 9."),
    ("pages eq 1e99", "has more than 60 digits"),
    ("reviews/any(r:stars eq 5)", "Unknown property 'stars' on Book"),
    ("reviews/any(r:r eq 5)", "'r' at position 14 is Review; name a property of it."),
    ("tenant eq 1", "Unknown property 'tenant' on Book at position 0"),
    ("author_id eq 1", "Unknown property 'author_id' on Book at position 0"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_a_refusal_says_where_and_what(library: Library, text: str, message: str) -> None:
    with pytest.raises(ODataError) as refusal:
        library.ids(filter=text)
    assert message in refusal.value.message
    assert refusal.value.target == "$filter"
    assert refusal.value.status in (400, 501)


@pytest.mark.parametrize("operator", ["or", "and"])
def test_a_chain_as_long_as_the_limit_is_answered(library: Library, operator: str) -> None:
    assert library.ids(filter=f" {operator} ".join(["pages eq 7"] * 999)) == [5]
    assert library.ids(filter=f"pages eq 1 or pages in ({','.join(['7'] * 900)})") == [5]


@pytest.mark.parametrize("text", [" or ".join(["pages eq 7"] * 1200), "(" * 500 + "true" + ")" * 500])
def test_too_much_is_refused(library: Library, text: str) -> None:
    with pytest.raises(ODataError) as refusal:
        library.ids(filter=text)
    assert refusal.value.status == 400
