"""What records have in custom fields: filled in and read at v2 and v1."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tests.api.custom_field_steps import (
    EMPTY,
    FIELDS,
    MISSING,
    V1_NAMES,
    Json,
    by_field,
    define,
    furnished_account,
    given,
    lines,
    one_of_each,
    open_matter,
    other_contact,
    refusal,
)
from tests.contract.samples import matter
from tests.firms import Workplace


def test_every_type_goes_in_and_comes_out_at_v2(workplace: Workplace) -> None:
    values = one_of_each(workplace)
    case = open_matter(workplace, *values)
    assert by_field(case["custom_field_values"]) == by_field(values)
    listed = workplace.list("/api/v2/matters", **{"$filter": f"id eq {case['id']}"})
    assert listed == [{name: case[name] for name in listed[0]}]


def test_every_type_goes_in_and_comes_out_at_v1(workplace: Workplace) -> None:
    values = one_of_each(workplace)
    body = {"name": "Acme v. Bolt", "status": "Open", "customFieldValues": [in_v1(value) for value in values]}
    made = workplace.ok("POST", "/api/project", json=body)
    shown = {value["customField"]["guid"]: value for value in made["customFieldValues"]}
    assert len(shown) == len(values)
    for value in values:
        ref, there = value["custom_field_ref"], shown[value["custom_field_ref"]["id"]]
        assert (there["customField"]["name"], there["customField"]["valueType"]) == (
            ref["label"],
            ref["value_type"],
        )
        assert {name: there[V1_NAMES[name]] for name in V1_NAMES} == {name: value[name] for name in V1_NAMES}
        contact = (value["contact_ref"] or {}).get("id")
        assert there["valueContactGuid"] == contact
        assert (there["valueContact"] or {}).get("guid") == contact
    case = workplace.ok("GET", f"/api/v2/matters/{made['guid']}")
    assert by_field(case["custom_field_values"]) == by_field(values)


def in_v1(value: Json) -> Json:
    written = {V1_NAMES[name]: value[name] for name in V1_NAMES}
    if value["contact_ref"]:
        written["valueContact"] = {"guid": value["contact_ref"]["id"]}
    return {"customField": {"guid": value["custom_field_ref"]["id"]}, **written}


def test_a_company_and_its_contacts_have_their_own(workplace: Workplace) -> None:
    made = furnished_account(workplace)
    assert [value["value_number"] for value in made["company_custom_field_values"]] == [1987]
    jo, al, cy = made["primary_contact"], other_contact(made, "Al"), other_contact(made, "Cy")
    assert {value["custom_field_ref"]["label"] for value in jo["custom_field_values"]} == {"Nickname", "VIP"}
    assert [value["value_boolean"] for value in al["custom_field_values"]] == [True]
    assert cy["custom_field_values"] == []
    assert (
        workplace.ok("GET", f"/api/v2/contacts/{jo['id']}")["custom_field_values"]
        == jo["custom_field_values"]
    )


def test_what_is_sent_back_unchanged_changes_nothing(workplace: Workplace, session: Session) -> None:
    case = open_matter(workplace, *one_of_each(workplace), account_ref=matter(workplace)["account_ref"])
    owner = furnished_account(workplace)
    before = lines(session, workplace)
    for path, key in (("matters", case["id"]), ("accounts", owner["id"])):
        whole = workplace.ok("GET", f"/api/v2/{path}/{key}")
        assert workplace.ok("PUT", f"/api/v2/{path}?id={key}", json=whole) == whole
    for path, key in (("project", case["id"]), ("account", owner["id"])):
        whole = workplace.ok("GET", f"/api/{path}/{key}")
        assert workplace.ok("PUT", f"/api/{path}", json=whole) == whole
    assert workplace.ok("GET", f"/api/v2/matters/{case['id']}") == case
    assert workplace.ok("GET", f"/api/v2/accounts/{owner['id']}") == owner
    assert lines(session, workplace) == before


def test_an_option_that_is_gone_can_be_kept_but_not_chosen(workplace: Workplace) -> None:
    field = define(workplace, "matter", value_type="DropDownList")
    case = open_matter(workplace, given(field, value_string="Southern District"))
    less = {**field, "dropdown_list_values": "Northern District"}
    workplace.ok("PUT", f"{FIELDS}/matter?id={field['id']}", json=less)
    assert workplace.ok("PUT", f"/api/v2/matters?id={case['id']}", json=case) == case
    body = {"name": "B", "status": "Open", "custom_field_values": case["custom_field_values"]}
    problem = {"custom_field_values[0].value_string": ["Must be one of: Northern District."]}
    assert refusal(workplace, "POST", "/api/v2/matters", body) == problem


def test_a_record_is_updated_with_its_values(workplace: Workplace) -> None:
    field = define(workplace, "matter")
    case = open_matter(workplace)
    changed = {**case, "custom_field_values": [given(field, value_string="Southern")]}
    after = workplace.ok("PUT", f"/api/v2/matters?id={case['id']}", json=changed)
    assert after["updated_at"] > case["updated_at"]
    (value,) = after["custom_field_values"]
    assert value == {
        **EMPTY,
        "custom_field_ref": {"id": field["id"], "label": "Court", "value_type": "TextBox"},
        "value_string": "Southern",
    }
    left_out = {"name": case["name"], "status": "Open"}
    assert workplace.ok("PUT", f"/api/v2/matters?id={case['id']}", json=left_out)["custom_field_values"] == []


def test_wrong_values_are_told_in_the_words_of_the_door(workplace: Workplace) -> None:
    number, person = (
        define(workplace, "matter", "Docket", "Number"),
        define(workplace, "matter", "Judge", "Contact"),
    )
    company, contact = define(workplace, "company", "Founded"), define(workplace, "contact", "Nickname")
    body = {
        "name": "A",
        "status": "Open",
        "custom_field_values": [
            given(number, value_string="three"),
            given(person, contact_ref={"id": MISSING}),
            given(contact, value_string="x"),
        ],
    }
    assert refusal(workplace, "POST", "/api/v2/matters", body) == {
        "custom_field_values[0].value_string": ["Does not go with 'Docket', which is a Number."],
        "custom_field_values[1].contact_ref": ["There is no such contact."],
        "custom_field_values[2].custom_field_ref": ["There is no such custom field for matters."],
    }
    v1 = {
        "name": "A",
        "status": "Open",
        "customFieldValues": [in_v1({**EMPTY, **body["custom_field_values"][0]})],
    }
    assert refusal(workplace, "POST", "/api/project", v1) == {
        "customFieldValues[0].valueString": ["Does not go with 'Docket', which is a Number."]
    }
    person_only = {
        "primary_contact": {"first_name": "Jo"},
        "company_custom_field_values": [given(company, value_string="1987")],
    }
    assert refusal(workplace, "POST", "/api/v2/accounts", person_only) == {
        "company_custom_field_values": ["Only a company has these fields; give the account a company name."]
    }
    nested = {
        "company_name": "Acme",
        "other_contacts": [{"custom_field_values": [given(company, value_string="x")]}],
    }
    assert refusal(workplace, "POST", "/api/v2/accounts", nested) == {
        "other_contacts[0].custom_field_values[0].custom_field_ref": [
            "There is no such custom field for contacts."
        ]
    }
