"""$select and $expand: which items they hold, and which they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from odata.errors import InvalidOption, LimitExceeded, ODataError, SyntaxProblem, UnknownOption
from odata.parser import ExpandItem, SelectItem, parse_expand, parse_select


def test_select_items_are_paths_with_options_kept_as_text() -> None:
    text = "id, matter_ref/display_name,*,Ns.*,a/Ns.T/b,@N.t,Address($select=Street,City;$top=1) ,f(x,y)"
    assert [(item.path, item.options) for item in parse_select(text)] == [
        (("id",), None),
        (("matter_ref", "display_name"), None),
        (("*",), None),
        (("Ns.*",), None),
        (("a", "Ns.T", "b"), None),
        (("@N.t",), None),
        (("Address",), "$select=Street,City;$top=1"),
        (("f",), "x,y"),
    ]
    for item in parse_select(text):
        assert text[item.position :].startswith(item.path[0])


def test_expand_items_know_their_options_by_name() -> None:
    text = (
        "Items($select=Q;$EXPAND=P($select=N,P);top=5;@c=15), Customer/$ref,x/$count(filter=n eq 'H;)'),a/b"
    )
    items = parse_expand(text)
    assert items[0].path == ("Items",)
    assert items[0].options == {"select": "Q", "expand": "P($select=N,P)", "top": "5", "@c": "15"}
    assert (items[1].path, items[1].ref, items[1].count_only) == (("Customer",), True, False)
    assert (items[2].path, items[2].ref, items[2].count_only) == (("x",), False, True)
    assert items[2].options == {"filter": "n eq 'H;)'"}
    assert items[3] == ExpandItem(("a", "b"), {}, text.index("a/b"))
    for item in items:
        for name, value in item.options.items():
            assert text[item.option_positions[name] :].startswith(value)


def test_stars_expand_everything() -> None:
    assert [
        (item.path, item.ref, item.options) for item in parse_expand("*,*/$ref,a/*,*($levels=MAX),$value")
    ] == [
        (("*",), False, {}),
        (("*",), True, {}),
        (("a", "*"), False, {}),
        (("*",), False, {"levels": "MAX"}),
        (("$value",), False, {}),
    ]


def test_empty_parentheses_hold_no_options() -> None:
    assert parse_expand("a()") == [ExpandItem(("a",), {}, 0)]
    assert parse_select("a()") == [SelectItem(("a",), "", 0)]


@pytest.mark.parametrize("parse", [parse_select, parse_expand])
@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0), (",a", 0), ("a,", 2), ("a,,b", 2), ("a b", 0), ("a/", 2), ("a//b", 2), ("$x", 0), ("1a", 0),
        ("a(", 2), ("a)", 1), ("a(b]", 3), ("a(')", 2), ('a(")', 2), ("a()b", 4), ("a(b)(c", 6),
        ("*/a", 0), ("a.*/b", 0),
    ],
)  # fmt: skip
def test_what_is_no_list_of_paths_is_refused_with_its_place(parse: Any, text: str, position: int) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        parse(text)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("text", "error", "sentence"),
    [
        (
            "a($fliter=b)",
            UnknownOption,
            "The option '$fliter' at position 2 cannot be used there; did you",
        ),
        ("a($format=b)", UnknownOption, "The option '$format' at position 2 cannot be used there."),
        ("a/$ref($levels=4)", UnknownOption, "The option '$levels' at position 7"),
        ("a/$ref($select=b)", UnknownOption, "The option '$select' at position 7"),
        ("a/$count($top=1)", UnknownOption, "The option '$top' at position 9"),
        ("*($top=1)", UnknownOption, "The option '$top' at position 2"),
        ("*/$ref($top=1)", UnknownOption, "The option '$top' at position 7"),
        ("a/$count(@p=1)", UnknownOption, "The option '@p' at position 9"),
        ("a($top=1;top=2)", InvalidOption, "The option 'top' stands twice, again at position 9."),
        ("a($levels=0)", InvalidOption, "$levels at position 2 must be a positive number or 'max', not '0'."),
        ("a(top)", SyntaxProblem, "Expected an option such as $top=5 at position 2."),
        ("a($top=1;)", SyntaxProblem, "Expected an option such as $top=5 at position 9."),
        ("*/$count", SyntaxProblem, "Expected a property at position 0"),
        ("Ns.*", SyntaxProblem, "'Ns.*' cannot be expanded."),
        ("$ref", SyntaxProblem, "'$ref' cannot be expanded."),
    ],
)
def test_expand_refuses_options_that_do_not_belong(text: str, error: type[ODataError], sentence: str) -> None:
    with pytest.raises(error) as caught:
        parse_expand(text)
    assert caught.value.message.startswith(sentence)


@pytest.mark.parametrize("parse", [parse_select, parse_expand])
@pytest.mark.parametrize("text", ["a($expand=" * 1000 + "a" + ")" * 1000, "(" * 5000, "a" * 16_001])
def test_depth_and_length_are_limited(parse: Any, text: str) -> None:
    with pytest.raises(LimitExceeded):
        parse(text)
