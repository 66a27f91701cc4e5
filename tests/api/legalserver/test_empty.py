"""`%empty%` finds null in a search, and in a body sets a single value to null, but no array. A blank parameter does
not count."""

from __future__ import annotations

from typing import Any

import pytest

from tests.firms import Workplace


@pytest.fixture(scope="module")
def matters(place: Workplace, account: str) -> dict[str, str]:
    """One with everything that is asked for, and one with none of it: their ids."""
    body = {"name": "Case", "status": "Open"}
    given = {"account_ref": account, "notes": "n", "tags": ["a"], "assigned_to_users": [place.user_id]}
    full = place.ok("POST", "/api/v2/matters", json={**body, **given, "external_id": "X"})
    bare = place.ok("POST", "/api/v2/matters", json=body)
    return {"full": full["id"], "bare": bare["id"]}


@pytest.mark.parametrize("name", ["account_id", "notes", "matter_tag", "assigned_to_user_id", "external_id"])
@pytest.mark.parametrize("written", ["%empty%", "%25empty%25"])
def test_it_finds_null(place: Workplace, matters: dict[str, str], name: str, written: str) -> None:
    """As it stands, and percent-encoded as a library writes it."""
    found = place.ok("GET", f"/api/v2/matters?{name}={written}")
    assert [matter["id"] for matter in found] == [matters["bare"]]
    assert place.get(f"/api/v2/matters/$count?{name}={written}").text == "1"


@pytest.mark.parametrize("value", ["", "%20"])
def test_a_blank_is_ignored(place: Workplace, matters: dict[str, str], value: str) -> None:
    assert len(place.ok("GET", f"/api/v2/matters?account_id={value}&notes={value}")) == 2


def test_it_is_lower_case_only(place: Workplace, matters: dict[str, str], refused: Any) -> None:
    """In capitals it is a text like any other."""
    assert place.list("/api/v2/matters", notes="%EMPTY%") == []
    assert refused("GET", "/api/v2/matters?account_id=%25Empty%25") == {"account_id": ["Not a valid GUID."]}


@pytest.mark.parametrize("name", ["created_since", "search_text"])
def test_a_range_or_a_word_is_never_null(refused: Any, name: str) -> None:
    assert refused("GET", f"/api/v2/matters?{name}=%empty%") == {
        name: ["%empty% finds nothing by this parameter."]
    }


def test_it_finds_null_in_an_upsert(place: Workplace, matters: dict[str, str]) -> None:
    for update in ({"name": "Case", "notes": "%empty%"}, {"name": "Case", "notes": None}):
        found = place.ok("POST", "/api/v2/matters", json={"update": update, "status": "Open"})
        assert found["id"] == matters["bare"]


def test_in_a_body_it_is_null(place: Workplace, account: str) -> None:
    body = {"name": "Nulls", "status": "Open", "notes": "n", "account_ref": account, "external_id": "Y"}
    made = place.ok("POST", "/api/v2/matters", json=body)
    nulls = dict.fromkeys(("notes", "account_ref", "external_id"), "%empty%")
    changed = place.ok("POST", "/api/v2/matters", json={"update": {"id": made["id"]}, **nulls})
    assert [changed[name] for name in nulls] == [None] * 3
    assert changed["name"] == "Nulls"
    replaced = place.ok("PUT", f"/api/v2/matters?id={made['id']}", json={**body, "notes": "%empty%"})
    assert (replaced["notes"], replaced["external_id"]) == (None, "Y")


def test_it_is_null_inside_an_object_too(place: Workplace) -> None:
    contact = {"first_name": "Jo", "email": "%empty%"}
    made = place.ok("POST", "/api/v2/accounts", json={"primary_contact": contact})
    assert made["primary_contact"]["email"] is None


@pytest.mark.parametrize(
    "name", ["tags", "assigned_to_users", "other_contacts", "company_custom_field_values"]
)
def test_an_array_does_not_take_it(refused: Any, name: str) -> None:
    said = refused("POST", "/api/v2/accounts", json={"company_name": "A", name: "%empty%"})
    assert said == {name: ["%empty% is for single values; send an array without members."]}


def test_what_must_be_there_is_not_null(refused: Any) -> None:
    said = refused("POST", "/api/v2/matters", json={"name": "%empty%", "status": "Open"})
    assert said == {"name": ["Field may not be null."]}
