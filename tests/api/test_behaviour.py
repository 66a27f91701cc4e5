"""How the published API behaves beyond its specification, on v2 where not said otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.samples import account, matter, time_entry
from tests.firms import Workplace


def make(place: Workplace, path: str, **body: Any) -> Any:
    return place.ok("POST", f"/api/v2/{path}", json=body)


def change(place: Workplace, path: str, row: Any, **body: Any) -> Any:
    return place.ok("PUT", f"/api/v2/{path}?id={row['id']}", json={**row, **body})


def test_what_put_leaves_out_becomes_null(workplace: Workplace) -> None:
    case = make(workplace, "matters", **matter(workplace), notes="Secret", tags=["hot"])
    kept = {"name": case["name"], "status": "Closed"}
    after = workplace.ok("PUT", f"/api/v2/matters?id={case['id']}", json=kept)
    assert (after["notes"], after["tags"], after["account_ref"]) == (None, [], None)
    assert (after["number"], after["status"]) == (case["number"], "Closed")


def test_a_whole_object_sent_back_changes_nothing(workplace: Workplace) -> None:
    entry = make(workplace, "timeentries", **time_entry(workplace))
    assert change(workplace, "timeentries", entry) == entry
    for path in ("timeentry", "project", "account"):
        guid = workplace.ok("GET", f"/api/{path}")[0]["guid"]
        whole = workplace.ok("GET", f"/api/{path}/{guid}")
        assert workplace.ok("PUT", f"/api/{path}", json=whole) == whole


def test_put_through_one_door_keeps_what_only_the_other_shows(workplace: Workplace) -> None:
    made = workplace.ok(
        "POST", "/api/account", json={"name": "Acme", "website": "https://acme.example", "taxId": "12-3"}
    )
    change(workplace, "accounts", {"id": made["guid"], "company_name": "Acme Inc."})
    after = workplace.ok("GET", f"/api/account/{made['guid']}")
    assert (after["name"], after["website"], after["taxId"]) == ("Acme Inc.", "https://acme.example", "12-3")


def test_paths_are_matched_in_any_letter_case(workplace: Workplace) -> None:
    assert workplace.get("/API/V2/TimeEntries").status_code == 200
    assert workplace.get("/api/TimeEntry/$COUNT").text == "0"
    assert workplace.ok("GET", "/Api/v2/Users/Me")["id"] == workplace.user_id


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("2017-09-23T14:00:00", "2017-09-23T14:00:00"),
        ("2017-09-23T14:00:00Z", "2017-09-23T14:00:00"),
        ("2017-09-23T14:00:00-04:00", "2017-09-23T18:00:00"),
        ("2017-09-23T14:00:00.120Z", "2017-09-23T14:00:00.12"),
        ("2017-09-23T14:00:00.1239Z", "2017-09-23T14:00:00.123"),
        ("2017-09-23", "2017-09-23T00:00:00"),
    ],
)
def test_dates_are_stored_in_utc_and_shown_without_an_offset(
    workplace: Workplace, sent: str, shown: str
) -> None:
    entry = make(workplace, "timeentries", **{**time_entry(workplace), "date": sent})
    assert entry["date"] == shown
    odata = workplace.ok("GET", f"/odata/v4/TimeEntries({entry['id']})")
    assert odata["date"] == f"{shown}Z"


def test_a_date_in_a_filter_carries_an_offset(workplace: Workplace) -> None:
    answer = workplace.get("/api/v2/timeentries?$filter=date gt 2026-01-01T00:00:00")
    assert answer.status_code == 400
    assert "must carry Z or an offset" in answer.get_json()["message"]
    entry = make(workplace, "timeentries", **{**time_entry(workplace), "date": "2026-01-01T03:00:00Z"})
    found = workplace.list("/api/v2/timeentries", **{"$filter": "date lt 2025-12-31T23:30:00-04:00"})
    assert [row["id"] for row in found] == [entry["id"]]


def test_names_are_made_as_the_live_service_makes_them(workplace: Workplace) -> None:
    person = make(
        workplace,
        "accounts",
        primary_contact={"first_name": "Jane", "middle_name": "Quinn", "last_name": "Doe"},
    )
    assert person["display_name"] == "Doe, Jane Q."
    assert person["primary_contact"]["display_name"] == "Jane Q. Doe"
    case = make(workplace, "matters", name="Doe v. Roe", status="Open", account_ref={"id": person["id"]})
    assert case["display_name"] == f"{case['number']} - Doe v. Roe"
    assert case["account_ref"] == {"id": person["id"], "display_name": "Doe, Jane Q."}
    assert workplace.ok("GET", "/api/v2/users/me")["display_name"] == "Ada Lovelace"


def test_numbers_are_given_in_order_and_kept_when_given(workplace: Workplace) -> None:
    numbers = [make(workplace, "accounts", **account(workplace))["number"] for _ in range(2)]
    assert numbers == [1, 2]
    assert make(workplace, "accounts", **account(workplace), number=3)["number"] == 3
    assert make(workplace, "accounts", **account(workplace), number=77)["number"] == 77
    assert make(workplace, "accounts", **account(workplace))["number"] == 4
    answer = workplace.request("POST", "/api/v2/accounts", json={**account(workplace), "number": 77})
    assert (answer.status_code, answer.get_json()["modelState"]) == (400, {"number": ["Number 77 is taken."]})


def test_nulls_and_empty_lists(workplace: Workplace) -> None:
    case = make(workplace, "matters", name="A", status="Open")
    assert (case["tags"], case["assigned_to_users"], case["custom_field_values"]) == ([], [], [])
    assert case["account_ref"] is None


def test_tags_are_made_when_they_are_new(workplace: Workplace) -> None:
    make(workplace, "matters", name="A", status="Open", tags=["urgent", "urgent", "old"])
    make(workplace, "matters", name="B", status="Open", tags=["urgent"])
    assert {tag["name"] for tag in workplace.ok("GET", "/api/v2/tags/matter")} == {"old", "urgent"}
    assert workplace.ok("GET", "/api/v2/tags/account") == []


def test_the_primary_contact_can_change(workplace: Workplace) -> None:
    before = make(workplace, "accounts", **account(workplace), other_contacts=[{"first_name": "Kim"}])
    first, second = before["primary_contact"], before["other_contacts"][0]
    after = change(workplace, "accounts", before, primary_contact=second, other_contacts=[first])
    assert after["primary_contact"]["id"] == second["id"]
    assert [contact["id"] for contact in after["other_contacts"]] == [first["id"]]
    gone = change(workplace, "accounts", after, other_contacts=[])
    assert gone["other_contacts"] == []
    assert workplace.get(f"/api/v2/contacts/{first['id']}").status_code == 404


def test_an_account_without_a_primary_contact_in_the_body_keeps_its_own(workplace: Workplace) -> None:
    before = make(workplace, "accounts", **account(workplace))
    after = change(workplace, "accounts", before, primary_contact=None)
    assert after["primary_contact"]["id"] == before["primary_contact"]["id"]


def test_a_time_entry_without_a_rate_takes_a_default(workplace: Workplace) -> None:
    case = workplace.ok(
        "POST",
        "/api/project",
        json={"name": "A", "hourlyRateType": "ProjectRate", "hourlyRate": 210.5, "status": "Open"}
        | {"accountGuid": make(workplace, "accounts", **account(workplace))["id"]},
    )
    entry = make(
        workplace,
        "timeentries",
        date="2026-01-01",
        hours=0.3,
        matter_ref={"id": case["guid"]},
        billed_by_user_ref={"id": workplace.user_id},
    )
    assert entry["rate"] == 210.5
    assert workplace.ok("GET", f"/api/timeentry/{entry['id']}")["total"] == 63.15


@pytest.mark.parametrize("hours", [0.1, 0.25, 1.1, 33.3333, 9999.9999, 0])
def test_hours_come_back_as_they_were_sent(workplace: Workplace, hours: float) -> None:
    entry = make(workplace, "timeentries", **{**time_entry(workplace), "hours": hours})
    assert entry["hours"] == hours
    query = {"$filter": f"hours eq {hours}"}
    assert [row["id"] for row in workplace.list("/api/v2/timeentries", **query)] == [entry["id"]]


def test_work_moves_with_its_matter(workplace: Workplace) -> None:
    entry = make(workplace, "timeentries", **time_entry(workplace))
    case = workplace.ok("GET", f"/api/v2/matters/{entry['matter_ref']['id']}")
    other = make(workplace, "accounts", company_name="Bolt")
    change(workplace, "matters", case, account_ref={"id": other["id"]})
    assert workplace.ok("GET", f"/api/v2/timeentries/{entry['id']}")["account_ref"]["id"] == other["id"]


def test_a_deleted_matter_still_has_its_name_where_it_is_referred_to(workplace: Workplace) -> None:
    entry = make(workplace, "timeentries", **time_entry(workplace))
    workplace.ok("DELETE", f"/api/v2/matters?id={entry['matter_ref']['id']}")
    after = workplace.ok("GET", f"/api/v2/timeentries/{entry['id']}")
    assert after == entry
    assert change(workplace, "timeentries", after) == after
    body = {**time_entry(workplace), "matter_ref": entry["matter_ref"]}
    answer = workplace.request("POST", "/api/v2/timeentries", json=body)
    assert answer.get_json()["modelState"] == {"matter_ref": ["There is no such matter."]}


def test_bodies_may_be_forms(workplace: Workplace) -> None:
    body = time_entry(workplace)
    form = {
        "date": body["date"],
        "hours": "1.5",
        "is_billable": "false",
        "matter_ref.id": body["matter_ref"]["id"],
        "billed_by_user_ref.id": workplace.user_id,
        "description": "",
    }
    entry = workplace.ok("POST", "/api/v2/timeentries", data=form)
    assert (entry["hours"], entry["is_billable"], entry["description"]) == (1.5, False, None)


def test_paging_parameters_that_do_not_exist_are_named(workplace: Workplace) -> None:
    answer = workplace.get("/api/v2/matters?limit=5&page=2&status=Open")
    assert answer.headers["X-Ignored-Parameters"] == "limit, page"
    answer = workplace.get("/api/v2/matters?a%0D%0AX-Evil:%201=2&%C3%A9=1")
    assert answer.headers["X-Ignored-Parameters"] == "a%0D%0AX-Evil%3A%201, %C3%A9"
    assert "X-Evil" not in answer.headers


WRONG_BODIES = [
    ("matters", "[]", {"body": ["The body must be a JSON object."]}),
    ("matters", "{", {"body": ["The body is not JSON: unexpected end of data at line 1, column 2."]}),
    (
        "matters",
        "{}",
        {"name": ["Missing data for required field."], "status": ["Missing data for required field."]},
    ),
    ("accounts", "{}", {"primary_contact": ["An account needs at least one contact or a company name."]}),
]


@pytest.mark.parametrize(("path", "body", "fields"), WRONG_BODIES)
def test_a_wrong_body_is_told_field_by_field(
    workplace: Workplace, path: str, body: str, fields: dict[str, list[str]]
) -> None:
    answer = workplace.request("POST", f"/api/v2/{path}", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json() == {"message": "The request is invalid.", "modelState": fields}


def test_errors_name_fields_as_their_door_does(workplace: Workplace) -> None:
    missing = "00000000-0000-4000-8000-000000000000"
    body = {"date": "2026-01-01", "hours": 1, "projectGuid": missing, "userGuid": missing}
    answer = workplace.request("POST", "/api/timeentry", json=body)
    assert answer.get_json()["modelState"] == {
        "projectGuid": ["There is no such matter."],
        "userGuid": ["There is no such user."],
    }


def test_an_entry_follows_its_matter_to_an_account(workplace: Workplace) -> None:
    case = make(workplace, "matters", name="A", status="Open")
    first, second = (make(workplace, "accounts", company_name=name) for name in ("One", "Two"))
    body = {"date": "2026-01-01", "hours": 1, "billed_by_user_ref": {"id": workplace.user_id}}
    entry = make(
        workplace, "timeentries", **body, matter_ref={"id": case["id"]}, account_ref={"id": first["id"]}
    )
    assert entry["account_ref"]["id"] == first["id"]
    change(workplace, "matters", case, account_ref={"id": second["id"]})
    after = workplace.ok("GET", f"/api/v2/timeentries/{entry['id']}")
    assert after["account_ref"]["id"] == second["id"]
    assert change(workplace, "timeentries", after) == after
    other = make(workplace, "matters", name="B", status="Open", account_ref={"id": first["id"]})
    moved = change(workplace, "timeentries", after, matter_ref={"id": other["id"]})
    assert moved["account_ref"]["id"] == first["id"]
    answer = workplace.request(
        "PUT", f"/api/v2/timeentries?id={entry['id']}", json={**moved, "account_ref": {"id": second["id"]}}
    )
    assert answer.get_json()["modelState"] == {"account_ref": ["The matter belongs to another account."]}


def test_options_that_mean_nothing_for_one_object_are_refused(workplace: Workplace) -> None:
    answer = workplace.get(f"/api/v2/users/{workplace.user_id}?$filter=id ne null")
    assert answer.status_code == 400
    assert answer.get_json()["message"] == "$filter is for lists; this address is one object."


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("$expand=matter($expand=account($expand=primary_contact))", 200),
        ("$expand=matter($expand=time_entries($expand=matter($expand=time_entries($expand=item))))", 200),
        ("$expand=matter($expand=time_entries($expand=matter($expand=time_entries($expand=matter))))", 200),
        (
            "$expand=matter($expand=tags,time_entries($expand=account($expand=matters($expand=time_entries))))",
            400,
        ),
        (
            "$expand=matter($expand=account($expand=contacts($expand=account($expand=matters($expand=tags)))))",
            400,
        ),
        ("$format=xml", 406),
        ("$deltatoken=1", 400),
    ],
)
def test_what_an_expansion_may_cost_is_bounded(workplace: Workplace, query: str, status: int) -> None:
    assert workplace.get(f"/odata/v4/TimeEntries?{query}").status_code == status
