"""Steps of the tests of custom fields over HTTP."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Change
from schemas.rules import CUSTOM_VALUE_TYPES
from tests.contract.samples import account
from tests.firms import Workplace

Json = Any
FIELDS = "/api/v2/customfields"
MISSING = "00000000-0000-4000-8000-000000000000"
OPTIONS = "Northern District,Southern District"
EMPTY = {
    "value_boolean": False,
    "contact_ref": None,
    "value_date_time": None,
    "value_number": None,
    "value_string": None,
}
V1_NAMES = {
    "value_boolean": "valueBoolean",
    "value_date_time": "valueDateTime",
    "value_number": "valueNumber",
    "value_string": "valueString",
}
GIVEN: dict[str, dict[str, Any]] = {
    "TextBox": {"value_string": "17-cv-0042 \u00a7"},
    "Date": {"value_date_time": "2026-04-12T07:00:00"},
    "DateTime": {"value_date_time": "2026-04-12T16:30:00.25"},
    "Number": {"value_number": 0},
    "Currency": {"value_number": 1250.5},
    "TextEditor": {"value_string": "<p>Sealed</p>"},
    "DropDownList": {"value_string": "Southern District"},
    "Checkbox": {"value_boolean": True},
}


def define(
    place: Workplace, kind: str, label: str = "Court", value_type: str = "TextBox", **more: Any
) -> Json:
    if value_type == "DropDownList":
        more.setdefault("dropdown_list_values", OPTIONS)
    return place.ok("POST", f"{FIELDS}/{kind}", json={"label": label, "value_type": value_type, **more})


def given(field: Json, **columns: Any) -> Json:
    return {"custom_field_ref": {"id": field["id"]}, **columns}


def open_matter(place: Workplace, *values: Json, **more: Any) -> Json:
    body = {"name": "Acme v. Bolt", "status": "Open", "custom_field_values": list(values), **more}
    return place.ok("POST", "/api/v2/matters", json=body)


def one_of_each(place: Workplace) -> list[Json]:
    """A value of every type for a matter, as v2 shows it."""
    shown = []
    for value_type in CUSTOM_VALUE_TYPES:
        field = define(place, "matter", f"The {value_type}", value_type)
        columns = GIVEN.get(value_type) or {"contact_ref": contact_ref(place)}
        ref = {"id": field["id"], "label": field["label"], "value_type": value_type}
        shown.append({"custom_field_ref": ref, **EMPTY, **columns})
    return shown


def contact_ref(place: Workplace) -> Json:
    owner = place.ok("POST", "/api/v2/accounts", json=account(place))
    person = owner["primary_contact"]
    return {name: person[name] for name in ("account_ref", "id", "display_name")}


def by_field(values: list[Json]) -> dict[str, Json]:
    return {value["custom_field_ref"]["id"]: value for value in values}


def lines(session: Session, place: Workplace) -> int:
    """How many changes the firm's log has."""
    found = session.scalar(select(func.count()).select_from(Change).where(Change.firm_id == place.firm_id))
    session.rollback()
    return found or 0


def refusal(place: Workplace, method: str, path: str, body: Json) -> Json:
    answer = place.request(method, path, json=body)
    assert answer.status_code == 400, answer.text
    return answer.get_json()["modelState"]


def furnished_account(place: Workplace) -> Json:
    """A company with values of its own and of each of its contacts."""
    founded = define(place, "company", "Founded", "Number")
    nickname, is_vip = define(place, "contact", "Nickname"), define(place, "contact", "VIP", "Checkbox")
    body = {
        "company_name": "Acme",
        "company_custom_field_values": [given(founded, value_number=1987)],
        "primary_contact": {
            "first_name": "Jo",
            "custom_field_values": [given(nickname, value_string="J"), given(is_vip, value_boolean=False)],
        },
        "other_contacts": [
            {"first_name": "Al", "custom_field_values": [given(is_vip, value_boolean=True)]},
            {"first_name": "Cy"},
        ],
    }
    return place.ok("POST", "/api/v2/accounts", json=body)


def other_contact(made: Json, first_name: str) -> Json:
    return next(contact for contact in made["other_contacts"] if contact["first_name"] == first_name)
