"""Roles, what each user sees, and the premium operations: the pages, and what they bring about."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.models import LookupValue, Role
from tests.restricted import place_of
from tests.web.people import connect, events, user_of

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def role_of(database, workplace, name):
    mine = select(Role).where(Role.firm_id == workplace.firm_id, Role.name == name, Role.deleted_at.is_(None))
    with database.session() as work:
        return work.scalars(mine).first()


def sight_page(database, somebody):
    return f"/firm/users/{user_of(database, somebody).id}/sight"


def test_a_role_is_made_given_changed_and_deleted(database, workplace, ada, bob, ledger, session):
    office = place_of(session, workplace, "office")
    token = connect(database, bob, ledger)
    matter = {"name": "Acme v. Bolt", "status": "Open"}
    workplace.ok("POST", "/api/v2/matters", json=matter)

    def seen():
        return workplace.request("GET", "/api/v2/matters/$count", token=token).text

    assert seen() == "1"
    assert ada.get("/firm/roles/new").text.count(" checked") == 2  # the rights of members
    made = ada.post("/firm/roles/new", {"name": "Volunteer", "restrictions": ["office"]})
    assert "The role is saved" in ada.follow(made)
    role = role_of(database, workplace, "Volunteer")
    assert (role.rights, role.restrictions) == ("", "office")
    answer = ada.post(sight_page(database, bob), {"role": "Volunteer", "office_id": office})
    assert "holds from the user" in ada.follow(answer)
    assert (user_of(database, bob).role, user_of(database, bob).office_id) == ("Volunteer", office)
    assert seen() == "0"  # with the same token, at once
    ada.post(f"/firm/roles/{role.id}", {"rights": ["api_all_cases"], "restrictions": ["office"]})
    assert seen() == "1"
    kept = ada.post(f"/firm/roles/{role.id}/delete", {})
    assert (kept.status_code, "Somebody has this role" in kept.text) == (409, True)
    ada.post(sight_page(database, bob), {"role": "member"})
    assert "The role is deleted" in ada.follow(ada.post(f"/firm/roles/{role.id}/delete", {}))
    assert role_of(database, workplace, "Volunteer") is None
    actions = ("role.made", "role.changed", "role.deleted", "user.restricted")
    assert [len(events(database, workplace, action)) for action in actions] == [1, 1, 1, 2]
    assert events(database, workplace, "role.made")[0].details == {
        "role": "Volunteer",
        "rights": "",
        "restrictions": "office",
    }


def test_members_can_be_held_to_what_they_are_to_see(database, workplace, ada, bob, ledger):
    token = connect(database, bob, ledger)
    workplace.ok("POST", "/api/v2/matters", json={"name": "Acme v. Bolt", "status": "Open"})
    ada.follow(ada.post("/firm/roles/member", {"restrictions": ["assignment"]}))
    assert workplace.request("GET", "/api/v2/matters", token=token).get_json() == []
    assert len(workplace.list("/api/v2/matters")) == 1  # an administrator sees everything


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "at most 40 printable characters"),
        ({"name": "x" * 41}, "at most 40 printable characters"),
        ({"name": "a\0b"}, "at most 40 printable characters"),
        ({"name": "Member"}, "There is a role of this name."),
        ({"name": "administrator"}, "Administrators may do everything"),
        ({"name": "Clerk", "rights": ["everything"]}, "A right is one of"),
        ({"name": "Clerk", "restrictions": ["moon"]}, "A restriction is one of"),
    ],
)
def test_a_role_that_will_not_do(database, workplace, ada, typed, sentence):
    answer = ada.post("/firm/roles/new", typed)
    assert (answer.status_code, sentence in answer.text) == (400, True), answer.text
    assert role_of(database, workplace, typed["name"].replace("\0", "")) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"role": "Nobody knows it"}, "The firm has no such role."),
        ({"role": "administrator"}, "on the user&#39;s own page"),
        ({"role": "member", "office_id": UNKNOWN}, "The firm has no such office."),
        ({"role": "member", "program_id": "x\0"}, "The firm has no such program."),
        ({"role": "member", "restrictions": ["moon"]}, "A restriction is one of"),
    ],
)
def test_a_sight_that_will_not_do(database, ada, bob, typed, sentence):
    answer = ada.post(sight_page(database, bob), typed)
    assert (answer.status_code, sentence in answer.text) == (400, True), answer.text
    assert user_of(database, bob).role == "member"


def test_an_office_is_no_program(database, workplace, ada, bob, session):
    office = place_of(session, workplace, "office")
    typed = {"role": "member", "program_id": office}
    assert ada.post(sight_page(database, bob), typed).status_code == 400
    assert session.get(LookupValue, (workplace.firm_id, office)) is not None


def test_the_last_administrator_keeps_the_role(database, ada):
    page = sight_page(database, ada)
    assert 'name="role"' not in ada.page(page)
    ada.follow(ada.post(page, {"role": "member", "restrictions": ["office"]}))
    assert user_of(database, ada).role == "administrator"


def test_nobody_else_comes_here(database, ada, bob, stranger, workplace):
    ada.post("/firm/roles/new", {"name": "Clerk"})
    role = role_of(database, workplace, "Clerk")
    for path in ("/firm/roles", "/firm/roles/new", f"/firm/roles/{role.id}", "/firm/premium"):
        assert bob.get(path).status_code == 403
    assert stranger.get(f"/firm/roles/{role.id}").status_code == 404
    assert stranger.get(sight_page(database, bob)).status_code == 404
    assert ada.get("/firm/roles/administrator").status_code == 404
    assert ada.get(f"/firm/roles/{UNKNOWN}").status_code == 404


def test_premium_operations_are_switched(database, workplace, ada):
    body = {"name": "Acme v. Bolt", "status": "Open"}
    ada.follow(ada.post("/firm/premium", {"groups": ["events", "tasks", "matter_records", "conflict_check"]}))
    refused = workplace.request("POST", "/api/v2/matters", json=body)
    assert (refused.status_code, "premium operation" in refused.text) == (402, True)
    (event,) = events(database, workplace, "firm.changed")
    assert event.details == {"not_enabled": "matters"}
    everything = ["matters", "events", "tasks", "matter_records", "conflict_check"]
    ada.follow(ada.post("/firm/premium", {"groups": everything}))
    workplace.ok("POST", "/api/v2/matters", json=body)
    assert ada.post("/firm/premium", {"groups": ["moon"]}).status_code == 400
