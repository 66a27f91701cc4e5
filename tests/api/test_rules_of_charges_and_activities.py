"""The rules of charges and activities, as the doors show them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.firms import Workplace

ADA = {"address": "ada@example.com", "display_name": "Ada, Countess"}


@pytest.fixture
def matter(workplace: Workplace) -> Any:
    account = {"company_name": "Acme"}
    made = workplace.ok("POST", "/api/v2/accounts", json=account)
    body = {"name": "Acme v. Bolt", "status": "Open", "account_ref": {"id": made["id"]}}
    return workplace.ok("POST", "/api/v2/matters", json=body)


def refused(workplace: Workplace, path: str, body: dict[str, Any]) -> dict[str, list[str]]:
    answer = workplace.request("POST", path, json=body)
    assert answer.status_code == 400, answer.text
    return answer.get_json()["modelState"]


@pytest.fixture
def charge(workplace: Workplace, matter: Any) -> dict[str, Any]:
    by = {"matter_ref": {"id": matter["id"]}, "billed_by_user_ref": {"id": workplace.user_id}}
    return {**by, "date": "2026-03-02T00:00:00"}


def test_a_task_code_is_spelled_as_its_set_has_it(workplace: Workplace, charge: dict[str, Any]) -> None:
    time = workplace.ok("POST", "/api/v2/timeentries", json={**charge, "hours": 1, "task_code": "l 110"})
    assert time["task_code"] == "L110"
    shown = workplace.ok("GET", f"/api/timeentry/{time['id']}")
    assert shown["utbmsCode"]["name"] == "Fact Investigation/Development"
    expense = {**charge, "qty": 1, "price": 2.5, "task_code": "e101"}
    assert workplace.ok("POST", "/api/v2/Expenses", json=expense)["task_code"] == "E101"


def test_a_problem_inside_a_group_is_named_by_its_path(workplace: Workplace, charge: dict[str, Any]) -> None:
    body = {"projectGuid": charge["matter_ref"]["id"], "userGuid": workplace.user_id, "date": charge["date"]}
    body |= {"hours": 1, "utbmsCode": {"code": "L999"}}
    assert list(refused(workplace, "/api/timeentry", body)) == ["utbmsCode.code"]


def test_an_unknown_task_code_is_refused_by_name(workplace: Workplace, charge: dict[str, Any]) -> None:
    problems = refused(workplace, "/api/v2/timeentries", {**charge, "hours": 1, "task_code": "L999"})
    assert list(problems) == ["task_code"]
    assert problems["task_code"][0].startswith("There is no UTBMS code 'L999'")
    problems = refused(workplace, "/api/v2/Expenses", {**charge, "qty": 1, "price": 1, "task_code": "A103"})
    assert list(problems) == ["task_code"]


def test_a_flat_fee_takes_the_price_of_its_item(workplace: Workplace, charge: dict[str, Any]) -> None:
    item = workplace.ok("POST", "/api/v2/items", json={"name": "Will", "rate": 450})
    fee = {**charge, "qty": 2, "item_ref": {"id": item["id"]}}
    assert workplace.ok("POST", "/api/v2/flatfees", json=fee)["price"] == 450
    assert workplace.ok("POST", "/api/v2/flatfees", json={**fee, "price": 0})["price"] == 0


def test_an_email_goes_through_both_doors_unchanged(workplace: Workplace, matter: Any) -> None:
    body = {"subject": "Hi", "body_text": "Hello", "from": ADA, "to": [ADA, {"address": "b@example.com"}]}
    body["matter_ref"] = {"id": matter["id"]}
    email = workplace.ok("POST", "/api/v2/emails", json=body)
    assert email["account_ref"]["id"] == matter["account_ref"]["id"]
    v1 = workplace.ok("GET", f"/api/activity/{email['id']}")
    properties = v1["emailProperties"]
    assert properties["to"] == '"Ada, Countess" <ada@example.com>, b@example.com'
    assert properties["toAddressCollection"][0]["user"] == "ada"
    assert properties["fromAddressEmail"] == "ada@example.com"
    workplace.ok("PUT", "/api/activity", json=v1)
    workplace.ok("PUT", "/api/v2/emails", query_string={"id": email["id"]}, json=email)
    assert workplace.ok("GET", f"/api/activity/{email['id']}") == v1
    v1["emailProperties"]["to"] = "Bob <bob@example.com>"
    workplace.ok("PUT", "/api/activity", json=v1)
    changed = workplace.ok("GET", f"/api/v2/emails/{email['id']}")
    assert changed["to"] == [{"address": "bob@example.com", "display_name": "Bob"}]


@pytest.mark.parametrize("line", ["nobody", "(" * 5_000, "a@b.c <d@e.f>"])
def test_a_line_that_holds_no_addresses_is_refused_by_name(workplace: Workplace, line: str) -> None:
    body = {"type": "Email", "name": "Hi", "assignedToUsersGuids": [], "emailProperties": {"to": line}}
    assert list(refused(workplace, "/api/activity", body)) == ["emailProperties.to"]


def test_an_event_does_not_end_before_it_begins(workplace: Workplace) -> None:
    body = {"subject": "Hearing", "is_all_day": False}
    times = {"start_date_time": "2026-03-02T10:00:00", "end_date_time": "2026-03-02T09:00:00"}
    assert list(refused(workplace, "/api/v2/events", {**body, **times})) == ["end_date_time"]


def test_a_task_is_completed_by_whoever_says_so(workplace: Workplace) -> None:
    task = workplace.ok("POST", "/api/v2/tasks", json={"subject": "File", "status": "Completed"})
    shown = workplace.ok("GET", f"/api/activity/{task['id']}")
    assert shown["completedByUserGuid"] == workplace.user_id
    assert shown["taskCompleteDate"]
    again = {**task, "status": "InProgress"}
    workplace.ok("PUT", "/api/v2/tasks", query_string={"id": task["id"]}, json=again)
    shown = workplace.ok("GET", f"/api/activity/{task['id']}")
    assert (shown["completedByUserGuid"], shown["taskCompleteDate"]) == (None, None)


def test_a_task_does_not_become_a_note(workplace: Workplace) -> None:
    task = workplace.ok("POST", "/api/v2/tasks", json={"subject": "File"})
    shown = workplace.ok("GET", f"/api/activity/{task['id']}")
    answer = workplace.request("PUT", "/api/activity", json={**shown, "type": "Note"})
    assert (answer.status_code, list(answer.get_json()["modelState"])) == (400, ["type"])
    path = "/api/v2/notes"
    answer = workplace.request("PUT", path, query_string={"id": task["id"]}, json={"subject": "File"})
    assert answer.status_code == 404
