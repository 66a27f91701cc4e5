"""What is recorded on matters, as LegalServer's document has it; sentences in quotation marks are its own."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import User
from tests.contract.faces import PAIRS
from tests.contract.full_samples import full_body
from tests.firms import Workplace, issue_token

KINDS = (
    "adverse_parties",
    "non_adverse_parties",
    "assignments",
    "charges",
    "incomes",
    "litigations",
    "services",
)
FACES = {face.path: (resource, face) for resource, face in PAIRS if face.door == "v2" and face.path in KINDS}
NOBODY = "00000000-0000-4000-8000-000000000000"
APART = {"matter_ref", "custom_field_values", "created_at", "updated_at"}
"""What a record shows by itself, and its matter does not."""


def open_matter(place: Workplace, **more: Any) -> Any:
    return place.ok("POST", "/api/v2/matters", json={"name": "State v. Roe", "status": "Open", **more})


def record(place: Workplace, matter: Any, kind: str) -> Any:
    """A record that has everything, on this matter."""
    resource, face = FACES[kind]
    body = {**full_body(place, resource, face), "matter_ref": {"id": matter["id"]}}
    return place.ok("POST", f"/api/v2/{kind}", json=body)


@pytest.fixture
def matter(workplace: Workplace) -> Any:
    """A matter with one record of each kind."""
    made = open_matter(workplace)
    for kind in KINDS:
        record(workplace, made, kind)
    return made


def test_the_details_of_a_matter_include_its_records(workplace: Workplace, matter: Any) -> None:
    """Assignments, charges, incomes, litigations and services, without custom fields unless they are asked for."""
    shown = workplace.ok("GET", f"/api/v2/matters/{matter['id']}")
    for kind in KINDS:
        (inside,) = shown[kind]
        (apart,) = workplace.list(f"/api/v2/{kind}", matter_id=matter["id"])
        assert inside == {name: value for name, value in apart.items() if name not in APART}
        assert apart["custom_field_values"][0]["value_string"] == "Southern District"
    (listed,) = workplace.list("/api/v2/matters", **{"$filter": f"id eq {matter['id']}"})
    assert not set(KINDS) & set(listed), "lists stay as they are published"


def test_custom_fields_of_records_come_where_they_are_asked_for(workplace: Workplace, matter: Any) -> None:
    """Litigations, charges and services can bring their custom fields along."""
    asked = {"$expand": ",".join(f"{kind}($expand=custom_field_values)" for kind in KINDS)}
    shown = workplace.list(f"/api/v2/matters/{matter['id']}", **asked)
    for kind in KINDS:
        (inside,) = shown[kind]
        assert inside["custom_field_values"][0]["value_string"] == "Southern District", kind


def test_a_matter_is_sent_back_as_it_was_and_keeps_its_records(workplace: Workplace, matter: Any) -> None:
    shown = workplace.ok("GET", f"/api/v2/matters/{matter['id']}")
    path = f"/api/v2/matters?id={matter['id']}"
    assert workplace.ok("PUT", path, json=shown) == shown
    others = {name: value for name, value in shown.items() if name not in KINDS}
    assert workplace.ok("PUT", path, json={**others, "charges": [], "incomes": [{"amount": 1}]}) == shown


def test_records_are_found_in_queries_of_both_doors(workplace: Workplace, matter: Any) -> None:
    (litigation,) = workplace.list("/api/v2/litigations", matter_id=matter["id"])
    found = workplace.list("/api/v2/matters", **{"$filter": "litigations/any(l:l/docket eq 'Abc')"})
    assert [each["id"] for each in found] == [matter["id"]]
    (same,) = workplace.list("/api/v2/litigations", external_id=litigation["external_id"])
    assert same == litigation
    below = workplace.ok("GET", f"/odata/v4/Matters({matter['id']})/litigations?$expand=filing_type,court")
    assert below["value"][0]["filing_type"]["table_name"] == "filing_type"
    parties = workplace.ok("GET", f"/odata/v4/Matters({matter['id']})/parties?$orderby=is_adverse")
    assert [each["is_adverse"] for each in parties["value"]] == [False, True]


def test_records_are_written_below_their_matter_at_the_odata_door(workplace: Workplace) -> None:
    made = open_matter(workplace)
    value = workplace.ok("POST", "/api/v2/lookups/income_type", json={"name": "Pension"})["lookup_value_uuid"]
    path = f"/odata/v4/Matters({made['id']})/incomes"
    answer = workplace.request("POST", path, json={"amount": 900, "period": "Weekly", "type_id": value})
    assert (answer.status_code, answer.get_json()["type_id"]) == (201, value)
    other = workplace.ok("POST", "/api/v2/lookups/office", json={"name": "Salem"})["lookup_value_uuid"]
    answer = workplace.request("POST", path, json={"amount": 900, "period": "Weekly", "type_id": other})
    assert answer.status_code == 400, "an office is no kind of income"
    assert answer.get_json()["error"]["details"][0]["target"] == "type_id"


@pytest.mark.parametrize(
    ("kind", "body", "problem"),
    [
        ("adverse_parties", {"email": "x@example.com"}, {"last_name": "A party needs a name"}),
        ("adverse_parties", {"first_name": " "}, {"last_name": "A party needs a name"}),
        ("incomes", {"period": "Monthly"}, {"amount": "Missing data for required field."}),
        ("incomes", {"amount": 5, "period": "Daily"}, {"period": "Must be one of: Weekly"}),
        ("incomes", {"amount": -5, "period": "Weekly"}, {"amount": "Must be greater than or equal to 0."}),
        ("services", {"start_date": "2026-02-02", "end_date": "2026-02-01"}, {"end_date": "This is before the start."}),
        ("litigations", {"court_ref": {"id": NOBODY}}, {"court_ref": "There is no such account."}),
        ("charges", {"charge_outcome": "Acquitted"}, {"charge_outcome": "There is no such charge outcome: the list"}),
        ("assignments", {}, {"user_ref": "Missing data for required field."}),
    ],
)  # fmt: skip
def test_what_will_not_do_is_refused_in_the_doors_words(
    workplace: Workplace, kind: str, body: Any, problem: dict[str, str]
) -> None:
    matter = {"id": open_matter(workplace)["id"]}
    answer = workplace.request("POST", f"/api/v2/{kind}", json={**body, "matter_ref": matter})
    assert answer.status_code == 400, answer.text
    (name, text), *_ = problem.items()
    assert answer.get_json()["modelState"][name][0].startswith(text)
    answer = workplace.request("POST", f"/api/v2/{kind}", json=body)
    assert (answer.status_code, "matter_ref" in answer.get_json()["modelState"]) == (400, True)


@pytest.mark.parametrize("kind", ["charges", "litigations", "services"])
def test_an_external_id_is_there_once(workplace: Workplace, kind: str) -> None:
    """Of charges, services and litigations the external id is unique."""
    matter = {"id": open_matter(workplace)["id"]}
    body = {"matter_ref": matter, "external_id": "x-1"}
    made = workplace.ok("POST", f"/api/v2/{kind}", json=body)
    answer = workplace.request("POST", f"/api/v2/{kind}", json=body)
    assert answer.status_code == 400
    assert "external_id" in answer.get_json()["modelState"]
    assert workplace.ok("PUT", f"/api/v2/{kind}?id={made['id']}", json=made) == made
    without = {"matter_ref": matter}
    assert workplace.ok("PUT", f"/api/v2/{kind}?id={made['id']}", json=without)["external_id"] == "x-1"
    workplace.ok("DELETE", f"/api/v2/{kind}?id={made['id']}")
    workplace.ok("POST", f"/api/v2/{kind}", json=body)


def test_a_matter_has_one_top_charge_at_most(workplace: Workplace) -> None:
    matter = {"id": open_matter(workplace)["id"]}
    body = {"matter_ref": matter, "top_charge": True}
    first, second = (workplace.ok("POST", "/api/v2/charges", json=body) for _ in range(2))
    marks = {each["id"]: each["top_charge"] for each in workplace.list("/api/v2/charges")}
    assert marks == {first["id"]: False, second["id"]: True}


def test_parties_are_on_the_other_side_or_on_neither(workplace: Workplace) -> None:
    matter = {"id": open_matter(workplace)["id"]}
    names = {"first_name": "Jo", "middle_name": "Q.", "last_name": "Bolt", "suffix": "Jr."}
    person = workplace.ok("POST", "/api/v2/adverse_parties", json={**names, "matter_ref": matter})
    company = workplace.ok(
        "POST", "/api/v2/non_adverse_parties", json={"organization_name": " Bolt Inc. ", "matter_ref": matter}
    )
    assert (person["display_name"], company["display_name"]) == ("Jo Q. Bolt Jr.", "Bolt Inc.")
    assert workplace.get(f"/api/v2/adverse_parties/{company['id']}").status_code == 404


def test_records_are_read_with_the_matters_scope(workplace: Workplace, matter: Any, session: Session) -> None:
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    token = issue_token(session, user, str(workplace.client_id), "matters:read")
    session.commit()
    shown = workplace.get(f"/api/v2/matters/{matter['id']}", token=token).get_json()
    assert shown["charges"][0]["lookup_charge"]["lookup_type_table_name"] == "charge"
    assert workplace.get("/api/v2/charges?$filter=lookup_charge/lookup_value_id gt 0", token=token).get_json()
    answer = workplace.get("/api/v2/charges?$filter=lookup_charge/active eq true", token=token)
    assert (answer.status_code, "lookups:read" in answer.headers["WWW-Authenticate"]) == (403, True)
    assert workplace.request("POST", "/api/v2/charges", token=token, json={}).status_code == 403
