"""Custom fields over HTTP: defined at v2, and listed at v1 too."""

from __future__ import annotations

import pytest

from tests.api.custom_field_steps import (
    FIELDS,
    OPTIONS,
    by_field,
    define,
    given,
    open_matter,
    refusal,
)
from tests.firms import Workplace


@pytest.mark.parametrize(
    ("kind", "object_type"), [("company", "Account"), ("contact", "Contact"), ("matter", "Project")]
)
def test_a_field_is_defined_changed_and_deleted(workplace: Workplace, kind: str, object_type: str) -> None:
    field = define(workplace, kind, "Court", "DropDownList", help_text="Where it is heard")
    assert field == {
        "id": field["id"],
        "label": "Court",
        "value_type": "DropDownList",
        "dropdown_list_values": OPTIONS,
        "help_text": "Where it is heard",
        "tooltip": None,
    }
    assert workplace.ok("GET", f"{FIELDS}/{field['id']}") == field
    for other in ("company", "contact", "matter"):
        assert workplace.ok("GET", f"{FIELDS}/{other}") == ([field] if other == kind else [])
        if other != kind:
            address = f"{FIELDS}/{other}?id={field['id']}"
            assert workplace.request("PUT", address, json=field).status_code == 404
            assert workplace.request("DELETE", address).status_code == 404
    (shown,) = workplace.list("/api/customfield", objectType=object_type)
    assert (shown["guid"], shown["objectType"], shown["name"]) == (field["id"], object_type, "Court")
    assert (shown["valueType"], shown["dropDownListValues"]) == ("DropDownList", OPTIONS)
    address = f"{FIELDS}/{kind}?id={field['id']}"
    after = workplace.ok("PUT", address, json={**field, "label": "Venue", "tooltip": "Ask the clerk"})
    assert after == {**field, "label": "Venue", "tooltip": "Ask the clerk"}
    workplace.ok("DELETE", address)
    assert workplace.get(f"{FIELDS}/{field['id']}").status_code == 404
    assert workplace.ok("GET", f"{FIELDS}/{kind}") == []


def test_wrong_definitions_are_told_in_the_words_of_the_door(workplace: Workplace) -> None:
    field = define(workplace, "matter", value_type="Number")
    path = f"{FIELDS}/matter"
    taken = {"label": "Court", "value_type": "Date"}
    assert refusal(workplace, "POST", path, taken) == {"label": ["There is a field 'Court' already."]}
    assert "label" in refusal(workplace, "POST", path, {"label": " ", "value_type": "Date"})
    assert "value_type" in refusal(workplace, "POST", path, {"label": "A", "value_type": "Colour"})
    empty = {"label": "A", "value_type": "DropDownList"}
    problem = {"dropdown_list_values": ["A DropDownList needs at least one option."]}
    assert refusal(workplace, "POST", path, empty) == problem
    open_matter(workplace, given(field, value_number=3))
    problem = {"value_type": ["The field has values already; its type stays Number."]}
    body = {**field, "value_type": "Currency"}
    assert refusal(workplace, "PUT", f"{path}?id={field['id']}", body) == problem


def test_a_field_that_is_deleted_is_gone_from_every_record(workplace: Workplace) -> None:
    court, judge = define(workplace, "matter"), define(workplace, "matter", "Judge")
    case = open_matter(workplace, given(court, value_string="Southern"), given(judge, value_string="Hand"))
    workplace.ok("DELETE", f"{FIELDS}/matter?id={court['id']}")
    after = workplace.ok("GET", f"/api/v2/matters/{case['id']}")
    assert list(by_field(after["custom_field_values"])) == [judge["id"]]
    assert workplace.ok("PUT", f"/api/v2/matters?id={case['id']}", json=after) == after
    problems = refusal(workplace, "PUT", f"/api/v2/matters?id={case['id']}", case)
    assert list(problems.values()) == [["There is no such custom field for matters."]]


def test_firms_do_not_see_each_others_fields(workplace: Workplace, other_workplace: Workplace) -> None:
    field = define(workplace, "matter")
    assert other_workplace.ok("GET", f"{FIELDS}/matter") == []
    assert other_workplace.list("/api/customfield", objectType="Project") == []
    assert other_workplace.get(f"{FIELDS}/{field['id']}").status_code == 404
    for method, body in (("PUT", field), ("DELETE", None)):
        answer = other_workplace.request(method, f"{FIELDS}/matter?id={field['id']}", json=body)
        assert answer.status_code == 404
    body = {"name": "A", "status": "Open", "custom_field_values": [given(field, value_string="x")]}
    assert refusal(other_workplace, "POST", "/api/v2/matters", body) == {
        "custom_field_values[0].custom_field_ref": ["There is no such custom field for matters."]
    }
