"""$levels: an expansion that goes on along the same navigation property."""

from __future__ import annotations

from typing import Any

import pytest

from odata.errors import ODataError
from tests.odata.library import SHAPE, Library


def _names(person: Any, way: str) -> Any:
    """The names along a way, as far as it is expanded: `[name, [name, …]]`, or a list of such of a collection."""
    if isinstance(person, list):
        return [_names(each, way) for each in person]
    return person and [person["id"], *([_names(person[way], way)] if way in person else [])]


LEVELS: list[tuple[str, str, Any]] = [
    ("mentor", "mentor", [3, [2]]),
    ("mentor($levels=1)", "mentor", [3, [2]]),
    ("mentor($levels=2)", "mentor", [3, [2, [1]]]),
    ("mentor($levels=3)", "mentor", [3, [2, [1, None]]]),
    ("mentor($levels=max)", "mentor", [3, [2, [1, None]]]),
    ("mentor($levels=MAX;$select=id)", "mentor", [3, [2, [1, None]]]),
]


@pytest.mark.parametrize(("text", "way", "found"), LEVELS)
def test_levels_repeat_an_expansion(library: Library, text: str, way: str, found: Any) -> None:
    [row] = library.rows(SHAPE, filter="id eq 5", expand=f"author($expand={text})")
    assert _names(row["author"], way) == found


PUPILS: list[tuple[str, Any]] = [
    ("pupils($levels=1)", [1, [[2]]]),
    ("pupils($levels=2)", [1, [[2, [[3]]]]]),
    ("pupils($levels=max)", [1, [[2, [[3]]]]]),
    ("pupils($levels=2;$filter=id ne 3)", [1, [[2, []]]]),
    ("pupils($levels=2;$filter=id ne @p;@p=3)", [1, [[2, []]]]),
    ("pupils($levels=2;$filter=id ne 2)", [1, []]),
    ("pupils($levels=2;$top=0)", [1, []]),
]


@pytest.mark.parametrize(("text", "found"), PUPILS)
def test_the_options_of_a_collection_hold_on_all_its_levels(library: Library, text: str, found: Any) -> None:
    [row] = library.rows(SHAPE, filter="id eq 1", expand=f"author($expand={text})")
    assert _names(row["author"], "pupils") == found


def test_what_else_is_expanded_is_expanded_on_all_levels(library: Library) -> None:
    text = "mentor($levels=2;$select=name;$expand=books($select=id;$filter=id lt @p;$count=true))"
    [row] = library.rows(SHAPE, filter="id eq 5", expand=f"author($select=id;$expand={text})", **{"@p": "4"})
    second = {"name": "Ada", "books": [{"id": 1}, {"id": 2}], "books@odata.count": 2}
    first = {"name": "Émile", "books": [{"id": 3}], "books@odata.count": 1, "mentor": second}
    assert row["author"] == {"id": 3, "mentor": first}


NO_LEVELS: list[tuple[str, str]] = [
    ("author($levels=2)", "$levels is for what leads to more of its own kind, and 'author' does not."),
    ("author($levels=max)", "$levels is for what leads to more of its own kind, and 'author' does not."),
    ("author($expand=mentor($levels=5))", "$expand is nested deeper than max_expand, which is 5."),
    ("author($expand=mentor($levels=999999999))", "$expand is nested deeper than max_expand, which is 5."),
    ("author($expand=pupils($levels=3))", "'pupils' at position 0 is a collection inside 2 others"),
    ("author($levels=0)", "$levels at position 7 must be a positive number or 'max', not '0'."),
]


@pytest.mark.parametrize(("text", "sentence"), NO_LEVELS)
def test_levels_that_cannot_be_are_refused(library: Library, text: str, sentence: str) -> None:
    with pytest.raises(ODataError) as caught:
        library.rows(SHAPE, expand=text)
    assert sentence in caught.value.message
    assert caught.value.status == 400
