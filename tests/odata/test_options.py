"""How a query string falls into options, and which it refuses."""

from __future__ import annotations

import random

import pytest

from odata.errors import InvalidOption, LimitExceeded, ODataError, UnknownOption
from odata.limits import Limits
from odata.options import Options, parse_options


def test_options_are_decoded_and_typed() -> None:
    query = (
        "$filter=is_billable%20eq%20true+and+contains(description,%27caf%C3%A9%2B%25%27)&$orderby=date%20desc"
        "&$top=50&$skip=0&$count=TRUE&$select=id,hours&$expand=matter_ref&@p=1&page=2&page=3&empty="
    )
    expected = Options(
        filter="is_billable eq true and contains(description,'café+%')",
        orderby="date desc",
        top=50,
        skip=0,
        count=True,
        select="id,hours",
        expand="matter_ref",
        aliases={"@p": "1"},
        custom={"page": ["2", "3"], "empty": [""]},
    )
    assert parse_options(query) == expected
    assert parse_options(query.encode()) == expected
    assert parse_options(query.replace("$", "%24").replace("@", "%40")) == expected


@pytest.mark.parametrize("query", ["", "&", "&&", b""])
def test_nothing_asked_is_nothing_set(query: str | bytes) -> None:
    assert parse_options(query) == Options()


@pytest.mark.parametrize("name", ["$filter", "$FILTER", "$Filter", "%24filter", "%24Filter"])
def test_names_are_read_in_any_letter_case(name: str) -> None:
    assert parse_options(f"{name}=a").filter == "a"


def test_every_text_option_has_its_place() -> None:
    names = [
        "filter",
        "orderby",
        "select",
        "expand",
        "search",
        "compute",
        "apply",
        "format",
        "skiptoken",
        "id",
    ]
    names += ["deltatoken", "schemaversion"]
    options = parse_options("&".join(f"${name}={name.upper()}" for name in names))
    assert [getattr(options, name) for name in names] == [name.upper() for name in names]
    assert parse_options("$index=-3").index == -3


def test_names_without_a_dollar_count_only_where_the_host_says_so() -> None:
    assert parse_options("top=5&status=open").custom == {"top": ["5"], "status": ["open"]}
    bare = parse_options("top=5&status=open", bare=True)
    assert (bare.top, bare.custom) == (5, {"status": ["open"]})


@pytest.mark.parametrize(
    ("query", "sentence", "target"),
    [
        ("$top=-1", "$top must be a whole number from 0 to 2147483647, not '-1'.", "$top"),
        ("$top=", "$top must be a whole number from 0 to 2147483647, not ''.", "$top"),
        ("$skip=1.5", "$skip must be a whole number", "$skip"),
        ("$top=2147483648", "$top must be a whole number", "$top"),
        ("$top=" + "9" * 10_000, "$top must be a whole number", "$top"),
        ("$top=%D9%A3", "$top must be a whole number", "$top"),
        ("$top=%2B5", "$top must be a whole number", "$top"),
        ("$index=--5", "$index must be a whole number", "$index"),
        ("$count=1", "$count must be true or false, not '1'.", "$count"),
        ("$count", "The option $count has no value; write $count=….", "$count"),
        ("$top=1&$top=1", "The option $top is given more than once.", "$top"),
        ("$top=1&$Top=2", "The option $top is given more than once.", "$top"),
        ("@p=1&@p=2", "The parameter alias '@p' is given more than once.", "@p"),
        ("a=%zz", "'%zz' has an incomplete escape; write a percent sign as %25.", None),
        ("a=50%", "'50%' has an incomplete escape; write a percent sign as %25.", None),
        ("%=1", "'%' has an incomplete escape", None),
        ("a=%E9", "'%E9' is not UTF-8 once it is decoded.", None),
        ("a=%ED%A0%80", "'%ED%A0%80' is not UTF-8 once it is decoded.", None),
        ("a=%00", "The query string holds the character NUL", None),
        ("a%00b=1", "The query string holds the character NUL", None),
        ("a=\0", "The query string holds the character NUL", None),
        ("a=\ud800", "The query string is not UTF-8; percent-encode it.", None),
        (b"a=\xe9", "The query string is not UTF-8; percent-encode it.", None),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence(
    query: str | bytes, sentence: str, target: str | None
) -> None:
    with pytest.raises(InvalidOption) as caught:
        parse_options(query)
    assert caught.value.message.startswith(sentence)
    assert caught.value.target == target
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("$fliter=a", "Unknown query option '$fliter'; did you mean '$filter'?"),
        ("%24order=a", "Unknown query option '$order'; did you mean '$orderby'?"),
        ("$x=1", "Unknown query option '$x'."),
        ("$=1", "Unknown query option '$'."),
        ("$filter =a", "Unknown query option '$filter '; did you mean '$filter'?"),
        ("$levels=2", "Unknown query option '$levels'."),
        (f"${'x' * 10_000}=2", "Unknown query option '$xxx"),
    ],
)
def test_an_unknown_option_is_refused_with_a_suggestion(query: str, sentence: str) -> None:
    with pytest.raises(UnknownOption) as caught:
        parse_options(query)
    assert caught.value.message.startswith(sentence)


def test_too_long_and_too_many_are_limits() -> None:
    with pytest.raises(LimitExceeded, match="max_length is 16000") as caught:
        parse_options("$filter=" + "a" * 16_001)
    assert caught.value.target == "$filter"
    with pytest.raises(LimitExceeded, match="max_terms is 3"):
        parse_options("a=1&a=2&a=3&a=4", Limits(max_terms=3))


def test_mutated_query_strings_raise_nothing_but_odata_errors() -> None:
    generator = random.Random(7)
    seed = "$filter=a%20eq%20%27caf%C3%A9%27&$top=50&$count=true&@p=%27x%27&page=2&%24skip=3"
    pieces = [*"%&=$@+\0é\ud800", "%2", "%00", "%ff", "$top=", "&$", "$count", "%24"]
    for _ in range(2000):
        text = seed
        for _ in range(generator.randint(1, 4)):
            start = generator.randrange(len(text) + 1)
            text = text[:start] + generator.choice(pieces) + text[start + generator.randint(0, 3) :]
        try:
            parse_options(text, bare=generator.random() < 0.5)
        except ODataError:
            continue
