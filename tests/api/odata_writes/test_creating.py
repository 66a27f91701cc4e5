"""POST to an entity set."""

from __future__ import annotations

from typing import Any

import pytest

from app.api.resources import faces
from tests.api.odata_writes.steps import ROOT, account, entry, make, matter, problems, read, send
from tests.firms import Workplace

KEY = "11111111-1111-4111-8111-111111111111"


def test_the_answer_shows_the_entity_and_says_where_it_is(workplace: Workplace) -> None:
    answer = send(workplace, "POST", "Accounts", {"company_name": "Acme"})
    assert answer.status_code == 201
    shown = answer.get_json()
    assert (shown["company_name"], shown["display_name"], shown["status"]) == ("Acme", "Acme", "Active")
    assert answer.headers["Location"] == f"http://localhost{ROOT}/Accounts({shown['id']})"
    assert answer.headers["ETag"].startswith('W/"')
    assert read(workplace, f"Accounts({shown['id']})") == shown


def test_a_client_may_want_no_body(workplace: Workplace) -> None:
    answer = send(workplace, "POST", "Accounts", {"company_name": "A"}, headers={"Prefer": "return=minimal"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Preference-Applied"] == "return=minimal"
    assert answer.headers["OData-EntityId"] == answer.headers["Location"]
    assert send(workplace, "GET", answer.headers["Location"].partition("v4/")[2]).status_code == 200


def test_the_answer_is_shaped_by_the_query(workplace: Workplace) -> None:
    answer = send(
        workplace,
        "POST",
        "Matters?$select=name&$expand=account($select=company_name)",
        {"name": "Doe", "account_id": account(workplace)},
    )
    shown = answer.get_json()
    assert (shown["name"], shown["account"]["company_name"]) == ("Doe", "Acme")
    assert "notes" not in shown


@pytest.mark.parametrize("query", ["$filter=name eq 'x'", "$select=nope", "$top=1", "$search=a"])
def test_nothing_is_written_when_the_query_cannot_be_answered(workplace: Workplace, query: str) -> None:
    answer = send(workplace, "POST", f"Accounts?{query}", {"company_name": "Acme"})
    assert answer.status_code == 400
    assert read(workplace, "Accounts")["value"] == []


def test_the_rules_complete_an_entity(workplace: Workplace) -> None:
    made = make(workplace, "TimeEntries", entry(workplace, rate=200, task_code="l110"))
    assert (made["total"], made["task_code"], made["is_billable"]) == (300, "L110", True)
    assert made["account_id"]


def test_decimals_are_exact(workplace: Workplace) -> None:
    made = make(workplace, "Items", {"name": "Advice", "rate": 0.1})
    assert made["rate"] == 0.1
    answer = send(
        workplace,
        "POST",
        "Items",
        None,
        data=b'{"name": "x", "rate": 1234567.0001}',
        content_type="application/json",
    )
    assert answer.get_json()["rate"] == 1234567.0001


def test_decimals_may_come_as_text_where_the_client_says_so(workplace: Workplace) -> None:
    kind = "application/json;IEEE754Compatible=true"
    body = b'{"name": "Advice", "rate": "12.5"}'
    answer = send(workplace, "POST", "Items", None, data=body, content_type=kind)
    assert answer.status_code == 201
    assert problems(send(workplace, "POST", "Items", {"name": "x", "rate": "12.5"})) == {
        "rate": "Must be a number."
    }


def test_the_client_may_choose_the_key_but_not_take_one(workplace: Workplace) -> None:
    assert make(workplace, "Items", {"id": KEY, "name": "a", "rate": 1})["id"] == KEY
    answer = send(workplace, "POST", "Items", {"id": KEY, "name": "a", "rate": 1})
    assert problems(answer) == {"id": "A record with this id exists."}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"nmae": "x"}, {"nmae": "There is no such property on Matter; did you mean 'name'?"}),
        ({"name": None}, {"name": "Must not be null."}),
        ({"name": 5}, {"name": "Must be text."}),
        ({"name": " "}, {"name": "Must not be blank."}),
        ({"name": "\x00"}, {"name": "Null characters are not allowed."}),
        ({"name": "\ud800"}, {"name": "Not valid Unicode text."}),
        ({"status": "Gone"}, {"status": "Must be one of: Closed, Pending, Open, Archived."}),
        ({"status": None}, {"status": "Must not be null."}),
        ({"number": 1.5}, {"number": "Must be a whole number."}),
        ({"number": True}, {"number": "Must be a number."}),
        ({"number": 2**31}, {"number": "Must be between -2147483648 and 2147483647."}),
        ({"number": 2**70}, {"number": "Must be a whole number."}),
        ({"hourly_rate": "7"}, {"hourly_rate": "Must be a number."}),
        ({"hourly_rate": 10**8}, {"hourly_rate": "Must be less than 100000000."}),
        ({"open_date": "2026-01-31"}, {"open_date": "Must be a date and time"}),
        ({"open_date": "2026-02-30T00:00:00Z"}, {"open_date": "Not a valid date and time"}),
        ({"account_id": "x"}, {"account_id": "Not a valid GUID."}),
        ({"account_id": KEY}, {"account_id": "There is no such account."}),
        ({"name": 1, "notes": 2}, {"name": "Must be text.", "notes": "Must be text."}),
    ],
)
def test_what_will_not_do_is_named(
    workplace: Workplace, change: dict[str, Any], expected: dict[str, str]
) -> None:
    answer = send(workplace, "POST", "Matters", {"name": "Doe", **change})
    found = problems(answer)
    assert found.keys() == expected.keys()
    for name, text in expected.items():
        assert found[name].startswith(text), found
    assert answer.get_json()["error"].get("target") == (next(iter(expected)) if len(expected) == 1 else None)


def test_what_is_missing_is_named(workplace: Workplace) -> None:
    assert set(problems(send(workplace, "POST", "TimeEntries", {}))) == {
        "date",
        "hours",
        "matter_id",
        "billed_by_user_id",
    }


def test_what_is_worked_out_is_ignored(workplace: Workplace) -> None:
    made = make(
        workplace, "TimeEntries", entry(workplace, rate=10, total=99, created_at="2001-01-01T00:00:00Z")
    )
    assert made["total"] == 15
    assert not made["created_at"].startswith("2001")


def test_control_information_is_ignored(workplace: Workplace) -> None:
    annotated = {"@odata.id": "x", "@context": "y", "name@odata.type": "#String", "name": "a", "rate": 1}
    assert make(workplace, "Items", annotated)["name"] == "a"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff",
        b"NaN",
        b'{"a":NaN}',
        b'{"rate":1e999999999999999999999}',
        b'{"number":' + b"9" * 5000 + b"}",
        b'{"name":"a","name":"b"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
    ids=range(12),
)
def test_what_is_no_body(workplace: Workplace, data: bytes) -> None:
    answer = workplace.request("POST", f"{ROOT}/Items", data=data, content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"]


def test_a_form_is_refused(workplace: Workplace) -> None:
    answer = workplace.request("POST", f"{ROOT}/Items", data={"name": "a"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (415, "unsupported_media_type")


BODIES: dict[str, Any] = {
    "Accounts": lambda place: {"company_name": "Acme"},
    "Matters": lambda place: {"name": "Doe"},
    "TimeEntries": entry,
    "Parties": lambda place: {"matter_id": matter(place), "is_adverse": True, "last_name": "Roe"},
    "MatterCharges": lambda place: {"matter_id": matter(place), "statute_number": "8-C"},
    "Incomes": lambda place: {"matter_id": matter(place), "amount": 10, "period": "Monthly"},
    "Litigations": lambda place: {"matter_id": matter(place), "docket": "26CV00123"},
    "Services": lambda place: {"matter_id": matter(place)},
    "Assignments": lambda place: {"matter_id": matter(place), "user_id": place.user_id},
    "Expenses": lambda place: {"quantity": 2, "price": 12.5, "matter_id": matter(place)},
    "FlatFees": lambda place: {
        "date": "2026-01-31T00:00:00Z",
        "quantity": 1,
        "matter_id": matter(place),
        "billed_by_user_id": place.user_id,
        "item_id": make(place, "Items", {"name": "a", "rate": 5})["id"],
    },
    "Items": lambda place: {"name": "a", "rate": 5},
    "ExpenseCategories": lambda place: {"name": "Filing"},
    "SalesTaxes": lambda place: {"name": "VAT", "rate": 8.25},
    "BankAccounts": lambda place: {"name": "Main", "type": "Operating"},
    "CustomFields": lambda place: {"name": "Court", "object_type": "Matter", "value_type": "TextBox"},
    "Activities": lambda place: {"type": "Note", "subject": "Hm", "description": "…"},
    "Messages": lambda place: {"body": "Please call"},
    "Relationships": lambda place: {
        "name": "Judge",
        "matter_id": matter(place),
        "contact_id": read(place, f"Accounts({account(place)})/contacts")["value"][0]["id"],
    },
    "Contacts": lambda place: {"account_id": account(place), "last_name": "Roe"},
    "Users": lambda place: {"email": f"alan.{place.user_id}@example.com", "last_name": "Turing"},
    "Invoices": lambda place: {
        "account_id": account(place),
        "lines": [{"item_name": "Advice", "quantity": 1, "rate": 100}],
    },
    "Payments": lambda place: {
        "account_id": account(place),
        "date": "2026-01-31T00:00:00Z",
        "amount": 100,
        "bank_account_id": make(place, "BankAccounts", {"name": "Main", "type": "Operating"})["id"],
    },
}
READ_ONLY = {"ConflictChecks", "LookupValues", "Files", "InvoiceLines", "InvoicePayments", "Tags", "Roles"}


def test_every_set_is_here() -> None:
    assert {face.path for _, face in faces("odata")} == {*BODIES, *READ_ONLY}


@pytest.mark.parametrize("path", sorted(BODIES))
def test_every_set_that_the_other_doors_write_is_written_here(workplace: Workplace, path: str) -> None:
    made = make(workplace, path, BODIES[path](workplace))
    assert read(workplace, f"{path}({made['id']})") == made


def test_a_contact_does_not_go_by_rules_of_another_door(workplace: Workplace) -> None:
    """Praxis names the next primary contact, or takes the client with it; here nobody would."""
    made = make(workplace, "Contacts", BODIES["Contacts"](workplace))
    assert send(workplace, "DELETE", f"Contacts({made['id']})", None).status_code == 405


@pytest.mark.parametrize("path", sorted(BODIES))
def test_an_entity_can_be_sent_back_as_it_was(workplace: Workplace, path: str) -> None:
    made = make(workplace, path, BODIES[path](workplace))
    for method in ("PATCH", "PUT"):
        answer = send(workplace, method, f"{path}({made['id']})", made)
        if path == "Payments":
            assert answer.status_code == 405
        else:
            assert answer.status_code == 204, (method, answer.text)
    assert read(workplace, f"{path}({made['id']})") == made


@pytest.mark.parametrize("path", sorted(READ_ONLY))
def test_the_other_sets_take_no_new_entities(workplace: Workplace, path: str) -> None:
    answer = send(workplace, "POST", path, {})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.get_json()["error"]["code"] == "method_not_allowed"
