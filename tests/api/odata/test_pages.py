"""Next links: every row once, in the order of the whole list, whatever the order is."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from app.extensions import Database
from odata import runner
from tests.api.odata.conftest import ENTRIES, ROOT, Practice
from tests.databases import on_sqlite

pytestmark = pytest.mark.usefixtures("small_pages")

ORDERS = [
    "",
    "id desc",
    "hours",
    "hours desc",
    "description",
    "description desc",
    "rate desc,description",
    "description desc,hours,rate desc",
    "hours desc,description desc,id desc",
    "date,hours",
    "matter/name,description",
    "matter/close_date desc,hours desc",
    "length(description) desc",
    "is_billable,rate",
    "billed_by_user_id,created_at desc",
]


@pytest.mark.parametrize("order", ORDERS)
def test_pages_join_up_to_the_whole_list(practice: Practice, order: str) -> None:
    sort = f"$orderby={order}&" if order else ""
    whole = practice.ok(
        f"Matters({{M}})?$expand=time_entries({sort[:-1]})" if order else "TimeEntries?$top=3"
    )
    pages = practice.pages(f"TimeEntries?{sort}$select=id,description")
    assert [len(page["value"]) for page in pages] == [3, 3, 2]
    ids = [row["id"] for page in pages for row in page["value"]]
    assert len(set(ids)) == len(ENTRIES)
    if order:
        assert ids == [row["id"] for row in whole["time_entries"]]
    else:
        assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("query", "sizes"),
    [
        ("$top=2", [2]),
        ("$top=3", [3]),
        ("$top=4", [3, 1]),
        ("$top=6", [3, 3]),
        ("$top=7&$orderby=hours desc", [3, 3, 1]),
        ("$top=100", [3, 3, 2]),
        ("$top=0", [0]),
        ("$skip=1", [3, 3, 1]),
        ("$skip=5", [3]),
        ("$skip=100", [0]),
        ("$skip=2&$top=4&$orderby=description", [3, 1]),
        ("$filter=hours eq 1.5", [3]),
        ("$filter=hours gt 1&$orderby=rate", [3, 3]),
        ("skip=6&top=9", [2]),
    ],
)
def test_top_and_skip_are_for_the_whole_list(practice: Practice, query: str, sizes: list[int]) -> None:
    pages = practice.pages(f"TimeEntries?{query}&$count=true")
    assert [len(page["value"]) for page in pages] == sizes
    wanted = int(practice.get(f"TimeEntries/$count?{query}").text)
    assert {page["@odata.count"] for page in pages} == {wanted}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("$filter=hours gt 1", 6),
        ("$filter=matter/account/number eq 1&$orderby=matter/name&$skip=1", 8),
        ("$apply=groupby((hours))", 4),
        ("$search=draft&$expand=matter($expand=time_entries)", 3),
    ],
)
def test_the_count_comes_with_the_page_where_the_database_is_elsewhere(
    practice: Practice, database: Database, query: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.name == "postgresql":
        monkeypatch.setattr(runner, "count", None)
    assert practice.ok(f"TimeEntries?{query}&$count=true")["@odata.count"] == expected


def test_a_next_link_keeps_the_other_options(practice: Practice) -> None:
    query = "$filter=hours gt 0&$skip=1&$select=hours&$expand=matter($select=name)&$count=true&x=a%26b"
    link = urlsplit(practice.ok(f"TimeEntries?{query}")["@odata.nextLink"])
    options = parse_qs(link.query)
    assert link.scheme == "http"
    assert set(options) == {"$filter", "$select", "$expand", "$count", "x", "$skiptoken"}
    assert options["$filter"] == ["hours gt 0"]
    assert options["x"] == ["a&b"]


@pytest.mark.parametrize(
    ("size", "expected"), [("2", 2), ("1", 1), ("7", 7), ("0", 3), ("x", 3), ("-1", 3), ("99999999999", 3)]
)
@pytest.mark.parametrize("prefix", ["odata.", ""])
def test_a_client_may_prefer_pages_of_another_size(
    practice: Practice, size: str, expected: int, prefix: str
) -> None:
    answer = practice.get("TimeEntries", Prefer=f"return=minimal, {prefix}maxpagesize={size}; x=1")
    assert len(answer.get_json()["value"]) == expected
    applied = f"odata.maxpagesize={size}" if str(expected) == size else None
    assert answer.headers.get("Preference-Applied") == applied


def test_a_page_is_never_larger_than_the_operator_allows(
    practice: Practice, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(app.extensions["settings"], odata_max_page_size=5)
    monkeypatch.setitem(app.extensions, "settings", settings)
    answer = practice.get("TimeEntries", Prefer="maxpagesize=6")
    assert (len(answer.get_json()["value"]), answer.headers.get("Preference-Applied")) == (5, None)


@pytest.mark.parametrize("size", [2, 5])
def test_next_links_lead_to_pages_of_the_same_size(practice: Practice, size: int) -> None:
    """Protocol 4.01, 8.2.8.5: the preference need not be sent again."""
    first = practice.get("TimeEntries?$orderby=hours desc", Prefer=f"maxpagesize={size}").get_json()
    link = "?".join(urlsplit(first["@odata.nextLink"])[2:4]).removeprefix(f"{ROOT}/")
    rest = practice.pages(link)
    sizes = [len(page["value"]) for page in (first, *rest)]
    assert sizes == [min(size, len(ENTRIES) - at) for at in range(0, len(ENTRIES), size)]
    assert len(practice.get(link, Prefer="maxpagesize=1").get_json()["value"]) == 1
    assert "Preference-Applied" not in practice.get(link).headers


def test_pages_of_a_collection_of_one_entity(practice: Practice) -> None:
    assert len(practice.rows("Matters({M})/time_entries?$orderby=hours desc")) == len(ENTRIES)
    assert len(practice.pages("Matters({M})/time_entries/$ref")) == 3


def test_nested_collections_have_no_pages(practice: Practice) -> None:
    found = practice.ok("Matters?$expand=time_entries($select=id)&$filter=id eq {M}")
    assert len(found["value"][0]["time_entries"]) == len(ENTRIES)


def test_groups_have_pages_too(practice: Practice) -> None:
    groups = practice.rows("TimeEntries?$apply=groupby((hours),aggregate($count as n))&$orderby=hours")
    assert [(group["hours"], group["n"]) for group in groups] == [(0.25, 2), (1.5, 3), (3, 2), (8, 1)]


def test_a_token_is_for_its_own_list_and_order(practice: Practice) -> None:
    link = practice.ok("TimeEntries?$orderby=hours")["@odata.nextLink"]
    token = parse_qs(urlsplit(link).query)["$skiptoken"][0]
    assert practice.get(f"TimeEntries?$orderby=hours&$skiptoken={token}").status_code == 200
    for other in (
        f"TimeEntries?$skiptoken={token}",
        f"TimeEntries?$orderby=hours desc&$skiptoken={token}",
        f"Expenses?$orderby=hours&$skiptoken={token}",
        f"Matters({{M}})/time_entries?$orderby=hours&$skiptoken={token}",
    ):
        assert practice.get(other).status_code == 400, other
    another = "B" if token[0] == "A" else "A"
    broken = [token[:-1], token + "A", another + token[1:], "", "é", "AAAA", "%00", "=" * 50, "bnVsbA"]
    for text in broken:
        answer = practice.get(f"TimeEntries?$orderby=hours&$skiptoken={text}")
        assert answer.status_code == 400, text
        error = answer.get_json()["error"]
        assert error["message"]
    assert error["target"] == "$skiptoken"


def test_the_published_doors_have_no_pages(practice: Practice) -> None:
    assert len(practice.place.list("/api/v2/timeentries")) == len(ENTRIES)


@on_sqlite  # PostgreSQL sorts so few rows rather than walk an index
@pytest.mark.parametrize("order", ["", "$orderby=date desc", "$orderby=updated_at", "$orderby=date"])
def test_the_next_page_is_found_by_an_index(
    practice: Practice, app: Flask, database: Database, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows that were shown already are not read again: the bound is in the condition on the index."""
    engine = app.extensions["engines"]["odata"]
    plans = []
    made = engine.plan
    monkeypatch.setattr(engine, "plan", lambda *a, **k: plans.append(made(*a, **k)) or plans[-1])
    practice.pages(f"TimeEntries?{order}")
    plan, values = plans[-1]
    with database.reading() as connection:
        explained = connection.execute(
            f"EXPLAIN QUERY PLAN {plan.page.sql}", plan.page.parameters({**values, "firm_id": 1})
        ).fetchall()
    steps = [row[3] for row in explained]
    column = {"": "id", "$orderby=updated_at": "updated_at"}.get(order, "date")
    assert any(f"(firm_id=? AND {column}" in step for step in steps), steps


@pytest.mark.parametrize("order", ["notes desc", "notes", "now()"])
def test_links_are_short_and_come_to_an_end(own_practice: Practice, order: str) -> None:
    for number, matter in enumerate(("{M}", "{N}")):
        body = {"notes": "x" * 50_000 + str(number)}
        address = own_practice.filled(f"/odata/v4/Matters({matter})")
        assert own_practice.place.request("PATCH", address, json=body).status_code < 300
    pages = own_practice.pages(f"Matters?$orderby={order}&$select=id", Prefer="maxpagesize=1")
    assert {row["id"] for page in pages for row in page["value"]} == {
        own_practice.matter,
        own_practice.bare_matter,
    }
    assert len(pages) == 2
    assert len(pages[0]["@odata.nextLink"]) < 2_000
