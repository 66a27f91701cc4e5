"""Forms of 4.01 on the conformance checklist: comparing references with null, casting texts, durations without
their type, counting what a search finds. On both databases."""

from __future__ import annotations

import pytest

from odata.errors import ODataError
from tests.odata.library import Library


def same(library: Library, one: str, other: str) -> list[int]:
    found = library.ids(filter=one)
    assert found == library.ids(filter=other)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("author eq null", [6]),
        ("null eq author", [6]),
        ("author ne null", [1, 2, 3, 4, 5]),
        ("editor eq null", [2, 6]),
        ("author/mentor eq null and author ne null", [1, 2]),
        ("author/mentor/mentor ne null", [5]),
        ("not (editor eq null) and author/name eq null", [5]),
        ("reviews/any(r:r/reader eq null)", []),
        ("reviews/any(r:r/reader/mentor eq null)", [1]),
        ("reviews/$count($search=good) gt 0", [1]),
        ("reviews/$count($search=good OR bad) eq 2", [1]),
        ("reviews/$count($search=good;$filter=stars eq 1) gt 0", []),
        ("reviews/$count($search=NOT zzz) eq 1", [2, 3]),
    ],
)
def test_a_filter_finds(library: Library, text: str, expected: list[int]) -> None:
    assert library.ids(filter=text) == expected


@pytest.mark.parametrize(
    ("cast", "literal"),
    [
        ("pages eq cast('100',Edm.Int32)", "pages eq 100"),
        ("pages eq cast('100',Edm.Int64)", "pages eq 100"),
        ("pages gt cast('-1',Edm.Int16)", "pages gt -1"),
        ("pages gt cast('99.5',Edm.Decimal)", "pages gt 99.5"),
        ("pages gt cast('-0.5',Edm.Decimal)", "pages gt -0.5"),
        ("cast('true',Edm.Boolean)", "true"),
        ("pages eq 100 eq cast('False',Edm.Boolean)", "pages ne 100"),
        (
            "cast('01234567-89AB-cdef-0123-456789abcdef',Edm.Guid) eq 01234567-89ab-cdef-0123-456789abcdef",
            "true",
        ),
        ("cast('2026-01-31',Edm.Date) eq 2026-01-31", "true"),
        ("cast('2026-01-31T00:00:00+01:00',Edm.DateTimeOffset) eq 2026-01-30T23:00:00Z", "true"),
        ("cast('12:30',Edm.TimeOfDay) eq 12:30:00", "true"),
        ("cast('PT1H',Edm.Duration) eq duration'PT60M'", "true"),
    ],
)
def test_a_text_is_cast(library: Library, cast: str, literal: str) -> None:
    same(library, cast, literal)


@pytest.mark.parametrize(
    "cast",
    [
        "cast('',Edm.Int32)",
        "cast('x',Edm.Int32)",
        "cast('1.5',Edm.Int32)",
        "cast('70000',Edm.Int16)",
        "cast('99999999999999999999',Edm.Int64)",
        "cast('--1',Edm.Int32)",
        "cast('INF',Edm.Decimal)",
        "cast('yes',Edm.Boolean)",
        "cast('2026-W05-1',Edm.Date)",
        "cast('20260131',Edm.Date)",
        "cast('2026-02-31',Edm.Date)",
        "cast('2026-01-31T00:00:00',Edm.DateTimeOffset)",
        "cast('25:00',Edm.TimeOfDay)",
        "cast('01234567',Edm.Guid)",
        "cast('P',Edm.Duration)",
        "cast('PT',Edm.Duration)",
        "cast('1 hour',Edm.Duration)",
        "cast('x',Edm.Int32) add 1",
        "hour(cast('x',Edm.DateTimeOffset))",
    ],
)
def test_a_cast_that_fails_is_null(library: Library, cast: str) -> None:
    assert same(library, f"{cast} eq null", "true")
    assert same(library, f"not ({cast} ne null)", "true")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pages eq cast('x',Edm.Int32)", [4]),
        ("pages ne cast('x',Edm.Int32)", [1, 2, 3, 5, 6]),
        ("pages lt cast('x',Edm.Int32)", []),
        ("pages in (7,cast('x',Edm.Int32))", [4, 5]),
        ("cast('x',Edm.Boolean)", []),
        ("is_lent eq cast('x',Edm.Boolean)", [3, 6]),
        ("code eq cast('x',Edm.Guid)", []),
    ],
)
def test_such_a_null_is_compared_as_any_other(library: Library, text: str, expected: list[int]) -> None:
    assert library.ids(filter=text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31T00:00:00Z add '1 day' eq 2026-02-01T00:00:00Z",
        "pages add '1' eq 2",
        "reviews eq null",
        "author gt null",
        "author eq 'x'",
    ],
)
def test_what_is_no_such_value_is_refused(library: Library, text: str) -> None:
    with pytest.raises(ODataError) as refused:
        library.ids(filter=text)
    assert refused.value.status in (400, 501)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31T00:00:00Z add 'P1D' eq 2026-02-01T00:00:00Z",
        "2026-02-01T00:00:00Z sub 'PT24H' eq 2026-01-31T00:00:00Z",
        "2026-02-01T00:00:00Z sub 2026-01-31T00:00:00Z eq 'P1D'",
        "totalseconds('PT1M') eq 60",
    ],
)
def test_a_duration_needs_no_type_in_front(library: Library, text: str) -> None:
    assert same(library, text, "true")
