"""Parameter aliases, on both databases."""

from __future__ import annotations

import pytest

from odata.errors import ODataError
from tests.odata.library import Library

FOUND = [
    ("pages eq @p", {"@p": "100"}, [1, 2]),
    ("@p eq pages", {"@p": "100"}, [1, 2]),
    ("pages eq @p", {"@p": "null"}, [4]),
    ("is_lent eq @p", {"@p": "false"}, [2, 5]),
    ("price eq @p and pages eq @q", {"@p": "1.1", "@q": "100"}, [1]),
    ("price gt @p and pages gt @p", {"@p": "9"}, [6]),
    ("title eq @p", {"@p": "'It''s'"}, [5]),
    ("code eq @p", {"@p": "00000000-0000-0000-0000-000000000003"}, [3]),
    ("lent_at eq @p", {"@p": "2026-01-31T23:30:00Z"}, [1]),
    ("lent_at add @p eq 2026-02-01T00:00:00Z", {"@p": "duration'PT30M'"}, [1]),
    ("pages eq @p", {"@p": "50 add 50"}, [1, 2]),
    ("title eq @p", {"@p": "note"}, []),
    ("contains(title,@p)", {"@p": "'off'"}, [1, 2]),
    ("year(@p) eq 2024 and pages eq 7", {"@p": "2024-02-29"}, [5]),
    ("matchesPattern(title,@p)", {"@p": "'^5'"}, [1, 2]),
    ("pages in @p", {"@p": "[7,250]"}, [3, 5, 6]),
    ("title in @p", {"@p": '["It\'s","ÉTÉ"]'}, [4, 5]),
    ("pages in (@p,@q)", {"@p": "7", "@q": "250"}, [3, 5, 6]),
    ("7 in @p", {"@p": "[7,250]"}, [1, 2, 3, 4, 5, 6]),
    ("reviews/any(r:r/stars eq @p)", {"@p": "5"}, [1, 2]),
    ("pages eq 7", {"@unused": "1"}, [5]),
]


@pytest.mark.parametrize(("text", "aliases", "expected"), FOUND)
def test_an_alias_stands_for_its_value(
    library: Library, text: str, aliases: dict[str, str], expected: list[int]
) -> None:
    assert library.ids(filter=text, **aliases) == expected


def test_a_plan_is_kept_for_all_values_of_an_alias(library: Library) -> None:
    assert library.ids(filter="pages eq @p", **{"@p": "7"}) == [5]
    known = len(library.queries._plans)
    assert library.ids(filter="pages eq @p", **{"@p": "250"}) == [3, 6]
    assert len(library.queries._plans) == known


def test_an_alias_in_orderby(library: Library) -> None:
    assert library.ids(orderby="pages mul @p,id desc", **{"@p": "-1"}) == [4, 6, 3, 2, 1, 5]


REFUSED = [
    ("pages eq @p", {"@p": "'x'"}, "Expected Edm.Int32, found Edm.String"),
    ("pages eq @p", {"@p": "@q", "@q": "1"}, "has no value"),
    ("pages eq @p", {"@p": "1 +"}, ""),
    ("pages eq @p", {"@p": "1e99"}, "has more than 60 digits"),
    ("pages eq @p", {"@p": '{"a":1}'}, "Objects as values of aliases are not supported."),
    (" or ".join(["pages eq @p"] * 21), {"@p": "1 add 1"}, "used more than 20 times"),
]


@pytest.mark.parametrize(("text", "aliases", "message"), REFUSED)
def test_a_value_that_does_not_fit_is_refused(
    library: Library, text: str, aliases: dict[str, str], message: str
) -> None:
    with pytest.raises(ODataError) as refusal:
        library.ids(filter=text, **aliases)
    assert message in refusal.value.message
    assert refusal.value.status in (400, 501)
