"""PATCH merges, PUT replaces, DELETE takes away; a key that is not there is made."""

from __future__ import annotations

import pytest

from tests.api.odata_writes.steps import account, entry, make, matter, problems, read, send
from tests.firms import Workplace

KEY = "11111111-1111-4111-8111-111111111111"


def test_a_merge_leaves_the_rest_as_it_was(workplace: Workplace) -> None:
    before = make(workplace, "Matters", {"name": "Doe", "notes": "n", "hourly_rate": 10, "status": "Pending"})
    answer = send(workplace, "PATCH", f"Matters({before['id']})", {"name": "Roe"})
    assert (answer.status_code, answer.data) == (204, b"")
    after = read(workplace, f"Matters({before['id']})")
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"name", "display_name", "updated_at", "@odata.etag"}


def test_null_clears(workplace: Workplace) -> None:
    key = matter(workplace, notes="n")
    assert send(workplace, "PATCH", f"Matters({key})", {"notes": None, "account_id": None}).status_code == 204
    after = read(workplace, f"Matters({key})")
    assert (after["notes"], after["account_id"]) == (None, None)


def test_what_the_rules_give_again_cannot_be_cleared(workplace: Workplace) -> None:
    body = {"type": "Note", "subject": "Hm", "matter_id": matter(workplace)}
    address = f"Activities({make(workplace, 'Activities', body)['id']})"
    before = read(workplace, address)
    assert problems(send(workplace, "PATCH", address, {"account_id": None})) == {
        "account_id": "This cannot be null here."
    }
    assert read(workplace, address) == before
    other = matter(workplace)
    assert send(workplace, "PATCH", address, {"account_id": None, "matter_id": other}).status_code == 204
    assert send(workplace, "PATCH", address, {"account_id": None, "matter_id": None}).status_code == 204
    assert read(workplace, address)["account_id"] is None


def test_a_replacement_gives_the_rest_its_defaults(workplace: Workplace) -> None:
    owner = account(workplace)
    key = matter(workplace, notes="n", status="Closed", tags=[{"name": "hot"}], account_id=owner)
    assert send(workplace, "PUT", f"Matters({key})", {"name": "Roe"}).status_code == 204
    after = read(workplace, f"Matters({key})?$expand=tags($select=name)")
    assert (after["name"], after["notes"], after["status"], after["account_id"]) == (
        "Roe",
        None,
        "Open",
        owner,
    )
    assert [tag["name"] for tag in after["tags"]] == ["hot"]  # relationships are not properties
    assert problems(send(workplace, "PUT", f"Matters({key})", {})) == {
        "name": "Missing data for required field."
    }


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_the_new_entity_is_shown_on_request(workplace: Workplace, method: str) -> None:
    key = matter(workplace)
    wish = {"Prefer": "return=representation"}
    answer = send(workplace, method, f"Matters({key})", {"name": "Roe"}, headers=wish)
    assert (answer.status_code, answer.get_json()["name"]) == (200, "Roe")
    assert answer.headers["Preference-Applied"] == "return=representation"
    answer = send(workplace, method, f"Matters/{key}?$select=name", {"name": "Poe"})
    assert (answer.status_code, answer.get_json()["name"]) == (200, "Poe")


def test_a_merge_works_by_the_rules(workplace: Workplace) -> None:
    made = make(workplace, "TimeEntries", entry(workplace, rate=100))
    send(workplace, "PATCH", f"TimeEntries({made['id']})", {"hours": 2})
    assert read(workplace, f"TimeEntries({made['id']})")["total"] == 200
    other = matter(workplace)
    send(workplace, "PATCH", f"TimeEntries({made['id']})", {"matter_id": other})
    moved = read(workplace, f"TimeEntries({made['id']})?$expand=matter")
    assert moved["account_id"] == moved["matter"]["account_id"]
    assert moved["rate"] == 100


def test_the_key_in_a_body_is_ignored(workplace: Workplace) -> None:
    key = matter(workplace)
    assert send(workplace, "PATCH", f"Matters({key})", {"id": KEY, "name": "Roe"}).status_code == 204
    assert send(workplace, "GET", f"Matters({KEY})").status_code == 404


def test_what_is_given_once_does_not_change(workplace: Workplace) -> None:
    made = make(workplace, "CustomFields", {"name": "C", "object_type": "Matter", "value_type": "TextBox"})
    answer = send(workplace, "PATCH", f"CustomFields({made['id']})", {"object_type": "Account"})
    assert problems(answer) == {"object_type": "This does not change."}
    body = {"name": "D", "object_type": "User", "value_type": "TextBox"}
    told = problems(send(workplace, "POST", "CustomFields", body))["object_type"]
    assert told.startswith("Must be one of: Account, Contact, Matter, Assignment, ")


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_a_key_that_is_not_there_is_made(workplace: Workplace, method: str) -> None:
    answer = send(workplace, method, f"Items({KEY.upper()})", {"name": "Advice", "rate": 5})
    assert (answer.status_code, answer.get_json()["id"]) == (201, KEY)
    assert answer.headers["Location"].endswith(f"/Items({KEY})")


def test_a_new_key_needs_what_a_new_entity_needs(workplace: Workplace) -> None:
    answer = send(workplace, "PATCH", f"Items({KEY})", {"name": "Advice"})
    assert problems(answer) == {"rate": "Missing data for required field."}


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
@pytest.mark.parametrize("address", [f"Files({KEY})", "Items(00000000-0000-0000-0000-000000000000)"])
def test_what_cannot_be_made_is_not_found(workplace: Workplace, method: str, address: str) -> None:
    answer = send(workplace, method, address, {"file_name": "a", "name": "a", "rate": 5})
    assert answer.status_code == 404


def test_if_match_forbids_to_make(workplace: Workplace) -> None:
    body = {"name": "Advice", "rate": 5}
    answer = send(workplace, "PATCH", f"Items({KEY})", body, headers={"If-Match": "*"})
    assert answer.status_code == 412
    assert send(workplace, "GET", f"Items({KEY})").status_code == 404


def test_a_key_that_was_deleted_stays_so(workplace: Workplace) -> None:
    key = make(workplace, "Items", {"name": "Advice", "rate": 5})["id"]
    assert send(workplace, "DELETE", f"Items({key})").status_code == 204
    assert send(workplace, "PUT", f"Items({key})", {"name": "Advice", "rate": 5}).status_code == 410


def test_deleting(workplace: Workplace) -> None:
    key = account(workplace)
    answer = send(workplace, "DELETE", f"Accounts({key})")
    assert (answer.status_code, answer.data) == (204, b"")
    assert send(workplace, "GET", f"Accounts({key})").status_code == 404
    assert send(workplace, "DELETE", f"Accounts({key})").status_code == 404


def test_the_rules_decide_what_may_go(workplace: Workplace) -> None:
    made = make(workplace, "TimeEntries", entry(workplace, rate=100))
    make(workplace, "Invoices", {"matter_id": made["matter_id"]})
    answer = send(workplace, "DELETE", f"TimeEntries({made['id']})")
    assert "on an invoice" in problems(answer)["id"]


@pytest.mark.parametrize("key", ["x", "1", "'a'", "%00", "a=1", "-" * 36])
@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
def test_what_is_no_key(workplace: Workplace, method: str, key: str) -> None:
    answer = send(workplace, method, f"Items({key})", {"name": "a", "rate": 1})
    assert answer.status_code in (400, 404)
    assert answer.get_json()["error"]["message"]
