"""Fifty who make numbered records at the same moment get fifty numbers that follow each other."""

from __future__ import annotations

import pytest

from tests.contract.samples import SAMPLES
from tests.firms import Workplace
from tests.parallel import in_threads

HOW_MANY = 50
NUMBERED = [
    ("v2", "accounts"),
    ("v2", "matters"),
    ("v2", "payments"),
    ("v1", "invoice"),
]


@pytest.mark.parametrize(("door", "path"), NUMBERED)
def test_parallel_creates_count_on_without_gap_or_double(workplace: Workplace, door: str, path: str) -> None:
    body = SAMPLES[door, path](workplace)
    address = f"/api/v2/{path}" if door == "v2" else f"/api/{path}"
    first = workplace.ok("POST", address, json=body)["number"]
    answers = in_threads(lambda index: workplace.request("POST", address, json=body), HOW_MANY)
    assert [answer.status_code for answer in answers] == [200] * HOW_MANY
    numbers = [answer.get_json()["number"] for answer in answers]
    assert sorted(numbers) == list(range(first + 1, first + 1 + HOW_MANY))
