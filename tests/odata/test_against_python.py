"""Random typed filters find on both databases what a plain Python evaluation of the same tree finds.

`ODATA_EXAMPLES` in the environment says how many; 300 unless it does.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, example, given, reject, settings

from odata.errors import LimitExceeded
from odata.parser import parse_expression
from tests.odata.filters_of_numbers import NUMBERS
from tests.odata.library import Library
from tests.odata.random_filters import filters
from tests.odata.reference_evaluation import found

EXAMPLES = int(os.environ.get("ODATA_EXAMPLES", "300"))


@settings(
    max_examples=EXAMPLES,
    derandomize="ODATA_EXAMPLES" not in os.environ,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(filters())
@example("(title in words)")
def test_a_random_filter_finds_what_python_finds(library: Library, text: str) -> None:
    try:
        answer = library.ids(filter=text)
    except LimitExceeded:
        reject()  # SQLite reads fewer brackets than we do
    assert answer == found(parse_expression(text).root)


def test_the_evaluation_agrees_with_what_was_worked_out_by_hand() -> None:
    skipped = ("INF",)
    agreeing = [text for text, _ in NUMBERS if not any(word in text for word in skipped)]
    assert len(agreeing) > 80
    for text, expected in NUMBERS:
        if text in agreeing:
            assert found(parse_expression(text).root) == expected, text
