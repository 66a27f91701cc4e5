"""The scopes of the API, and how people read them."""

from __future__ import annotations

import pytest

from app.api.resources import RESOURCES
from app.services.scopes import AREAS, CATALOGUE, in_words


def test_every_area_of_the_resource_table_has_words_and_no_other() -> None:
    assert list(AREAS) == sorted({resource.area for resource in RESOURCES} | {"webhooks"})


def test_every_scope_reads_as_a_sentence() -> None:
    for scope in CATALOGUE.scopes:
        ((verbs, objects),) = in_words(scope)
        assert verbs[0].isupper()
        assert objects.endswith(".")


@pytest.mark.parametrize(
    ("scope", "lines"),
    [
        ("full read matters:read", 1),
        ("read matters:read", 1),
        ("read matters:write", 2),
        ("matters:read matters:write", 2),
        ("", 0),
    ],
)
def test_what_another_line_contains_is_left_out(scope: str, lines: int) -> None:
    assert len(in_words(scope)) == lines
