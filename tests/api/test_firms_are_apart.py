"""A token of one firm sees nothing of another: on any route, by any parameter, along any path of a query."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest

from app.api.resources import RESOURCES, Face
from tests.contract.faces import LISTED, address, rows
from tests.contract.samples import SAMPLES
from tests.firms import Workplace

OPEN = {"public", "session"}


def guids(text: str) -> set[str]:
    return set(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text))


def everything_of(place: Workplace) -> dict[str, set[str]]:
    """Every id that the firm's own token can see, by where it is seen."""
    lists = {address(face) for resource in RESOURCES for face in resource.faces}
    return {path: guids(place.get(path).text) for path in sorted(lists)}


def some_of(lists: dict[str, set[str]], address: str) -> set[str]:
    """An id from every twentieth list, others for other addresses: all with all would take minutes."""
    chosen = list(lists.values())[len(address) % 20 :: 20]
    return {sorted(keys)[len(address) % len(keys)] for keys in chosen if keys}


@pytest.fixture(scope="module")
def their_lists(full_practice: Workplace) -> dict[str, set[str]]:
    """What the other firm has."""
    return everything_of(full_practice)


@pytest.fixture(scope="module")
def theirs(their_lists: dict[str, set[str]]) -> set[str]:
    return set().union(*their_lists.values())


def test_nothing_of_another_firm_is_deleted(
    workplace: Workplace, full_practice: Workplace, their_lists: dict[str, set[str]]
) -> None:
    tried = 0
    for face in LISTED:
        for key, name in product(keys_of(full_practice, face), ("id", "guid")):
            answer = workplace.request("DELETE", f"{address(face)}?{name}={key}")
            assert answer.status_code in (400, 404, 405), (face.path, name)
            tried += 1
    assert tried > 200
    assert everything_of(full_practice) == their_lists


def keys_of(place: Workplace, face: Face) -> list[str]:
    """The ids of the records that a list shows, as many as will do."""
    found = rows(place, face)
    records = found["value"] if isinstance(found, dict) else found
    return [record.get("id") or record["guid"] for record in records if record.keys() & {"id", "guid"}][:3]


def test_no_route_shows_another_firm(
    workplace: Workplace, their_lists: dict[str, set[str]], theirs: set[str]
) -> None:
    assert len(theirs) >= 6
    walked = 0
    for rule in workplace.app.url_map.iter_rules():
        view = workplace.app.view_functions[rule.endpoint]
        if getattr(view, "access", "public") in OPEN:
            continue
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            for key in some_of(their_lists, rule.rule) if "<" in rule.rule else [""]:
                path = re.sub("<[^>]*>", key, rule.rule)
                answer = workplace.request(method, path, json={"guid": key or next(iter(theirs))})
                assert answer.status_code in (200, 400, 403, 404), (method, path)
                shown = guids(answer.text) & theirs
                if answer.status_code != 200:
                    shown -= {key}  # what was asked for may be named in a refusal
                assert not shown, (method, path)
                walked += 1
    assert walked > 100


PARAMETERS = [
    (face, parameter)
    for resource in RESOURCES
    for face in resource.faces
    for parameter in face.parameters
    if parameter.name.endswith(("_id", "Id"))
]


@pytest.mark.parametrize(
    ("face", "parameter"), PARAMETERS, ids=lambda value: getattr(value, "name", None) or value.path
)
def test_no_parameter_finds_another_firms_rows(
    workplace: Workplace, their_lists: dict[str, set[str]], face: Face, parameter: Any
) -> None:
    for key in some_of(their_lists, f"{address(face)}?{parameter.name}"):
        assert rows(workplace, face, f"{parameter.name}={key}") == []


def test_records_of_the_same_id_stay_apart(workplace: Workplace, other_workplace: Workplace) -> None:
    key = "11111111-1111-4111-8111-111111111111"
    for place, name in ((workplace, "Ours"), (other_workplace, "Theirs")):
        matter = {**SAMPLES["v2", "matters"](place), "id": key, "name": name, "tags": [name]}
        place.ok("POST", "/api/v2/matters", json=matter)
    assert workplace.ok("GET", f"/api/v2/matters/{key}")["tags"] == ["Ours"]
    other_workplace.ok("DELETE", f"/api/v2/matters?id={key}")
    (ours,) = workplace.ok("GET", f"/api/v2/matters?$filter=id eq {key}&$expand=account_ref")
    assert ours["name"] == "Ours"
