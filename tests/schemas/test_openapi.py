"""The OpenAPI components that come of the shapes, held against the published contracts."""

import json
from pathlib import Path
from typing import Any

import pytest
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from schemas import v1, v2

CONTRACTS = Path(__file__).parents[3] / "shared" / "contract"

DOORS = {
    "v1": (v1, "practicepanther-v1.openapi.json", lambda document: document["components"]["schemas"]),
    "v2": (v2, "practicepanther-v2.swagger.json", lambda document: document["definitions"]),
}

ROOTS = [(door, name) for door, (package, _, _) in DOORS.items() for name in package.__all__]

BESIDE = [
    ("v1", name)
    for name in (
        "ActivityRef",
        "AccountRef",
        "AddressDTO",
        "ContactRef",
        "CustomFieldDTO_Detail",
        "CustomFieldValueDTO",
        "CustomFieldValueDTO_Detail",
        "ItemRef",
        "PortalDTO",
        "PresetProjectRateRef",
        "ProjectRateDTO",
        "ProjectRef",
        "RoleRef",
        "SaleDocumentItemRefWithSaleDocumentRef",
        "SaleDocumentRef",
        "UserRef",
        "UtbmsCodeRef",
    )
]


def components(door: str, version: str = "3.0.3") -> dict[str, Any]:
    plugin = MarshmallowPlugin()
    spec = APISpec("Test", "1", version, plugins=[plugin])
    assert plugin.converter
    for name in DOORS[door][0].__all__:
        plugin.converter.resolve_nested_schema(getattr(DOORS[door][0], name))
    return spec.to_dict()["components"]["schemas"]  # type: ignore[no-any-return]


def published(door: str) -> dict[str, Any]:
    _, file, pick = DOORS[door]
    if not (CONTRACTS / file).exists():
        pytest.skip(f"The published contract {file} is not beside the project.")
    return pick(json.loads((CONTRACTS / file).read_text()))  # type: ignore[no-any-return]


def kind(prop: dict[str, Any]) -> dict[str, Any]:
    """A property's type, stripped of what the two documents say in different ways."""
    for inner in (*prop.get("anyOf", ()), *prop.get("allOf", ())):
        if "$ref" in inner:
            return kind(inner)
    if "$ref" in prop:
        return {"of": prop["$ref"].rsplit("/", 1)[1]}
    if "items" in prop:
        return {"list": kind(prop["items"])}
    return {"type": prop["type"], "format": prop.get("format"), "enum": prop.get("enum")}


@pytest.mark.parametrize(("door", "name"), ROOTS + BESIDE)
def test_a_component_has_every_published_property_in_order(door: str, name: str) -> None:
    ours, theirs = components(door)[name]["properties"], published(door)[name]["properties"]
    assert list(ours) == list(theirs)
    assert {each: kind(prop) for each, prop in ours.items()} == {
        each: kind(prop) for each, prop in theirs.items()
    }


@pytest.mark.parametrize(("door", "name"), ROOTS)
def test_what_is_published_as_read_only_is_read_only(door: str, name: str) -> None:
    ours, theirs = components(door)[name]["properties"], published(door)[name]["properties"]
    for each, prop in theirs.items():
        assert ours[each].get("readOnly") or not prop.get("readOnly"), each


@pytest.mark.parametrize("name", v2.__all__)
def test_v2_asks_for_what_is_published_as_required(name: str) -> None:
    assert components("v2")[name].get("required", []) == sorted(published("v2")[name].get("required", []))


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("door", DOORS)
def test_the_components_are_named_as_published_and_are_json(door: str, version: str) -> None:
    ours = components(door, version)
    assert set(ours) >= {name for at, name in ROOTS + BESIDE if at == door}
    assert json.loads(json.dumps(ours)) == ours


def test_defaults_are_documented_and_null_ones_are_not() -> None:
    matter = components("v2")["Matter"]["properties"]
    assert matter["rate"]["default"] == "User Hourly Rate"
    assert "default" not in matter["notes"]
