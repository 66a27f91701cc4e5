"""Numbers whose exponent is beyond all reason: a client's mistake at every door."""

from __future__ import annotations

import pytest

from tests.firms import Workplace

DOORS = {
    "/odata/v4/Matters": ("name", "hourly_rate", "number"),
    "/api/v2/matters": ("name", "hourly_rate", "number"),
    "/api/project": ("name", "hourlyRate", "number"),
}
NUMBERS = ("1e400", "1e1000001", "1e999999999", "-1e999999999", "1e999999999999999999999")


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("door", DOORS)
def test_a_number_in_a_body_is_refused(workplace: Workplace, door: str, number: str) -> None:
    name, *fields = DOORS[door]
    for field in fields:
        body = f'{{"{name}": "Doe", "{field}": {number}}}'
        answer = workplace.request("POST", door, data=body, content_type="application/json")
        assert answer.status_code == 400, (field, answer.text)


@pytest.mark.parametrize("number", [*NUMBERS, "1e-999999999", "0e999999999"])
@pytest.mark.parametrize("door", DOORS)
def test_a_number_in_a_filter_never_breaks_the_service(workplace: Workplace, door: str, number: str) -> None:
    for field in DOORS[door][1:]:
        answer = workplace.get(door, query_string={"$filter": f"{field} gt {number}"})
        assert answer.status_code in (200, 400), (field, answer.text)
