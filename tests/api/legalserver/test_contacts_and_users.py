"""What the upsert of contacts and users rests on: writing them by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEvent, User
from app.services import passwords, people, staff
from tests.firms import Workplace


def new_user(place: Workplace, name: str, **more: Any) -> Any:
    email = f"{name}.{place.user_id}@example.com"
    return place.ok("POST", "/api/v2/users", json={"email": email, "first_name": name, **more})


def test_a_contact_is_made_in_an_account(place: Workplace, account: str) -> None:
    before = place.ok("GET", f"/api/v2/accounts/{account}")
    made = place.ok("POST", "/api/v2/contacts", json={"account_ref": account, "first_name": "Kim"})
    assert (made["account_ref"]["id"], made["is_primary_contact"]) == (account, False)
    after = place.ok("GET", f"/api/v2/accounts/{account}")
    assert [contact["id"] for contact in after["other_contacts"]] == [made["id"]]
    assert after["updated_at"] > before["updated_at"]  # the contacts are part of it


def test_a_person_is_called_as_the_primary_contact_is(place: Workplace, refused: Any) -> None:
    person = place.ok("POST", "/api/v2/accounts", json={"primary_contact": {"last_name": "Poe"}})
    primary = person["primary_contact"]
    address = f"/api/v2/contacts?id={primary['id']}"
    place.ok("PUT", address, json={**primary, "last_name": "Roe"})
    assert place.ok("GET", f"/api/v2/accounts/{person['id']}")["display_name"] == "Roe"
    said = refused("PUT", address, json={"account_ref": person["id"]})
    assert said == {"first_name": ["The account is called by this contact's name; it needs one."]}


def test_a_contact_stays_where_it_is(place: Workplace, account: str, refused: Any) -> None:
    other = place.ok("POST", "/api/v2/accounts", json={"company_name": "Other"})
    made = place.ok("POST", "/api/v2/contacts", json={"account_ref": account, "first_name": "Kim"})
    moved = {**made, "account_ref": {"id": other["id"]}}
    said = refused("PUT", f"/api/v2/contacts?id={made['id']}", json=moved)
    assert said == {"account_ref": ["A contact stays with its account."]}
    answer = place.request(
        "PATCH", f"/odata/v4/Contacts({made['id']})", json={"is_primary": True, "first_name": "Lee"}
    )
    assert answer.status_code == 400
    assert "with the account" in answer.text
    nested = {"contacts": [{"id": made["id"], "account_id": other["id"]}]}
    place.request("PATCH", f"/odata/v4/Accounts({account})", json=nested)
    assert place.ok("GET", f"/api/v2/contacts/{made['id']}")["account_ref"]["id"] == account


def test_the_strict_door_makes_contacts_in_accounts(place: Workplace, account: str) -> None:
    made = place.request("POST", f"/odata/v4/Accounts({account})/contacts", json={"first_name": "Lou"})
    assert (made.status_code, made.get_json()["account_id"]) == (201, account)
    answer = place.request("POST", "/odata/v4/Contacts", json={"first_name": "Lou"})
    assert answer.get_json()["error"]["target"] == "account_id"


def test_a_new_user_has_a_password_that_nobody_knows(place: Workplace, session: Session) -> None:
    made = new_user(place, "alan", last_name="Turing")
    user = session.get_one(User, (place.firm_id, made["id"]))
    assert (user.role, user.login, user.display_name) == ("member", made["email"].lower(), "alan Turing")
    assert user.password_hash.startswith("$argon2")
    administrator = session.get_one(User, (place.firm_id, place.user_id))
    password = staff.reset_password(session, administrator, user.id)  # as on the user's page
    assert passwords.verify(password, user.password_hash)
    assert people.by_login(session, made["email"]) is user
    session.rollback()


def test_the_audit_trail_tells_of_it(place: Workplace, session: Session) -> None:
    made = new_user(place, "told")
    address = f"/api/v2/users?id={made['id']}"
    place.ok("PUT", address, json={**made, "is_active": False})
    place.ok("PUT", address, json={**made, "is_active": False})
    left_out = {name: value for name, value in made.items() if name != "is_active"}
    told = place.ok("PUT", address, json={**left_out, "first_name": "Told"})
    assert (told["is_active"], told["display_name"]) == (False, "Told")
    events = session.scalars(select(AuditEvent).where(AuditEvent.firm_id == place.firm_id))
    told_of = [event for event in events if event.details.get("of") == made["id"]]
    assert [(event.action, event.user_id, event.client_id, event.address) for event in told_of] == [
        (action, place.user_id, place.client_id, "127.0.0.1") for action in ("user.created", "user.changed")
    ]
    assert told_of[1].details == {"of": made["id"], "is_active": False}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"email": "no address"}, {"email": ["This is not an email address."]}),
        ({"first_name": "x" * 101}, {"first_name": ["A name has at most 100 printable characters."]}),
    ],
)
def test_the_rules_of_the_pages_hold(place: Workplace, refused: Any, change: Any, said: Any) -> None:
    me = place.ok("GET", "/api/v2/users/me")
    assert refused("PUT", f"/api/v2/users?id={me['id']}", json={**me, **change}) == said
    taken = {"email": ["Somebody already signs in with this address."]}
    assert refused("POST", "/api/v2/users", json={"email": me["email"].upper()}) == taken
    nobody = {"update": {"first_name": "Johanna", "last_name": "Doe"}, "first_name": "Jane"}
    missing = {"email": ["A user needs one, to sign in with."]}
    assert refused("POST", "/api/v2/users", json=nobody) == missing


def test_a_firm_keeps_an_administrator(place: Workplace) -> None:
    me = place.ok("GET", "/api/v2/users/me")
    answer = place.request("PUT", f"/api/v2/users?id={me['id']}", json={**me, "is_active": False})
    assert (answer.status_code, "at least one administrator" in answer.text) == (409, True)
    assert place.ok("GET", "/api/v2/users/me")["is_active"]


def test_only_administrators_write_users(place: Workplace, token_of_member: str) -> None:
    """An upsert that finds a user is an update, and asks for what an update needs."""
    me = place.ok("GET", "/api/v2/users/me")
    for method, address, body in (
        ("POST", "/api/v2/users", {"email": "new@example.com"}),
        ("POST", "/api/v2/users", {"update": {"id": me["id"]}, "first_name": "Eve"}),
        ("PUT", f"/api/v2/users?id={me['id']}", me),
        ("PATCH", f"/odata/v4/Users({me['id']})", {"first_name": "Eve"}),
    ):
        answer = place.request(method, address, token=token_of_member, json=body)
        assert (answer.status_code, "Only an administrator" in answer.text) == (403, True)
    assert place.ok("GET", "/api/v2/users/me") == me
