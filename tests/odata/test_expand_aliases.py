"""Parameter aliases within $expand: those of the query, and those that an item gives values to itself."""

from __future__ import annotations

import pytest

from odata.errors import ODataError
from tests.odata.library import SHAPE, Library

WITH_ALIASES: list[tuple[str, dict[str, str], list[int]]] = [
    ("reviews($filter=stars eq @p)", {"@p": "5"}, [1]),
    ("reviews($filter=stars eq @p)", {"@p": "1"}, [2]),
    ("reviews($filter=stars in @p)", {"@p": "[1,5]"}, [1, 2]),
    ("reviews($filter=stars eq @p and id lt @q)", {"@p": "5", "@q": "1"}, []),
    ("reviews($filter=stars gt @p)", {"@p": "id"}, [1]),
    ("reviews($orderby=stars mul @p)", {"@p": "-1"}, [1, 2]),
    ("reviews($orderby=stars mul @p)", {"@p": "1"}, [2, 1]),
    # A value within the parentheses holds there, rather than one that stands outside.
    ("reviews($filter=stars eq @p;@p=1)", {}, [2]),
    ("reviews(@p=1;$filter=stars eq @p)", {"@p": "5"}, [2]),
    ("reviews($filter=stars eq @p and text eq @q;@q='bad')", {"@p": "1"}, [2]),
]


@pytest.mark.parametrize(("text", "aliases", "found"), WITH_ALIASES)
def test_options_take_parameter_aliases(
    library: Library, text: str, aliases: dict[str, str], found: list[int]
) -> None:
    [row] = library.rows(SHAPE, filter="id eq 1", expand=text, **aliases)
    assert [each["id"] for each in row["reviews"]] == found


def test_an_alias_means_the_same_at_every_level_that_does_not_give_it_another_value(library: Library) -> None:
    inner = "$expand=reader($expand=books($select=id;$filter=id le @p))"
    text = f"reviews($select=id;$filter=stars eq @p;@p=1;{inner})"
    [row] = library.rows(SHAPE, filter="id eq @p", expand=text, **{"@p": "1"})
    assert [(each["id"], each["reader"]["books"]) for each in row["reviews"]] == [(2, [{"id": 1}])]


def test_a_plan_is_kept_for_all_values_of_an_alias_in_expand(library: Library) -> None:
    for index, (stars, found) in enumerate((("5", [1]), ("1", [2]), ("5", [1]))):
        known = len(library.queries._plans)
        [row] = library.rows(
            SHAPE,
            filter="id eq 1",
            expand="reviews($filter=stars lt @z add 1 and stars ge @z)",
            **{"@z": stars},
        )
        assert [each["id"] for each in row["reviews"]] == found
        assert len(library.queries._plans) == known + (index == 0)


@pytest.mark.parametrize(
    ("text", "aliases", "sentence"),
    [
        ("reviews($filter=stars eq @p)", {}, "The parameter alias '@p' at position 9 has no value."),
        ("reviews($filter=stars eq @p)", {"@p": "'x'"}, "Expected Edm.Int32, found Edm.String"),
        ("reviews($filter=stars eq @p;@p='x')", {}, "Expected Edm.Int32, found Edm.String"),
        ("reviews($filter=stars eq @p;@p=1 add)", {}, "Expected a value"),
        ("reviews($filter=stars eq @p;@p=1e99)", {}, "has more than 60 digits"),
        ("reviews($filter=stars eq @p;@p=1;@p=2)", {}, "stands twice"),
    ],
)
def test_aliases_that_do_not_fit_are_refused(
    library: Library, text: str, aliases: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ODataError) as caught:
        library.rows(SHAPE, expand=text, **aliases)
    assert sentence in caught.value.message
    assert caught.value.status == 400
