"""Queries that somebody once broke the server or its arithmetic with."""

from __future__ import annotations

import pytest

from tests.contract.samples import account, time_entry
from tests.firms import Workplace


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("total le rate", 0),
        ("total gt rate", 1),
        ("rate in (total)", 0),
        ("total in (rate,300)", 1),
        ("hours eq length('ab')", 1),
        ("hours in (length('ab'),7)", 1),
        ("length('ab') eq hours", 1),
        ("hours gt matter/number", 1),
        ("matter/number lt hours", 1),
        ("hours ge second(2025-01-01T00:00:59.9Z)", 0),
        ("hours lt length(description)", 1),
        ("matter/time_entries/any(t:t/hours gt $it/matter/number)", 1),
        ("length(description) gt 1.5", 1),
        ("length(description) in (5,1.5)", 1),
        ("null in (1.5,null)", 1),
        ("year(null) eq 1", 0),
        ("year(null) eq null", 1),
        ("startswith(description,null)", 0),
        ("null ge 11111111-1111-4111-8111-111111111111", 0),
        ("11111111-1111-4111-8111-111111111111 ne null", 1),
        ("2026-01-01T00:00:00Z lt now()", 1),
    ],
)
def test_a_filter_finds(workplace: Workplace, text: str, found: int) -> None:
    body = {**time_entry(workplace), "hours": 2, "rate": 150, "description": "Draft"}
    workplace.ok("POST", "/api/v2/timeentries", json=body)
    query = {"$filter": text, "$count": "true"}
    assert workplace.list("/odata/v4/TimeEntries", **query)["@odata.count"] == found


@pytest.mark.parametrize("order", ["null", "true desc", "null,hours", "length('a')", "now()"])
def test_an_order_by_nothing(workplace: Workplace, order: str) -> None:
    assert workplace.get(f"/odata/v4/TimeEntries?$orderby={order}").status_code in (200, 501)


def test_the_largest_number_does_not_stop_the_others(workplace: Workplace) -> None:
    largest = 2**31 - 1
    workplace.ok("POST", "/api/v2/accounts", json={**account(workplace), "number": largest})
    workplace.ok("POST", "/api/v2/accounts", json={**account(workplace), "number": 1})
    numbers = [workplace.ok("POST", "/api/v2/accounts", json=account(workplace))["number"] for _ in range(2)]
    assert numbers == [2, 3]


def test_a_list_that_is_too_long_is_refused_at_once(workplace: Workplace) -> None:
    for name in ("other_contacts", "assigned_to_users", "tags"):
        body = {**account(workplace), name: [{}] * 100_000}
        answer = workplace.request("POST", "/api/v2/accounts", json=body)
        assert answer.get_json()["modelState"] == {name: ["Longer than maximum length 1000."]}


@pytest.mark.parametrize("option", ["$apply=nest(identity as x)", "$index=1"])
def test_what_is_not_supported_is_refused_when_the_plan_is_known_too(
    workplace: Workplace, option: str
) -> None:
    for address in ("/api/v2/matters?$top=3", "/odata/v4/Matters?$top=3"):
        assert workplace.get(address).status_code == 200
        assert workplace.get(f"{address}&{option}").status_code == 501
