"""What is OData but is not carried out, and what cannot be: each answer says which, where and why."""

from __future__ import annotations

import pytest

from odata.errors import LimitExceeded, ODataError
from odata.patterns import rewritten
from tests.odata.library import Library

REFUSED = [
    ("pages add 'x' eq 1", 400, "'add' does not go with Edm.Int32 and Edm.String (at position 6)."),
    ("pages add lent_at eq 1", 400, "'add' does not go with Edm.Int32 and Edm.DateTimeOffset"),
    ("lent_at add 5 eq lent_at", 400, "'add' does not go with Edm.DateTimeOffset and Edm.Int64"),
    ("lent_at add lent_at eq null", 400, "'add' does not go with"),
    ("-title eq 'x'", 400, "'-' does not go with Edm.String (at position 0)."),
    ("pages add INF eq 1", 400, "is no number to calculate with"),
    ("round(INF) eq 1", 400, "is no number to calculate with"),
    ("price eq NaN", 400, "is not equal, less or greater than any number"),
    (" add ".join(["pages"] * 40) + " eq 1", 400, "nested deeper"),
    ("duration'P99999999D' eq duration'P1D'", 400, "is longer than 10,000 years"),
    ("time(lent_at) eq 23:59:60", 400, "Expected Edm.TimeOfDay; 23:59:60 at position 17"),
    ("substring(title,1.5) eq 'x'", 400, "found Edm.Decimal at position 16."),
    ("substring(title) eq 'x'", 400, "'substring' takes 2 to 3 arguments, found 1 at position 0."),
    ("matchesPattern(title,note)", 501, "The pattern of matchesPattern must be a literal"),
    ("matchesPattern(title,'(a')", 400, "is no regular expression"),
    (r"matchesPattern(title,'(a)\1')", 400, "has '\\1', which is not supported"),
    ("case(pages gt 1:'a',true:2) eq 'a'", 400, "Expected Edm.String, found Edm.Int64"),
    ("case(pages:'a') eq 'a'", 400, "Expected something true or false, found Edm.Int32"),
    (
        "cast(title,Edm.Int32) eq 1",
        501,
        "A cast from Edm.String to Edm.Int32 (at position 0) is not supported.",
    ),
    ("cast(pages,Edm.Date) eq 2026-01-01", 400, "has no meaning"),
    ("cast(pages,Shop.Book) eq null", 501, "'Shop.Book' at position 11 is no type to cast to"),
    ("isof(Shop.Book)", 501, "'isof' of the row itself is not supported"),
    ("hassubset(words,words)", 501, "The function 'hassubset' is not supported"),
    ("geo.distance(title,title) lt 1", 501, "nothing here has a place on a map"),
    ("title eq geography'SRID=0;Point(1 2)'", 501, "Geography is out of scope"),
    ("title eq binary'AAAA'", 501, "Binary values have no property to be compared with"),
    ("title has Shop.Flag'A'", 501, "'has' needs a property of an enumeration"),
    ("reviews/$filter(stars eq 1)/$count eq 1", 501, "not supported"),
    ("$root/Me/name eq 'x'", 501, "Paths from $root are not supported"),
    ("$it eq 1", 400, "'$it' at position 0 is Book; name a property of it."),
    ("1 in reviews", 400, "'reviews' at position 5 is a collection of entities; ask with any(…)."),
    ("1 in pages", 400, "not"),
    ("pages eq @p", 400, "The parameter alias '@p' at position 9 has no value."),
]


@pytest.mark.parametrize(("text", "status", "message"), REFUSED)
def test_a_filter_is_refused_with_its_reason(library: Library, text: str, status: int, message: str) -> None:
    with pytest.raises(ODataError) as refusal:
        library.ids(filter=text)
    assert message in refusal.value.message
    assert (refusal.value.status, refusal.value.target) == (status, "$filter")


def test_arithmetic_has_its_bound(library: Library) -> None:
    sums = " and ".join(["pages add 1 eq 101"] * 101)
    with pytest.raises(ODataError, match="more than 100 arithmetic operations"):
        library.ids(filter=sums)


PATTERNS = [
    ("a.b", r"a[^\n\r]b"),
    (r"\d+\s\W", r"[0-9]+[ \t\n\r\f\v][^0-9A-Za-z_]"),
    ("(a|b){2,3}?", "(?:a|b){2,3}"),
    (r"[\w.-]", r"[0-9A-Za-z_.\-]"),
    ("[^a-c]", "[^a-c]"),
    ("a|", "a|(?:)"),
    ("x-y", r"x\-y"),
]


@pytest.mark.parametrize(("pattern", "expected"), PATTERNS)
def test_a_pattern_is_rewritten_for_both_databases(pattern: str, expected: str) -> None:
    assert rewritten(pattern) == expected


WRONG = [
    "(",
    ")",
    "a)",
    "[",
    "[]",
    "*a",
    "a**",
    "a{",
    "a{3,2}",
    "a{256}",
    r"\b",
    r"\1",
    "(?=a)",
    "(?P<n>a)",
    "[b-a]",
]
WRONG += ["(" * 30 + ")" * 30, "((a{200}){200}){200}", "a" * 501, "\\", "^*", r"\p", "[\\"]


@pytest.mark.parametrize("pattern", WRONG)
def test_a_pattern_that_no_automaton_answers_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"^(is|has) "):
        rewritten(pattern)


def test_a_pattern_takes_linear_time(library: Library) -> None:
    assert library.ids(filter=f"matchesPattern(concat(title,'{'a' * 5000}'),'^(a*)*(a|a)*b$')") == []


def nested(times: int, innermost: str = "b0/price gt 0") -> str:
    """`any` over the books of an author, within each other."""
    for index in range(times):
        innermost = (
            f"{'$it' if index + 1 == times else f'b{index + 1}'}/author/books/any(b{index}:{innermost})"
        )
    return innermost


def test_collections_within_each_other_are_few(library: Library) -> None:
    assert library.ids(filter=nested(3)) == [1, 2, 3, 4, 5]
    for text in (nested(4), nested(3, "b0/reviews/$count($filter=stars gt 1) gt 0"), nested(3, "@a")):
        with pytest.raises(LimitExceeded, match="max_lambdas"):
            library.ids(filter=text, **({"@a": "reviews/any(r:r/stars gt 1)"} if "@a" in text else {}))
