"""How errors are worded, and what they carry."""

from __future__ import annotations

import pytest

from odata.errors import NotSupported, ODataError, SyntaxProblem, excerpt, suggest


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("hour", "; did you mean 'hours'?"),
        ("HOURS", "; did you mean 'hours'?"),
        ("xyz", "."),
        ("h" * 10_000, "."),
    ],
)
def test_a_similar_name_is_suggested(name: str, ending: str) -> None:
    assert suggest(name, ["hours", "date", "description"]) == ending


def test_a_quotation_is_short_and_visible() -> None:
    assert excerpt("a\nb") == "'aU+000Ab'"
    assert excerpt("'x'") == "'x'"
    assert len(excerpt("a" * 1000)) == 42


def test_an_error_carries_its_place_and_status() -> None:
    error = SyntaxProblem("No.", position=3, target="$filter")
    assert (error.message, error.position, error.target, error.status) == ("No.", 3, "$filter", 400)
    assert NotSupported("No.").status == 501
    assert isinstance(error, ODataError)
