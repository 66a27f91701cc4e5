"""`if` in a JSON batch: a request whose condition does not hold is left out, and that is no error."""

from __future__ import annotations

import pytest

from tests.api.odata_writes.batches import ask, run, statuses
from tests.firms import Workplace

ITEM = {"name": "Advice", "rate": 5}


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("$1/$succeeded", 200),
        ("not $1/$succeeded", 424),
        ("$2/$succeeded", 424),
        ("not $2/$succeeded", 200),
        ("$1/$succeeded and not ($2/$succeeded or false)", 200),
        ("$2/$succeeded or not not true", 200),
        ("$1/name eq 'x'", 501),
        ("$9/$succeeded", 501),
        ("(" * 500, 501),
        ("$1/$succeeded and", 501),
        (")", 501),
    ],
)
def test_conditions(workplace: Workplace, condition: str, status: int) -> None:
    responses = run(
        workplace,
        ask("1", "post", "Items", ITEM),
        ask("2", "post", "Items", {}),
        ask("3", "get", "Items", **{"if": condition, "dependsOn": ["1", "2"]}),
        goes_on=True,
    )
    assert statuses(responses)["3"] == status


def test_what_is_skipped_is_no_error(workplace: Workplace) -> None:
    responses = run(
        workplace,
        ask("1", "post", "Items", ITEM),
        ask("2", "post", "Items", ITEM, **{"if": "not $1/$succeeded"}),
        ask("3", "get", "Items/$count"),
    )
    assert statuses(responses) == {"1": 201, "2": 424, "3": 200}


def test_a_group_that_is_skipped_is_no_error(workplace: Workplace) -> None:
    responses = run(
        workplace,
        ask("1", "post", "Items", ITEM),
        ask("2", "post", "Items", ITEM, atomicityGroup="g"),
        ask("3", "post", "Items", ITEM, atomicityGroup="g", **{"if": "not $1/$succeeded"}),
        ask("4", "get", "Items/$count"),
        ask("5", "get", "$2"),
    )
    assert statuses(responses) == {"1": 201, "2": 424, "3": 424, "4": 200, "5": 404}
    assert responses[3]["body"] == "1"


def test_a_group_that_fails_still_stops_the_batch(workplace: Workplace) -> None:
    responses = run(
        workplace,
        ask("1", "post", "Items", ITEM, atomicityGroup="g"),
        ask("2", "post", "Items", {}, atomicityGroup="g"),
        ask("3", "get", "Items/$count"),
    )
    assert statuses(responses) == {"1": 424, "2": 400}
