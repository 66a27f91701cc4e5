"""$apply, $compute and $search at every door, with its own names; sums and averages are exact."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.odata.conftest import Practice

DRAFTS = ("Draft, long", "draft", "draft")
RESULTS: list[tuple[str, list[dict[str, Any]]]] = [
    ("$apply=aggregate(hours with sum as total,$count as n)", [{"total": 19.0, "n": 8}]),
    ("$apply=aggregate(hours mul rate with sum as earned)", [{"earned": 687.6475}]),
    ("$apply=aggregate(hours with average as mean,rate with max as top)", [{"mean": 2.375, "top": 100.0}]),
    (
        "$apply=groupby((matter/account/display_name),aggregate(hours with sum as total))"
        "/compute(total mul 2 as twice)&$select=total,twice",
        [{"total": 19.0, "twice": 38.0}],
    ),
    (
        "$apply=groupby((hours),aggregate($count as n))&$filter=n gt 1 and hours lt 3&$orderby=hours desc",
        [{"hours": 1.5, "n": 3}, {"hours": 0.25, "n": 2}],
    ),
    ("$apply=topcount(1,hours)&$select=hours", [{"hours": 8.0}]),
    ("$search=draft&$select=description&$orderby=hours", [{"description": t} for t in DRAFTS]),
    (
        "$compute=hours mul rate as earned&$filter=earned gt 200&$select=earned,hours",
        [{"hours": 3.0, "earned": 300.0}],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("query", "found"), RESULTS)
def test_the_strict_door(practice: Practice, query: str, found: list[dict[str, Any]]) -> None:
    rows = practice.rows(f"TimeEntries?{query}")
    assert [{k: v for k, v in row.items() if "@" not in k} for row in rows] == found


def test_the_context_names_what_was_made(practice: Practice) -> None:
    answer = practice.ok(
        "TimeEntries?$apply=groupby((matter/name),aggregate(hours with sum as total))&$count=true"
    )
    assert answer["@odata.context"].endswith("#TimeEntries(matter(name),total)")
    assert answer["@odata.count"] == 1
    assert [row["total"] for row in answer["value"]] == [19.0]


def test_pages_of_groups_join_up(practice: Practice, small_pages: None) -> None:
    query = "TimeEntries?$apply=groupby((hours,rate),aggregate($count as n))"
    pages = practice.pages(f"{query}&$orderby=n desc")
    assert len(pages) > 1
    rows = [(row["hours"], row["rate"], row["n"]) for page in pages for row in page["value"]]
    assert len(set(rows)) == len(rows)
    assert sum(number for *_, number in rows) == 8


DOORS = [
    ("/api/v2/timeentries", "matter_ref/display_name", "matter_ref"),
    ("/api/timeentry", "project/account/name", "project"),
]


@pytest.mark.parametrize(("address", "path", "first"), DOORS)
def test_the_published_doors_have_names_of_their_own(
    practice: Practice, address: str, path: str, first: str
) -> None:
    answer = practice.place.get(f"{address}?$apply=groupby(({path}),aggregate(hours with sum as total))")
    assert answer.status_code == 200, answer.text
    rows = answer.get_json()
    rows = rows if isinstance(rows, list) else next(v for v in rows.values() if isinstance(v, list))
    assert [set(row) for row in rows] == [{first, "total"}]
    found = practice.place.get(f"{address}?$search=draft")
    assert found.status_code == 200
