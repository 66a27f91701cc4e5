"""`custom_results`: an empty list leaves the id alone; names in it add those fields and arrays to the id."""

from __future__ import annotations

from typing import Any

import pytest

from tests.firms import Workplace

ALL = ["id", "name", "tags"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("custom_results=[]", ["id"]),
        ('custom_results=["name","tags"]', ALL),
        ("custom_results=name, tags", ALL),
        ("custom_results=name&custom_results=tags", ALL),
        ("custom_results[]=name&custom_results[]=tags", ALL),
        ('Custom_Results=["id","name","tags","name"]', ALL),
    ],
)
def test_a_query_chooses(place: Workplace, matter: str, query: str, shown: list[str]) -> None:
    one = place.ok("GET", f"/api/v2/matters/{matter}?{query}")
    assert sorted(one) == shown
    assert one in place.ok("GET", f"/api/v2/matters?{query}")["data"]


def test_a_list_shows_what_only_one_record_has_of_itself(place: Workplace, matter: str) -> None:
    """ "custom_results":["first","last","assignments"] in the document's example, for a search as well."""
    place.ok("POST", "/api/v2/assignments", json={"matter_ref": matter, "user_ref": place.user_id})
    chosen = 'custom_results=["name","assignments","office"]'
    one = place.ok("GET", f"/api/v2/matters/{matter}?{chosen}")
    assert one["assignments"][0]["user_ref"]["id"] == place.user_id
    page = place.ok("GET", f"/api/v2/matters?id={matter}&{chosen}")
    assert (page["total_records"], page["data"]) == (1, [one])


@pytest.mark.parametrize(("chosen", "shown"), [([], ["id"]), (["name", "tags"], ALL), ("name,tags", ALL)])
def test_a_body_chooses(place: Workplace, chosen: Any, shown: list[str]) -> None:
    """A POST or PUT says it in its body."""
    body = {"name": "Chosen", "status": "Open", "custom_results": chosen}
    made = place.ok("POST", "/api/v2/matters", json=body)
    assert sorted(made) == shown
    assert sorted(place.ok("PUT", f"/api/v2/matters?id={made['id']}", json=body)) == shown
    upserted = place.ok("POST", "/api/v2/matters", json={**body, "update": {"id": made["id"]}})
    assert upserted == made


def test_what_has_no_id_shows_only_what_is_chosen(place: Workplace, matter: str) -> None:
    place.ok("POST", "/api/v2/matters", json={"update": {"id": matter}, "tags": ["urgent"]})
    rows = place.ok("GET", "/api/v2/tags/matter?custom_results=name")["data"]
    assert {"name": "urgent"} in rows
    rows = place.ok("GET", "/api/v2/tags/matter?custom_results=[]")["data"]
    assert len(rows[0]) > 1


def test_null_chooses_nothing(place: Workplace) -> None:
    body = {"name": "Chosen", "status": "Open", "custom_results": None}
    assert len(place.ok("POST", "/api/v2/matters", json=body)) > 10


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (["nam"], ["There is no 'nam' here; did you mean 'name'?"]),
        (["*", "zz/x,y"], ["There is no '*' here.", "There is no 'zz/x,y' here."]),
        ("[name]", ['Must be a list of names, such as ["name","tags"].']),
        ('[["name"]]', ['Must be a list of names, such as ["name","tags"].']),
        ([1], ['Must be a list of names, such as ["name","tags"].']),
        ({"name": 1}, ['Must be a list of names, such as ["name","tags"].']),
        (5, ['Must be a list of names, such as ["name","tags"].']),
    ],
)
def test_what_is_unknown_is_refused_before_anything_is_written(
    place: Workplace, refused: Any, chosen: Any, said: list[str]
) -> None:
    body = {"name": "Never", "status": "Open", "custom_results": chosen}
    assert refused("POST", "/api/v2/matters", json=body) == {"custom_results": said}
    assert place.list("/api/v2/matters", name="Never") == []
    if isinstance(chosen, str):
        given = refused("GET", "/api/v2/matters", query_string={"custom_results": chosen})
        assert given == {"custom_results": said}
