"""How large an expression may be, and that no size of it is more than refused."""

from __future__ import annotations

import inspect
import sys

import pytest

from odata.errors import LimitExceeded
from odata.limits import Limits
from odata.parser import parse_expand, parse_expression, parse_orderby, parse_select

DEEP = {
    "brackets": ("(", "a", ")"),
    "calls": ("f(", "a", ")"),
    "arrays": ("[", "1", "]"),
    "objects": ('{"a":', "1", "}"),
    "lambdas": ("x/any(y:", "y", ")"),
    "filters": ("x/$filter(", "a", ")"),
    "counts": ("x/$count($filter=", "a", ")"),
    "casts": ("cast(", "a", ",Edm.String)"),
    "cases": ("case(", "a", ":1)"),
    "negations": ("not ", "a", ""),
    "signs": ("- ", "a", ""),
    "paths": ("a/", "a", ""),
    "sums": ("1 add ", "1", ""),
    "comparisons": ("a eq ", "1", ""),
    "lists": ("a in (", "1", ")"),
}


@pytest.mark.parametrize("kind", DEEP)
@pytest.mark.parametrize("times", [200, 900])
def test_deep_nesting_is_a_limit_and_not_a_crash(kind: str, times: int) -> None:
    before, inner, after = DEEP[kind]
    with pytest.raises(LimitExceeded, match="max_depth") as caught:
        parse_expression((before * times + inner + after * times)[:16_000])
    assert caught.value.position is not None


@pytest.mark.parametrize("word", ["or", "and"])
def test_a_thousand_terms_parse_and_more_are_a_limit(word: str) -> None:
    parse_expression(f" {word} ".join(["a eq 1"] * 1000))
    with pytest.raises(LimitExceeded, match="max_terms"):
        parse_expression(f" {word} ".join(["a"] * 2000))


def test_items_of_lists_count_as_terms() -> None:
    parse_expression(f"a in ({','.join('1' * 999)})")
    with pytest.raises(LimitExceeded, match="max_terms"):
        parse_expression(f"a in ({','.join('1' * 1000)})")
    with pytest.raises(LimitExceeded, match="max_terms"):
        parse_orderby(",".join("a" * 1001))
    for parse in (parse_select, parse_expand):
        with pytest.raises(LimitExceeded, match="max_terms"):
            parse(",".join("a" * 1001))


@pytest.mark.parametrize("kind", [kind for kind, (_, _, after) in DEEP.items() if after])
def test_the_deepest_text_that_is_allowed_leaves_room_on_the_stack(kind: str) -> None:
    before, inner, after = DEEP[kind]
    chain = "a or b and c eq d gt e add f mul "
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 400)
    try:
        with pytest.raises(LimitExceeded):
            parse_expression((chain + before) * 33 + inner + after * 33, Limits())
    finally:
        sys.setrecursionlimit(limit)
