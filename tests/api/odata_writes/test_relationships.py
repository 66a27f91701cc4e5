"""References by key or by address, lists of them, and entities within entities."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.odata_writes.steps import account, entry, make, matter, problems, read, send
from tests.firms import Workplace

KEY = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    "reference",
    [
        lambda key: {"account_id": key},
        lambda key: {"account@odata.bind": f"Accounts({key})"},
        lambda key: {"account@odata.bind": f"/odata/v4/Accounts({key.upper()})"},
        lambda key: {"account@odata.bind": f"http://localhost/odata/v4/Accounts(id={key})"},
        lambda key: {"account": {"@id": f"Accounts/{key}"}},
        lambda key: {"account": {"@odata.id": f"Accounts%28{key}%29"}},
        lambda key: {"account_id": key, "account": {"@id": f"Accounts({key})"}},
    ],
    ids=range(7),
)
def test_ways_to_name_a_record(workplace: Workplace, reference: Any) -> None:
    key = account(workplace)
    made = make(workplace, "Matters", {"name": "Doe", **reference(key)})
    assert made["account_id"] == key
    assert send(workplace, "PATCH", f"Matters({made['id']})", {"account": None}).status_code == 204
    assert send(workplace, "PATCH", f"Matters({made['id']})", reference(key)).status_code == 204
    assert read(workplace, f"Matters({made['id']})")["account_id"] == key


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({"account@odata.bind": f"Users({KEY})"}, "account@odata.bind"),
        ({"account@odata.bind": f"https://elsewhere.example/odata/v4/Accounts({KEY})"}, "account@odata.bind"),
        ({"account@odata.bind": 5}, "account@odata.bind"),
        ({"account@odata.bind": [f"Accounts({KEY})"]}, "account@odata.bind"),
        ({"account@odata.bind": "$1"}, "account@odata.bind"),
        ({"name@odata.bind": f"Accounts({KEY})"}, "name@odata.bind"),
        ({"nope@odata.bind": f"Accounts({KEY})"}, "nope@odata.bind"),
        ({"balance@odata.bind": f"Accounts({KEY})"}, "balance@odata.bind"),
        ({"account": {"@id": None}}, "account"),
        ({"assigned_users@odata.bind": f"Users({KEY})"}, "assigned_users@odata.bind"),
        ({"assigned_users@odata.bind": ["x"]}, "assigned_users@odata.bind[0]"),
        ({"assigned_users": [{"display_name": "x"}]}, "assigned_users[0]"),
        ({"tags@odata.bind": ["Tags('x')"]}, "tags@odata.bind"),
        ({"tags": ["x"]}, "tags[0]"),
        ({"tags": [{}]}, "tags[0].name"),
        ({"account_id": KEY, "account": {"@id": f"Accounts({KEY[:-1]}2)"}}, "account"),
        ({"account": {"@id": f"Accounts({KEY})"}}, "account_id"),
        ({"assigned_users": [{"@id": f"Users({KEY})"}]}, "assigned_users"),
    ],
)
def test_references_that_will_not_do(workplace: Workplace, body: dict[str, Any], target: str) -> None:
    assert list(problems(send(workplace, "POST", "Matters", {"name": "Doe", **body}))) == [target]


@pytest.mark.parametrize(
    "body", [{"account": {"company_name": "x"}}, {"time_entries": []}, {"tags@delta": []}]
)
def test_what_is_not_built_is_said(workplace: Workplace, body: dict[str, Any]) -> None:
    answer = send(workplace, "POST", "Matters", {"name": "Doe", **body})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (501, "not_supported")
    assert read(workplace, "Matters")["value"] == []


def users(place: Workplace, key: str) -> list[str]:
    return [user["id"] for user in read(place, f"Matters({key})/assigned_users")["value"]]


def test_lists_of_references(workplace: Workplace) -> None:
    user = f"Users({workplace.user_id})"
    key = matter(workplace, **{"assigned_users@odata.bind": [user, user]})
    assert users(workplace, key) == [workplace.user_id]
    send(workplace, "PATCH", f"Matters({key})", {"assigned_users": []})
    assert users(workplace, key) == []
    send(workplace, "PATCH", f"Matters({key})", {"assigned_users@odata.bind": [user]})
    send(workplace, "PATCH", f"Matters({key})", {"assigned_users@odata.bind": []})  # adds none, takes none
    assert users(workplace, key) == [workplace.user_id]
    send(workplace, "PATCH", f"Matters({key})", {"name": "Roe"})
    assert users(workplace, key) == [workplace.user_id]


def test_tags_go_by_name(workplace: Workplace) -> None:
    key = matter(workplace, tags=[{"name": "hot"}, {"name": "hot"}, {"name": "old"}])
    send(workplace, "PATCH", f"Matters({key})", {"tags": [{"name": "new"}, {"name": "hot"}]})
    found = read(workplace, f"Matters({key})?$expand=tags($select=name)")["tags"]
    assert [tag["name"] for tag in found] == ["hot", "new"]


# Entities within entities


def contacts(place: Workplace, key: str) -> dict[str, Any]:
    listed = read(place, f"Accounts({key})/contacts?$orderby=first_name")["value"]
    return {contact["first_name"]: contact for contact in listed}


def test_an_account_is_made_with_its_contacts(workplace: Workplace) -> None:
    people = [{"first_name": "Al"}, {"first_name": "Jo", "is_primary": True, "email": "jo@example.com"}]
    made = make(workplace, "Accounts?$expand=contacts", {"contacts": people})
    found = contacts(workplace, made["id"])
    assert {name: person["is_primary"] for name, person in found.items()} == {"Al": False, "Jo": True}
    assert made["display_name"] == "Jo"
    assert len(made["contacts"]) == 2


def test_an_account_needs_somebody(workplace: Workplace) -> None:
    assert set(problems(send(workplace, "POST", "Accounts", {}))) == {"primary_contact"}
    key = account(workplace, primary_contact={"first_name": "Jo"})
    assert send(workplace, "PATCH", f"Accounts({key})", {"company_name": None}).status_code == 204
    assert read(workplace, f"Accounts({key})")["display_name"] == "Jo"


def test_contacts_stay_where_nothing_is_said_of_them(workplace: Workplace) -> None:
    people = [{"first_name": "Al", "notes": "n"}, {"first_name": "Jo", "is_primary": True, "notes": "m"}]
    key = account(workplace, contacts=people)
    before = contacts(workplace, key)
    for method, body in (("PATCH", {"notes": "x"}), ("PUT", {"company_name": "Acme"})):
        assert send(workplace, method, f"Accounts({key})", body).status_code == 204
    assert contacts(workplace, key) == before
    send(workplace, "PATCH", f"Accounts({key})", {"primary_contact": {"last_name": "Doe"}})
    after = contacts(workplace, key)
    assert (after["Jo"]["id"], after["Jo"]["display_name"]) == (before["Jo"]["id"], "Jo Doe")
    assert (after["Jo"]["notes"], after["Al"]) == ("m", before["Al"])


def test_a_list_of_contacts_is_all_of_them(workplace: Workplace) -> None:
    people = [{"first_name": "Al", "notes": "n"}, {"first_name": "Jo", "is_primary": True}]
    key = account(workplace, contacts=people)
    before = contacts(workplace, key)
    listed = [{"id": before["Jo"]["id"]}, {"first_name": "Cy"}]
    assert send(workplace, "PATCH", f"Accounts({key})", {"contacts": listed}).status_code == 204
    after = contacts(workplace, key)
    assert set(after) == {"Cy", "Jo"}
    assert after["Jo"]["is_primary"]
    listed = [{"id": after["Jo"]["id"]}, {"id": after["Cy"]["id"], "is_primary": True}]
    assert send(workplace, "PATCH", f"Accounts({key})", {"contacts": listed}).status_code == 204
    assert contacts(workplace, key)["Cy"]["is_primary"]


def test_problems_within_say_where(workplace: Workplace) -> None:
    body = {"contacts": [{"first_name": "Al"}, {"email": "x", "nope": 1, "is_primary": 3}]}
    assert set(problems(send(workplace, "POST", "Accounts", body))) == {
        "contacts[1].email",
        "contacts[1].nope",
        "contacts[1].is_primary",
    }
    two = {"contacts": [{"is_primary": True}, {"is_primary": True}]}
    assert set(problems(send(workplace, "POST", "Accounts", two))) == {"contacts"}
    for given in (5, [5], {"a": 1}, None):
        assert (
            send(workplace, "POST", "Accounts", {"company_name": "A", "contacts": given}).status_code == 400
        )


def test_values_of_custom_fields(workplace: Workplace) -> None:
    field = make(workplace, "CustomFields", {"name": "C", "object_type": "Matter", "value_type": "Number"})[
        "id"
    ]
    key = matter(workplace, custom_field_values=[{"custom_field_id": field, "value_number": 1.25}])
    send(workplace, "PATCH", f"Matters({key})", {"name": "Roe"})
    found = read(workplace, f"Matters({key})?$expand=custom_field_values")["custom_field_values"]
    assert [value["value_number"] for value in found] == [1.25]
    send(workplace, "PATCH", f"Matters({key})", {"custom_field_values": []})
    assert read(workplace, f"Matters({key})?$expand=custom_field_values")["custom_field_values"] == []
    answer = send(workplace, "PATCH", f"Matters({key})", {"custom_field_values": [{"custom_field_id": KEY}]})
    assert set(problems(answer)) == {"custom_field_values[0].custom_field_id"}


def test_an_invoice_with_lines_and_what_they_bill(workplace: Workplace) -> None:
    work = make(workplace, "TimeEntries", entry(workplace, rate=100))
    lines = [
        {"time_entries@odata.bind": [f"TimeEntries({work['id']})"]},
        {"item_name": "Copies", "quantity": 3, "rate": 2},
    ]
    made = make(workplace, "Invoices", {"matter_id": work["matter_id"], "lines": lines})
    assert made["total"] == 156
    assert read(workplace, f"TimeEntries({work['id']})")["is_billed"] is True
    assert send(workplace, "PATCH", f"Invoices({made['id']})", {"terms": "Net 30"}).status_code == 204
    after = read(workplace, f"Invoices({made['id']})?$expand=lines")
    assert (after["total"], after["terms"], len(after["lines"])) == (156, "Net 30", 2)
    payment = {
        "account_id": made["account_id"],
        "date": "2026-01-31T00:00:00Z",
        "amount": 100,
        "bank_account_id": make(workplace, "BankAccounts", {"name": "M", "type": "Operating"})["id"],
        "applications": [{"invoice_id": made["id"], "amount": 60}],
    }
    assert make(workplace, "Payments", payment)["applied"] == 60
    wrong = {**payment, "applications": [{"invoice@odata.bind": f"Invoices({made['id']})", "amount": 600}]}
    assert set(problems(send(workplace, "POST", "Payments", wrong))) == {"applications[0].amount"}


def test_an_email_has_lines_of_addresses(workplace: Workplace) -> None:
    body = {
        "type": "Email",
        "subject": "Hi",
        "to_line": "Jo <jo@example.com>",
        "from_line": "ada@example.com",
    }
    made = make(workplace, "Activities", body)
    send(workplace, "PATCH", f"Activities({made['id']})", {"description": "Dear Jo"})
    after = read(workplace, f"Activities({made['id']})")
    assert (after["to_line"], after["description"]) == ("Jo <jo@example.com>", "Dear Jo")
    shown = workplace.ok("GET", f"/api/v2/emails/{made['id']}")
    assert shown["to"] == [{"address": "jo@example.com", "display_name": "Jo"}]
