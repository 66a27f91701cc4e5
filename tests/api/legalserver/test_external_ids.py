"""Ids in other systems: `external_id`, which records may share, and `external_unique_id` of users and accounts (the
document's organizations), which no two have."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.samples import SAMPLES
from tests.firms import Workplace

SHARED = ("events", "expenses", "flatfees", "matters", "tasks", "timeentries")
SETS = {"events": "Activities", "tasks": "Activities", "matters": "Matters", "timeentries": "TimeEntries"}
UNIQUE = ("accounts", "users")


@pytest.mark.parametrize("path", SHARED)
def test_it_is_written_shown_and_searched_for(place: Workplace, path: str) -> None:
    body = SAMPLES["v2", path](place)
    made = [place.ok("POST", f"/api/v2/{path}", json={**body, "external_id": " A-17 "}) for _ in range(2)]
    assert [each["external_id"] for each in made] == ["A-17", "A-17"]  # several records may share one
    place.ok("POST", f"/api/v2/{path}", json={**body, "external_id": "B"})
    found = place.list(f"/api/v2/{path}", external_id="A-17")
    assert {each["id"] for each in found} == {each["id"] for each in made}
    if path in SETS:
        rows = place.list(f"/odata/v4/{SETS[path]}", **{"$filter": f"id eq {made[0]['id']}"})["value"]
        assert rows[0]["external_id"] == "A-17"


@pytest.mark.parametrize(("path", "name"), [("events", "external_id"), ("accounts", "external_unique_id")])
def test_a_client_that_does_not_know_it_does_not_clear_it(place: Workplace, path: str, name: str) -> None:
    body = SAMPLES["v2", path](place)
    made = place.ok("POST", f"/api/v2/{path}", json={**body, name: "kept"})
    address = f"/api/v2/{path}?id={made['id']}"
    assert place.ok("PUT", address, json=body)[name] == "kept"
    for none in (None, " ", "%empty%"):
        place.ok("PUT", address, json={**body, name: "kept"})
        assert place.ok("PUT", address, json={**body, name: none})[name] is None


@pytest.mark.parametrize("path", UNIQUE)
def test_a_unique_one_is_for_one_record(place: Workplace, refused: Any, path: str) -> None:
    name, address = "external_unique_id", f"/api/v2/{path}"
    taken = {name: [f"Another {path.removesuffix('s')} has this id."]}
    bodies = [SAMPLES["v2", path](place) for _ in range(3)]
    first = place.ok("POST", address, json={**bodies[0], name: "only"})
    assert place.ok("PUT", f"{address}?id={first['id']}", json=first)[name] == "only"
    assert refused("POST", address, json={**bodies[1], name: "only"}) == taken
    second = place.ok("POST", address, json=bodies[1])
    assert refused("PUT", f"{address}?id={second['id']}", json={**bodies[1], name: "only"}) == taken
    assert [each["id"] for each in place.list(address, **{name: "only"})] == [first["id"]]
    for _ in range(2):
        place.ok("POST", address, json={**SAMPLES["v2", path](place), name: ""})  # a blank is no id
    place.ok("DELETE", f"{address}?id={first['id']}")
    assert place.ok("POST", address, json={**bodies[2], name: "only"})[name] == "only"


def test_the_strict_door_says_it_in_its_words(place: Workplace) -> None:
    for status in (201, 400):
        body = {"company_name": "Strict", "external_unique_id": "strict"}
        answer = place.request("POST", "/odata/v4/Accounts", json=body)
        assert answer.status_code == status
    assert answer.get_json()["error"]["details"][0]["target"] == "external_unique_id"


def test_other_firms_have_their_own(place: Workplace, other_workplace: Workplace) -> None:
    for each in (place, other_workplace):
        each.ok("POST", "/api/v2/accounts", json={"company_name": "A", "external_unique_id": "both"})
