"""Upserts: a POST that looks for its record, changes the one that it finds, and makes one where there is none."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Settings
from app.models import Change
from tests.firms import Workplace, issue_token
from tests.parallel import in_processes, in_threads

NOON = {
    "is_all_day": False,
    "start_date_time": "2026-02-03T14:00:00Z",
    "end_date_time": "2026-02-03T15:00:00Z",
}


def upsert(place: Workplace, path: str, update: Any, **body: Any) -> Any:
    return place.ok("POST", f"/api/v2/{path}", json={"update": update, **body})


def count(place: Workplace, path: str, **search: str) -> int:
    return len(place.list(f"/api/v2/{path}", **search))


def test_the_documents_example(place: Workplace) -> None:
    """John Doe becomes Jane Doe, or Jane Doe is new: criteria are copied where the body says nothing else."""
    payload = {"update": {"first_name": "John", "last_name": "Doe"}, "first_name": "Jane"}
    email = f"doe.{place.user_id}@example.com"
    jane = place.ok("POST", "/api/v2/users", json={**payload, "email": email})
    assert (jane["first_name"], jane["last_name"], jane["display_name"]) == ("Jane", "Doe", "Jane Doe")
    john = place.ok("PUT", f"/api/v2/users?id={jane['id']}", json={**jane, "first_name": "John"})
    assert john["display_name"] == "John Doe"
    again = place.ok("POST", "/api/v2/users", json=payload)
    assert (again["id"], again["display_name"], again["email"]) == (jane["id"], "Jane Doe", email)


@pytest.mark.parametrize(
    ("path", "update", "new", "change"),
    [
        ("accounts", {"company_name": "Acme"}, {"tags": ["a"]}, {"notes": "b"}),
        ("contacts", {"email": "kim@example.com"}, {"first_name": "Kim"}, {"last_name": "Roe"}),
        ("events", {"external_id": "E1"}, {"subject": "Hearing", **NOON}, {"location": "Room 2"}),
        ("matters", {"external_id": "M1"}, {"name": "One", "status": "Open", "tags": ["a"]}, {"notes": "b"}),
        (
            "users",
            {"email_address": "alan@upsert.example.com"},
            {"last_name": "Turing"},
            {"first_name": "Alan"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_first_creates_and_the_second_changes_what_it_says(
    place: Workplace, account: str, path: str, update: Any, new: Any, change: Any
) -> None:
    """None found is an ordinary POST, one found an ordinary change."""
    if path == "contacts":
        new = {**new, "account_ref": account}
    update = {name: value.replace("upsert", place.user_id) for name, value in update.items()}
    made = upsert(place, path, update, **new)
    for name, value in (update | new).items():
        shown = {"email_address": "email"}.get(name, name)
        if shown not in ("account_ref", *NOON):
            assert made[shown] == value
    changed = upsert(place, path, update, **change)
    passing = ("updated_at", "display_name", *change)
    assert {n: v for n, v in changed.items() if n not in passing} == {
        n: v for n, v in made.items() if n not in passing
    }
    assert {name: changed[name] for name in change} == change
    assert count(place, path, **update) == 1


def test_more_than_one_is_refused(place: Workplace, refused: Any) -> None:
    """Several found is a 400 with the document's sentence."""
    for _ in range(2):
        place.ok("POST", "/api/v2/accounts", json={"company_name": "Twice"})
    said = refused("POST", "/api/v2/accounts", json={"update": {"company_name": "Twice"}, "notes": "x"})
    assert said == "Cannot process multiple records for upsert"
    assert {each["notes"] for each in place.list("/api/v2/accounts", company_name="Twice")} == {None}


@pytest.mark.parametrize(
    ("update", "problems"),
    [
        ({}, {"update": ["Say by at least one search parameter which record is meant."]}),
        ({"company_name": " "}, {"update": ["Say by at least one search parameter which record is meant."]}),
        (
            {"compny_name": "Acme", "9": 1},
            {
                "update.compny_name": ["There is no such search parameter; did you mean 'company_name'?"],
                "update.9": ["There is no such search parameter."],
            },
        ),
        ({"number": "x"}, {"update.number": ["Not a valid integer."]}),
        (
            {"created_since": "%empty%"},
            {"update.created_since": ["%empty% finds nothing by this parameter."]},
        ),
        ({"company_name": ["Acme"]}, {"update.company_name": ["Must be a single value."]}),
        ({"company_name": "A\0"}, {"update.company_name": ["Null characters are not allowed."]}),
        ("Acme", {"update": ['Must be an object of search parameters, such as {"external_id": "…"}.']}),
        (None, {"update": ['Must be an object of search parameters, such as {"external_id": "…"}.']}),
        ([], {"update": ['Must be an object of search parameters, such as {"external_id": "…"}.']}),
    ],
)
def test_criteria_that_will_not_do_are_named(refused: Any, update: Any, problems: Any) -> None:
    """Criteria are parameters of the search, and nothing else."""
    assert refused("POST", "/api/v2/accounts", json={"update": update, "company_name": "New"}) == problems


def test_a_body_with_mistakes_changes_nothing(place: Workplace, refused: Any) -> None:
    update = {"external_id": "mistaken"}
    said = refused("POST", "/api/v2/matters", json={"update": update, "name": "One"})
    assert said == {"status": ["Missing data for required field."]}
    made = upsert(place, "matters", update, name="One", status="Open")
    for body, problems in (
        ({"name": None}, {"name": ["Field may not be null."]}),
        ({"status": "Shut"}, {"status": ["Must be one of: Closed, Pending, Open, Archived."]}),
        ({"id": place.user_id}, {"id": ["The id of a record does not change."]}),
        ({"account_ref": place.user_id}, {"account_ref": ["There is no such account."]}),
    ):
        assert refused("POST", "/api/v2/matters", json={"update": update, **body}) == problems
    assert place.ok("GET", f"/api/v2/matters/{made['id']}") == made


def test_other_records_are_not_upserted(place: Workplace, refused: Any) -> None:
    """The document has upserts for contacts, events, matters and users; here accounts have them too."""
    said = refused("POST", "/api/v2/items", json={"update": {"name": "a"}, "name": "a"})
    assert said == {"update": ["Records of this kind are not upserted; leave it out."]}
    assert place.ok("POST", "/api/v2/items", json={"update": None, "name": "a", "rate": 1})["name"] == "a"


def test_lists_and_references_among_the_criteria_are_copied(place: Workplace, account: str) -> None:
    update = {"account_id": account, "matter_tag": "imported", "assigned_to_user_id": place.user_id}
    made = upsert(place, "matters", update, name="Imported", status="Open")
    assert (made["account_ref"]["id"], made["tags"]) == (account, ["imported"])
    assert [user["id"] for user in made["assigned_to_users"]] == [place.user_id]
    assert upsert(place, "matters", update, status="Closed")["id"] == made["id"]


def test_what_is_nested_changes_in_part_and_lists_change_whole(place: Workplace) -> None:
    person = {"first_name": "Ann", "email": "ann@example.com"}
    other = {"first_name": "Bob", "email": "bob@example.com"}
    update = {"external_unique_id": "nested"}
    made = upsert(place, "accounts", update, primary_contact=person, other_contacts=[other], tags=["a", "b"])
    changed = upsert(place, "accounts", update, primary_contact={"last_name": "Lee"}, tags=["c"])
    assert changed["primary_contact"]["id"] == made["primary_contact"]["id"]
    assert (changed["primary_contact"]["email"], changed["display_name"]) == ("ann@example.com", "Lee, Ann")
    assert changed["other_contacts"][0]["email"] == "bob@example.com"
    assert changed["tags"] == ["c"]
    answer = place.request(
        "POST", "/api/v2/accounts", json={"update": update, "primary_contact": {"custom_field_values": [{}]}}
    )
    assert answer.status_code == 400


def test_a_form_can_upsert(place: Workplace) -> None:
    form = {"update.external_id": "form", "name": "By form", "status": "Open"}
    made = place.ok("POST", "/api/v2/matters", data=form)
    assert place.ok("POST", "/api/v2/matters", data=form | {"name": "Again"})["id"] == made["id"]


def test_the_scope_of_writing_is_asked_for(place: Workplace, session: Session) -> None:
    from app.models import User

    user = session.get_one(User, (place.firm_id, place.user_id))
    token = issue_token(session, user, str(place.client_id), "read")
    session.commit()
    body = {"update": {"company_name": "Nobody's"}}
    assert place.request("POST", "/api/v2/accounts", token=token, json=body).status_code == 403
    assert count(place, "accounts", company_name="Nobody's") == 0


def test_another_firms_record_is_not_found(place: Workplace, other_workplace: Workplace) -> None:
    theirs = upsert(other_workplace, "accounts", {"external_unique_id": "shared"}, company_name="Theirs")
    ours = upsert(place, "accounts", {"external_unique_id": "shared"}, company_name="Ours")
    assert ours["id"] != theirs["id"]


def test_equal_upserts_in_threads_make_one(place: Workplace) -> None:
    body = {"update": {"external_id": "threads"}, "name": "Once", "status": "Open"}

    def one(index: int) -> Any:
        return place.ok("POST", "/api/v2/matters", json={**body, "notes": str(index)})["id"]

    assert len(set(in_threads(one, 8))) == 1
    assert count(place, "matters", external_id="threads") == 1


def test_equal_upserts_in_processes_make_one(place: Workplace, settings: Settings, session: Session) -> None:
    body = {"update": {"company_name": "Once"}, "notes": "x"}
    statuses = in_processes(settings, place.token, "/api/v2/accounts", body, each=5, processes=2)
    assert statuses == [200] * 10
    (made,) = place.list("/api/v2/accounts", company_name="Once")
    wanted = select(Change.action).where(Change.firm_id == place.firm_id, Change.entity_id == made["id"])
    assert list(session.scalars(wanted)) == ["created"]  # the others found it as they would have it
