"""The OpenAPI document of v2 tells of LegalServer's manners, and that of v1 does not."""

from __future__ import annotations

from typing import Any

import pytest

from app.api.resources import CREATE, LIST, REPLACE, faces
from tests.firms import Workplace

OF_LISTS = {"page_number", "page_size", "sort", "custom_results"}


@pytest.fixture(scope="module")
def documents(place: Workplace) -> dict[str, Any]:
    client = place.app.test_client()
    return {door: client.get(f"/openapi/{door}.json").get_json()["paths"] for door in ("v1", "v2")}


def parameters(operation: Any) -> set[str]:
    return {parameter["name"] for parameter in operation["parameters"]}


def beside(operation: Any) -> set[str]:
    """What a body may say beside the record."""
    record, more = operation["requestBody"]["content"]["application/json"]["schema"]["allOf"]
    assert set(record) == {"$ref"}
    return set(more["properties"])


def test_every_list_and_every_body_of_v2_says_so(documents: Any) -> None:
    upserts = set()
    for _, face in faces("v2"):
        path = documents["v2"][f"/api/v2/{face.path}"] if LIST in face.operations else {}
        if path:
            assert parameters(path["get"]) >= OF_LISTS | {parameter.name for parameter in face.search}
        if CREATE in face.operations:
            assert beside(path["post"]) == {"custom_results", *(["update"] if face.upserts else [])}
        if REPLACE in face.operations:
            assert beside(path["put"]) == {"custom_results"}
        if face.upserts:
            upserts.add(face.path)
    assert upserts == {"accounts", "contacts", "events", "matters", "users"}


def test_what_is_beside_the_table_says_so_too(documents: Any) -> None:
    for path in ("lookups/{table_name}", "custom_lookups/{lookup_type_uuid}/lookups"):
        values = documents["v2"][f"/api/v2/{path}"]
        value = documents["v2"][f"/api/v2/{path}/{{lookup_value_uuid}}"]
        assert parameters(values["get"]) >= OF_LISTS
        assert parameters(value["get"]) & OF_LISTS == {"custom_results"}
        assert beside(values["post"]) == beside(value["patch"]) == {"custom_results"}
    assert beside(documents["v2"]["/api/v2/conflictchecks"]["post"]) == {"custom_results"}
    for path in ("conflictchecks/{id}", "matters/{id}/exclusions"):
        assert "custom_results" in parameters(documents["v2"][f"/api/v2/{path}"]["get"])


def test_the_rest_does_not(documents: Any) -> None:
    assert not parameters(documents["v2"]["/api/v2/matters/$count"]["get"]) & OF_LISTS
    assert parameters(documents["v2"]["/api/v2/matters/{id}"]["get"]) & OF_LISTS == {"custom_results"}
    for path, operations in documents["v1"].items():
        for method in ("get", "post"):
            given = operations.get(method, {}).get("parameters", [])
            assert not {parameter["name"] for parameter in given} & OF_LISTS, path
