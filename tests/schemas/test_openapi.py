"""The OpenAPI components that come of the shapes, held against the published contracts."""

import json
from functools import cache
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

NOT_PUBLISHED = {
    *("Assignment", "Income", "Litigation", "MatterCharge", "Matter_Detail", "Party", "Service"),
    *("ConflictCheckInList", "LookupReference", "LookupValue", "MatterExclusions"),
}
"""Shapes of records on matters, of whom those exclude, and of conflict checks: the contract has none of them."""

ROOTS = [
    (door, name)
    for door, (package, _, _) in DOORS.items()
    for name in package.__all__
    if name not in NOT_PUBLISHED
]

PUBLISHED_AS = {"EmailInList": "Email", "InvoiceInList": "Invoice"}
"""The contract gives these one definition for lists and for one by itself."""

ASKS_FOR = {
    # The contract asks for an id, which only a reference needs, and for nothing that an account cannot do without.
    "BankAccount": ["name", "type"],
    "ExpenseCategory": ["name"],
    "Item": ["name", "rate"],
    # Naming the matter gives the account.
    "Payment": ["bank_account", "date", "total_amount"],
    "Payment_Detail": ["bank_account", "date", "total_amount"],
}
"""Where v2 here asks for other properties than the contract says."""

WRITABLE_HERE = {("Email", "attachments"), ("EmailInList", "attachments")}
"""What the contract has read-only, and a body here may set."""

BESIDE = [
    ("v1", name)
    for name in (
        "AccountRef",
        "AccountingAccountRef",
        "ActivityRef",
        "ActivityReminderDTO",
        "AddressDTO",
        "BankAccountRef",
        "BlobRef",
        "CallProperties",
        "ContactRef",
        "CreditDTO",
        "CreditRef",
        "CustomFieldDTO_Detail",
        "CustomFieldValueDTO",
        "CustomFieldValueDTO_Detail",
        "EmailProperties",
        "ExpenseRef",
        "FlatFeeRef",
        "InterestOptions",
        "ItemRef",
        "LawToolboxCourtRuleRef",
        "MailAddress",
        "NoteProperties",
        "PaymentRef",
        "PortalDTO",
        "PresetProjectRateRef",
        "ProjectRateDTO",
        "ProjectRef",
        "RecurrenceDTO",
        "RoleRef",
        "SaleDocumentItemDTO",
        "SaleDocumentItemRefWithSaleDocumentRef",
        "SaleDocumentPaymentRef",
        "SaleDocumentRef",
        "SalesTaxData",
        "SalesTaxRef",
        "TenantDTO",
        "TimeEntryRef",
        "UserRef",
        "UtbmsCodeRef",
    )
]


@cache
def components(door: str, version: str = "3.0.3") -> dict[str, Any]:
    plugin = MarshmallowPlugin()
    spec = APISpec("Test", "1", version, plugins=[plugin])
    assert plugin.converter
    for name in DOORS[door][0].__all__:
        plugin.converter.resolve_nested_schema(getattr(DOORS[door][0], name))
    return spec.to_dict()["components"]["schemas"]  # type: ignore[no-any-return]


@cache
def published(door: str) -> dict[str, Any]:
    _, file, pick = DOORS[door]
    if not (CONTRACTS / file).exists():
        pytest.skip(f"The published contract {file} is not beside the project.")
    return pick(json.loads((CONTRACTS / file).read_text()))  # type: ignore[no-any-return]


def definition(door: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = published(door)[PUBLISHED_AS.get(name, name)]
    return found


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


OURS = {"external_id", "external_unique_id"}
"""What the published API does not have."""


@pytest.mark.parametrize(("door", "name"), ROOTS + BESIDE)
def test_a_component_has_every_published_property_in_order(door: str, name: str) -> None:
    ours, theirs = components(door)[name]["properties"], definition(door, name)["properties"]
    assert [each for each in ours if each not in OURS] == list(theirs)
    assert {each: kind(prop) for each, prop in ours.items() if each not in OURS} == {
        each: kind(prop) for each, prop in theirs.items()
    }


@pytest.mark.parametrize(("door", "name"), ROOTS)
def test_what_is_published_as_read_only_is_read_only(door: str, name: str) -> None:
    ours, theirs = components(door)[name]["properties"], definition(door, name)["properties"]
    for each, prop in theirs.items():
        if prop.get("readOnly") and (name, each) not in WRITABLE_HERE:
            assert ours[each].get("readOnly"), each


@pytest.mark.parametrize("name", [name for door, name in ROOTS if door == "v2"])
def test_v2_asks_for_what_is_published_as_required(name: str) -> None:
    asked_for = ASKS_FOR.get(name, definition("v2", name).get("required", []))
    assert components("v2")[name].get("required", []) == sorted(asked_for)


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
