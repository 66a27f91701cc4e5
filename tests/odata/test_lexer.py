"""Which words a text falls into, and which texts have the same shape."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from odata.errors import LimitExceeded, SyntaxProblem
from odata.lexer import LITERALS, shape, tokenize
from odata.limits import Limits

GUID = "3cf5b1f0-1234-4abc-9def-0123456789ab"


def kinds(text: str) -> list[str]:
    return [token.kind for token in tokenize(text)[:-1]]


def texts(text: str) -> list[str]:
    return [token.text for token in tokenize(text)[:-1]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("'a'", "string"),
        ("''", "string"),
        ("'O''Neil'", "string"),
        ("'a\nb'", "string"),
        ("\u2018a\u2019", "string"),
        ("\u2018\u2019", "string"),
        (GUID, "guid"),
        ("abcdef01-1234-4ABC-9def-0123456789ab", "guid"),
        ("12345678-1234-1234-1234-123456789012", "guid"),
        ("0", "integer"),
        ("-5", "integer"),
        ("+42", "integer"),
        ("2.05", "decimal"),
        ("-1e3", "decimal"),
        ("+0.314e+1", "decimal"),
        ("INF", "decimal"),
        ("-INF", "decimal"),
        ("NaN", "decimal"),
        ("2026-01-31", "date"),
        ("-10000-04-01", "date"),
        ("2026-01-31T10:20Z", "datetime"),
        ("2026-01-31T10:20:30.123456789012+02:00", "datetime"),
        ("2026-01-31T10:20:30", "datetime"),
        ("10:20", "time"),
        ("23:59:60.5", "time"),
        ("duration'P1DT2H3M4.5S'", "duration"),
        ("DURATION'-PT1S'", "duration"),
        ("binary'Zm9v'", "binary"),
        ("Sales.Pattern'Solid,Yellow,-42'", "enum"),
        ("geography'SRID=0;Point(1 2)'", "geography"),
        ("geometry'SRID=0;Point(1 2)'", "geometry"),
        ('"a\\"b\\u00e9"', "json"),
        ("$it", "dollar"),
        ("@p", "at"),
        ("@Core.Messages#x", "at"),
        ("Model.Type", "name"),
        ("größe_2", "name"),
        ('$search=a (b) "c;d)"', "search"),
    ],
)
def test_a_literal_or_name_is_one_token(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "name",
    ["allocation", "nullable", "notes", "inside", "andy", "order", "trueish", "INFO", "NaNny", "duration"],
)
def test_a_name_may_begin_with_a_keyword(name: str) -> None:
    assert texts(f"{name} eq 1") == [name, "eq", "1"]
    assert kinds(name) == ["name"]


def test_minus_belongs_to_a_number_and_stands_alone_before_anything_else() -> None:
    assert texts("a sub -5 add -b add -(c) in (-1,-2)") == [
        "a", "sub", "-5", "add", "-", "b", "add", "-", "(", "c", ")", "in", "(", "-1", ",", "-2", ")",
    ]  # fmt: skip


def test_positions_are_offsets_and_the_last_token_is_the_end() -> None:
    assert [(token.kind, token.position) for token in tokenize(" a  eq 'x' ")] == [
        ("name", 1),
        ("name", 4),
        ("string", 7),
        ("end", 11),
    ]


def test_a_time_zone_survives_an_unencoded_plus() -> None:
    assert texts("d gt 2026-01-31t10:20z or d lt 2026-01-31T10:20:30 02:00") == [
        "d", "gt", "2026-01-31T10:20Z", "or", "d", "lt", "2026-01-31T10:20:30+02:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name eq 'abc", "The string that begins at position 8 has no closing quote"),
        ("name eq 'O'Neil", "The string that begins at position 8 ends within a word"),
        ("name eq \u2018abc", "The string that begins at position 8 has no closing quote."),
        ("hours gt 5.", "'5.' at position 9 is neither a number nor a date, a time or a GUID."),
        ("date eq 2026-13-01", "'2026-13-01' at position 8 is neither"),
        ("date eq 2026-01-31T24:00Z", "'2026-01-31T24:00Z' at position 8 is neither"),
        ("5-3", "'5-3' at position 0 is neither"),
        ("a-b", "'a-b' at position 0 is neither a name nor a GUID; subtraction is written 'sub'."),
        ("id eq guid'12'", "Write the value at position 6 without 'guid' and without quotes."),
        (
            "x eq duration'P1Y'",
            "The duration at position 5 is malformed; write it such as duration'P1DT2H30M'.",
        ),
        ("x eq X'1a'", "'X' at position 5 is no prefix of a literal"),
        ("hours > 5", "Unexpected character '>' at position 6; write 'gt' or 'ge'."),
        ("a\neq 1", "Unexpected character 'U+000A' at position 1."),
        ("a eq 'x\0'", "The character NUL at position 7 is not allowed."),
        ("a eq '\ud800'", "The text at position 6 is not Unicode"),
    ],
)
def test_what_is_no_token_is_explained(text: str, sentence: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        tokenize(text)
    assert caught.value.message.startswith(sentence)
    assert str(caught.value.position) in sentence
    with pytest.raises(SyntaxProblem):
        shape(text)


def test_a_text_may_not_be_longer_than_the_limit() -> None:
    for read in (tokenize, shape):
        read("a" * 10, Limits(max_length=10))
        with pytest.raises(LimitExceeded, match="max_length is 10"):
            read("a" * 11, Limits(max_length=10))


# Shapes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a eq 'x'", "a  eq\t'yyyy'"),
        ("a eq 1", "a eq -200"),
        ("a eq 1.5", "a eq 2e7"),
        (f"id eq {GUID}", "id eq abcdef01-1234-4ABC-9def-0123456789ab"),
        ("d eq 2026-01-31", "d eq 1999-12-31"),
        ("d eq 2026-01-31T10:20Z", "d eq 2026-01-31T10:20:30+01:00"),
        ("t eq 10:20", "t eq 10:20:30"),
        ("p eq duration'P1D'", "p eq duration'PT1S'"),
        ("a eq 'it''s ?integer'", "a eq '\x1f'"),
    ],
)
def test_texts_that_differ_in_values_share_a_key(one: str, other: str) -> None:
    assert shape(one).key == shape(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a eq 'x'", "b eq 'x'"),
        ("a eq 1", "a eq 1.0"),
        ("a eq 1", "a eq '1'"),
        ("a eq true", "a eq false"),
        ("a eq null", "a eq 1"),
        ("a in (1,2)", "a in (1,2,3)"),
        ("a eq Ns.T'A'", "a eq Ns.T'B'"),
        ("x/$count($search=a b)", "x/$count($search=ab)"),
        ("x/$count($search=a) eq 1", "x/$count($search=a eq) 1"),
        ('a in ["b","c"]', 'a in ["b\\",\\"c"]'),
        ("a eq '?integer'", "a eq 1"),
        ("ab", "a b"),
        ("- 5", "-5"),
    ],
)
def test_texts_that_differ_in_more_have_keys_of_their_own(one: str, other: str) -> None:
    assert shape(one).key != shape(other).key


def test_a_shape_carries_the_literals_that_it_leaves_out() -> None:
    found = shape("a eq true and b gt 2.05 and contains(c,'x') or d eq Ns.T'A' or e eq null")
    assert [(token.kind, token.text, token.position) for token in found.literals] == [
        ("decimal", "2.05", 19),
        ("string", "'x'", 39),
    ]
    assert [token for token in found.tokens if token.kind in LITERALS] == found.literals


@pytest.mark.parametrize(
    "piece",
    ["9", "a", "'", "''", "a.b", "1-", "abcdef01-", "+ ", "a'a", " ", '"', '"\\\\', "$search=(", "$search=\"a", "(",
     "geography'a ", "A.b'a,", "2026-01-01T", "\u2018", "@a.", "10:", "%", "-", "N", "INF"],
)  # fmt: skip
def test_the_time_is_linear_in_the_length(piece: str) -> None:
    text = (piece * 16_000)[:16_000]
    started = time.thread_time()
    with suppress(SyntaxProblem):
        tokenize(text)
    assert time.thread_time() - started < 0.5
