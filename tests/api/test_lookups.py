"""Lookups, as LegalServer's document "Core APIs" has them; sentences in quotation marks are its own."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.api.resources import RESOURCES
from app.models import User
from app.models.lookup_tables import TITLES
from app.models.roles import ALL_CASES, LOOKUPS
from tests.firms import Workplace, issue_token
from tests.restricted import restricted
from tests.services.people_of_a_firm import colleague

NOBODY = "00000000-0000-4000-8000-000000000000"


def add(place: Workplace, table: str, name: str, **more: Any) -> Any:
    return place.ok("POST", f"/api/v2/lookups/{table}", json={"name": name, **more})


def refused(place: Workplace, method: str, path: str, **body: Any) -> Any:
    answer = place.request(method, path, json=body)
    assert answer.status_code == 400, answer.text
    return answer.get_json()["modelState"]


def drop_down(place: Workplace, options: str = "Guilty,Not guilty", kind: str = "matter") -> str:
    body = {"label": "Plea", "value_type": "DropDownList", "dropdown_list_values": options}
    return str(place.ok("POST", f"/api/v2/customfields/{kind}", json=body)["id"])


def test_a_value_is_shown_with_its_list(workplace: Workplace) -> None:
    """The answer tells of the value, and of the table that it is from."""
    made = add(workplace, "case_disposition", "Open")
    assert isinstance(made["lookup_value_id"], int)
    assert made == {
        "name": "Open",
        "active": True,
        "external_id": None,
        "lookup_value_id": made["lookup_value_id"],
        "lookup_value_name": "Open",
        "lookup_value_uuid": made["lookup_value_uuid"],
        "lookup_type_name": "Case Disposition",
        "lookup_type_table_name": "case_disposition",
        "lookup_type_custom": False,
        "lookup_type_uuid": None,
    }


def test_other_values_are_discovered_by_the_lists_name(workplace: Workplace) -> None:
    """What else could be chosen is at the address of the table that the value names."""
    for name in ("Portland", "Salem"):
        add(workplace, "office", name)
    add(workplace, "program", "Housing")
    found = workplace.list("/api/v2/lookups/office", **{"$orderby": "lookup_value_id"})
    assert [value["lookup_value_name"] for value in found] == ["Portland", "Salem"]
    assert [value["name"] for value in workplace.list("/api/v2/lookups/office", name="SALEM")] == ["Salem"]
    one = workplace.ok("GET", f"/api/v2/lookups/OFFICE/{found[0]['lookup_value_uuid']}")
    assert one == found[0]
    # Through the list of another table, a value is not found.
    answer = workplace.get(f"/api/v2/lookups/program/{found[0]['lookup_value_uuid']}")
    assert (answer.status_code, "in this list" in answer.get_json()["message"]) == (404, True)


@pytest.mark.parametrize(
    ("name", "told"),
    [("offices", "office"), ("asignment_type", "assignment_types"), ("zzz", ", ".join(TITLES))],
)
def test_an_unknown_list_is_not_found_and_close_ones_are_named(
    workplace: Workplace, name: str, told: str
) -> None:
    for method in ("GET", "POST"):
        answer = workplace.request(method, f"/api/v2/lookups/{name}", json={"name": "x"})
        assert answer.status_code == 404
        assert answer.get_json()["message"].startswith(f"There is no lookup table '{name}'; there is {told}")


def test_values_are_added_and_updated(workplace: Workplace) -> None:
    """Lists are read, added to and changed; nothing is deleted from them."""
    made = add(workplace, "charge", "Theft", external_id="c-1")
    path = f"/api/v2/lookups/charge/{made['lookup_value_uuid']}"
    renamed = workplace.ok("PATCH", path, json={"lookup_value_name": " Larceny "})
    assert renamed == {**made, "name": "Larceny", "lookup_value_name": "Larceny"}
    assert workplace.ok("PATCH", path, json={"active": False})["active"] is False
    assert workplace.list("/api/v2/lookups/charge", active="true") == []
    assert workplace.ok("PATCH", path, json={"external_id": None})["external_id"] is None
    assert workplace.request("DELETE", path).status_code == 405, "a value is switched off, and never deleted"
    assert workplace.request("PATCH", f"/api/v2/lookups/charge/{NOBODY}", json={}).status_code == 404


def test_a_name_and_an_external_id_are_there_once_in_a_list(workplace: Workplace) -> None:
    add(workplace, "charge", "Theft", external_id="c-1")
    path = "/api/v2/lookups/charge"
    assert refused(workplace, "POST", path, name="Theft ") == {"name": ["There is 'Theft' already."]}
    assert refused(workplace, "POST", path, name="Arson", external_id="c-1") == {
        "external_id": ["'Theft' has this external id."]
    }
    assert refused(workplace, "POST", path, name=" ") == {"name": ["Must not be blank."]}
    assert refused(workplace, "POST", path) == {"name": ["Missing data for required field."]}
    add(workplace, "charge_outcome", "Theft", external_id="c-1")


def test_a_list_is_answered_in_pages_as_others_are(workplace: Workplace) -> None:
    for name in ("Salem", "Portland", "Eugene"):
        add(workplace, "office", name)
    add(workplace, "program", "Housing")
    page = workplace.ok("GET", "/api/v2/lookups/office?page_size=2&sort=name&custom_results=name")
    assert (page["total_records"], page["total_number_of_pages"]) == (3, 2)
    assert [set(value) for value in page["data"]] == [{"lookup_value_uuid", "name"}] * 2
    assert [value["name"] for value in page["data"]] == ["Eugene", "Portland"]
    values = workplace.ok("GET", "/api/v2/lookups/office?sort=desc")["data"]
    ids = [value["lookup_value_uuid"] for value in values]
    assert ids == sorted(ids, reverse=True)
    key = page["data"][0]["lookup_value_uuid"]
    path = f"/api/v2/lookups/office/{key}"
    assert workplace.ok("GET", f"{path}?custom_results=[]") == {"lookup_value_uuid": key}
    assert workplace.ok("PATCH", path, json={"name": "Bend", "custom_results": ["name"]}) == {
        "lookup_value_uuid": key,
        "name": "Bend",
    }


def test_each_form_of_a_value_sets_it(workplace: Workplace) -> None:
    """A number, a name, `{"lookup_value_uuid"}` or what the answer showed: they all mean the same."""
    value = add(workplace, "income_type", "Pension")
    matter = {"id": workplace.ok("POST", "/api/v2/matters", json={"name": "Roe", "status": "Open"})["id"]}
    key, number = value["lookup_value_uuid"], value["lookup_value_id"]
    forms: list[Any] = [
        *(number, str(number), "Pension", key, key.upper()),
        *(
            {"lookup_value_id": number},
            {"lookup_value_uuid": key},
            {"uuid": key},
            {"lookup_value_name": "Pension"},
        ),
        value,
    ]
    for form in forms:
        body = {"amount": 5, "period": "Monthly", "matter_ref": matter, "type": form}
        shown = workplace.ok("POST", "/api/v2/incomes", json=body)["type"]
        assert (shown["lookup_value_uuid"], shown["lookup_type_name"]) == (key, "Income Type"), form
    for form, told in (
        ("Pensoin", "There is no such income type as 'Pensoin'; there are: Pension."),
        (number + 999, f"There is no such income type as '{number + 999}'; there are: Pension."),
        ([], "Must be a lookup value"),
        (True, "Must be a lookup value"),
        ({}, "Must be a lookup value"),
        (10**30, "Must be between"),
        ("a\0b", "Null characters are not allowed."),
    ):
        body = {"amount": 5, "period": "Monthly", "matter_ref": matter, "type": form}
        assert refused(workplace, "POST", "/api/v2/incomes", **body)["type"][0].startswith(told), form


def test_a_value_that_is_switched_off_stays_where_it_is_and_is_not_chosen_again(workplace: Workplace) -> None:
    value = add(workplace, "income_type", "Pension")
    matter = {"id": workplace.ok("POST", "/api/v2/matters", json={"name": "Roe", "status": "Open"})["id"]}
    body = {"amount": 5, "period": "Monthly", "matter_ref": matter, "type": "Pension"}
    made = workplace.ok("POST", "/api/v2/incomes", json=body)
    workplace.ok("PATCH", f"/api/v2/lookups/income_type/{value['lookup_value_uuid']}", json={"active": False})
    assert workplace.ok("PUT", f"/api/v2/incomes?id={made['id']}", json=made) == made
    assert refused(workplace, "POST", "/api/v2/incomes", **body) == {
        "type": ["'Pension' can no longer be chosen."]
    }


def test_the_options_of_a_custom_field_are_a_custom_lookup(workplace: Workplace) -> None:
    """They have the address that the document announces for custom lookups."""
    field = drop_down(workplace)
    path = f"/api/v2/custom_lookups/{field}/lookups"
    first, second = sorted(workplace.list(path), key=lambda value: value["lookup_value_id"])
    assert [first["name"], second["name"]] == ["Guilty", "Not guilty"]
    assert (first["lookup_type_custom"], first["lookup_type_uuid"], first["lookup_type_name"]) == (
        True,
        field,
        "Plea",
    )
    workplace.ok("POST", path, json={"name": "No contest"})
    workplace.ok("PATCH", f"{path}/{second['lookup_value_uuid']}", json={"active": False})

    def options() -> Any:
        return workplace.ok("GET", f"/api/v2/customfields/{field}")["dropdown_list_values"]

    assert options() == "Guilty,No contest"
    # What the field says anew brings the old value back as it was.
    shown = workplace.ok("GET", f"/api/v2/customfields/{field}")
    again = {**shown, "dropdown_list_values": "Not guilty,Guilty"}
    workplace.ok("PUT", f"/api/v2/customfields/matter?id={field}", json=again)
    assert options() == "Not guilty,Guilty"
    assert second in workplace.list(path, active="true")


def test_records_follow_an_option_that_is_renamed(workplace: Workplace) -> None:
    field = drop_down(workplace)
    value = {"custom_field_ref": {"id": field}, "value_string": "Guilty"}
    body = {"name": "State v. Roe", "status": "Open", "custom_field_values": [value]}
    made = workplace.ok("POST", "/api/v2/matters", json=body)
    path = f"/api/v2/custom_lookups/{field}/lookups"
    (option,) = workplace.list(path, name="guilty")
    workplace.ok("PATCH", f"{path}/{option['lookup_value_uuid']}", json={"name": "Guilty plea"})
    shown = workplace.ok("GET", f"/api/v2/matters/{made['id']}")
    assert shown["custom_field_values"][0]["value_string"] == "Guilty plea"


def test_a_custom_lookup_refuses_what_its_field_cannot_offer(workplace: Workplace) -> None:
    field = drop_down(workplace, "Guilty")
    path = f"/api/v2/custom_lookups/{field}/lookups"
    assert "has no comma" in refused(workplace, "POST", path, name="a,b")["name"][0]
    (option,) = workplace.list(path)
    told = refused(workplace, "PATCH", f"{path}/{option['lookup_value_uuid']}", active=False)
    assert told == {"active": ["A DropDownList needs at least one option."]}
    text = {"label": "Judge", "value_type": "TextBox"}
    other = workplace.ok("POST", "/api/v2/customfields/matter", json=text)["id"]
    for key, told in ((other, "is no DropDownList"), (NOBODY, "There is no custom field")):
        answer = workplace.get(f"/api/v2/custom_lookups/{key}/lookups")
        assert (answer.status_code, told in answer.get_json()["message"]) == (404, True)
    assert workplace.get("/api/v2/custom_lookups/x/lookups").status_code == 400


def test_lists_need_their_scope_and_are_a_firms_own(
    workplace: Workplace, other_workplace: Workplace, session: Session
) -> None:
    made = add(workplace, "office", "Portland")
    assert other_workplace.list("/api/v2/lookups/office") == []
    path = f"/api/v2/lookups/office/{made['lookup_value_uuid']}"
    assert other_workplace.request("PATCH", path, json={"name": "Salem"}).status_code == 404
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    token = issue_token(session, user, str(workplace.client_id), "lookups:read matters:read")
    session.commit()
    assert workplace.get("/api/v2/lookups/office", token=token).status_code == 200
    answer = workplace.request("POST", "/api/v2/lookups/office", token=token, json={"name": "Salem"})
    assert (answer.status_code, "lookups:write" in answer.headers["WWW-Authenticate"]) == (403, True)


def test_writing_takes_a_right_that_members_have(workplace: Workplace, session: Session) -> None:
    key = add(workplace, "office", "Portland")["lookup_value_uuid"]
    field = drop_down(workplace)
    option = workplace.list(f"/api/v2/custom_lookups/{field}/lookups")[0]["lookup_value_uuid"]
    fields = "/api/v2/customfields/matter"
    text = {"label": "Judge", "value_type": "TextBox"}
    writes: list[tuple[str, str, Any]] = [
        ("POST", "/api/v2/lookups/office", {"name": "Salem"}),
        ("PATCH", f"/api/v2/lookups/office/{key}", {"name": "Eugene"}),
        ("POST", f"/api/v2/custom_lookups/{field}/lookups", {"name": "No contest"}),
        ("PATCH", f"/api/v2/custom_lookups/{field}/lookups/{option}", {"name": "Not proven"}),
        ("POST", fields, text),
        ("PUT", f"{fields}?id={field}", {**text, "label": "Plea"}),
        ("DELETE", f"{fields}?id={field}", None),
    ]
    without = restricted(session, workplace, rights=ALL_CASES)
    for method, path, body in writes:
        answer = without.request(method, path, json=body)
        assert (answer.status_code, answer.get_json()["message"].partition("'")[0]) == (403, "Your role ")
        assert answer.get_json()["message"].endswith("lacks the right to do this: lookups.")
    entity = {"name": "Court", "object_type": "Matter", "value_type": "TextBox"}
    assert without.request("POST", "/odata/v4/CustomFields", json=entity).status_code == 403
    assert [value["name"] for value in without.list("/api/v2/lookups/office")] == ["Portland"]
    holder = restricted(session, workplace, rights=LOOKUPS)
    member = colleague(session, workplace)
    token = issue_token(session, member, str(workplace.client_id), "full")
    session.commit()
    for number, (method, path, body) in enumerate(writes):
        token = holder.token if number % 2 else token
        assert workplace.request(method, path, token=token, json=body).status_code == 200, path


def test_every_list_is_of_use() -> None:
    """Each is chosen from by some record, but for the one that LegalServer's document prints."""
    used = {table for resource in RESOURCES for table in resource.model.lookups.values()}
    assert set(TITLES) - used == {"case_disposition"}
