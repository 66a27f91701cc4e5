"""Mutated texts of $apply, $compute and $search, carried out: rows or an error of the engine's own."""

from __future__ import annotations

import random

import pytest

from odata.errors import ODataError
from tests.odata.library import SHAPE, Library

SEEDS = [
    "filter(pages gt 50 and price lt 9.5)/groupby((author/name,is_lent),aggregate(price with sum as s,$count as n))",
    "groupby((rollup(author/name,pages)),aggregate(price with average as a))/filter(a gt 1)/orderby(a desc)/top(3)",
    "concat(topcount(2,price),aggregate(price with sum as total,reviews/stars with max as m))",
    "compute(price mul 2 as twice,length(title) as l)/groupby((l),topsum(1.5,twice)/aggregate(twice with min as t))",
    "groupby((author),concat(aggregate($count as n),bottompercent(50,pages)))/skip(1)",
    'search("50%" OR straße NOT off)/groupby((editor/name,title))/aggregate(title with countdistinct as t)',
    "orderby(author/name desc,id)/skip(1)/top(2)/identity/aggregate(author/books/price with average as x)",
]
ROUNDS = 300
PIECES = [
    *"()/,'$@.:-", "groupby((", "aggregate(", " with sum as x", "$count", " as ", "concat(", "identity", "filter(",
    "reviews", "author", "name", "null", "1", "-1", "1e9", "9999999999999999999999", "'a'", "rollup(", "top(2)", "x",
    "pages", "price", " mul ", " div 0", " divby ", " add ", "topcount(1,", "2026-01-31", "duration'P1D'", "é", "\0",
    "cast(title,Edm.Int32)", "now()", "case(true:1)", "not ", " in (1,2)", "any()", "compute(", "search(",
]  # fmt: skip


def mutated(generator: random.Random) -> str:
    text = generator.choice(SEEDS)
    for _ in range(generator.randint(1, 3)):
        start = generator.randrange(len(text) + 1)
        end = min(len(text), start + generator.choice([0, 0, 1, 4, 10, 25]))
        other = generator.choice(SEEDS)
        cut = generator.randrange(len(other))
        middle = generator.choice([generator.choice(PIECES), "", other[cut : cut + generator.randint(3, 40)]])
        text = text[:start] + middle + text[end:]
    return text


def outcome(library: Library, option: str, text: str) -> ODataError | None:
    try:
        library.rows(SHAPE, **{option: text})
    except ODataError as error:
        return error
    return None


@pytest.mark.parametrize("option", ["apply", "compute", "search"])
def test_mutated_texts_give_rows_or_an_odata_error(library: Library, option: str) -> None:
    generator = random.Random(option)
    carried_out = 0
    for _ in range(ROUNDS):
        text = mutated(generator)
        if option == "compute":
            text = text.replace("filter(", "(").partition("/groupby")[0] + " as y"
        found = outcome(library, option, text)
        carried_out += found is None
        assert found is None or found.status in (400, 501), text
        assert found is None or found.message.endswith((".", "?")), text
    assert carried_out > 10 or option == "compute"
