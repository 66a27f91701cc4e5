"""LegalServer, v2 API Permissions: restrictions by office, program and assignment, and exclusions, hold for the API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.extensions import Database
from app.models import User
from app.models.roles import ALL_CASES
from app.models.tags_and_links import matter_assignees
from tests.contract.samples import SAMPLES
from tests.firms import Workplace, issue_token, open_firm
from tests.restricted import exclude, place_of, put_into, restricted
from tests.services.people_of_a_firm import colleague

EXCLUDED = "You are excluded from this matter."
DAY = "2026-01-31T00:00:00Z"


@dataclass
class Scene:
    """A firm with matters by name."""

    place: Workplace
    account: str
    contact: str
    office: str
    program: str
    matters: dict[str, str] = field(default_factory=dict)

    def make(self, name: str) -> str:
        body = {"name": name, "status": "Open", "account_ref": {"id": self.account}}
        self.matters[name] = key = str(self.place.ok("POST", "/api/v2/matters", json=body)["id"])
        return key


@pytest.fixture(scope="module")
def database(app: Flask) -> Database:
    found: Database = app.extensions["database"]
    return found


@pytest.fixture(scope="module")
def scene(app: Flask, database: Database) -> Scene:
    with database.session() as session:
        place = open_firm(app, session)
        account = place.ok("POST", "/api/v2/accounts", json=SAMPLES["v2", "accounts"](place))
        owner = (account["id"], account["primary_contact"]["id"])
        scene = Scene(place, *owner, *(place_of(session, place, table) for table in ("office", "program")))
        scene.make("nowhere")
        put_into(session, place, scene.make("here"), office_id=scene.office)
        put_into(session, place, scene.make("ours"), program_id=scene.program)
        put_into(session, place, scene.make("both"), office_id=scene.office, program_id=scene.program)
    return scene


def assign(session: Session, scene: Scene, name: str, user_id: str) -> None:
    row = {"firm_id": scene.place.firm_id, "matter_id": scene.matters[name], "user_id": user_id}
    session.execute(insert(matter_assignees), [row])
    session.commit()


def seen(who: Workplace) -> set[str]:
    names = {row["name"] for row in who.list("/api/v2/matters")}
    assert {row["name"] for row in who.ok("GET", "/odata/v4/Matters")["value"]} == names
    assert {row["name"] for row in who.list("/api/project")} == names
    for count in ("/api/v2/matters/$count", "/odata/v4/Matters/$count", "/api/project/$count"):
        assert who.get(count).text == str(len(names)), count
    return names


@pytest.mark.parametrize(
    ("of_role", "of_user", "in_office", "in_program", "names"),
    [
        ("", None, False, False, {"nowhere", "here", "ours", "both"}),
        ("office", None, True, False, {"here", "both"}),
        ("program", None, False, True, {"ours", "both"}),
        ("office program", None, True, True, {"both"}),
        ("office", "program", True, True, {"both"}),
        ("", "office", True, False, {"here", "both"}),
        ("office", None, False, False, set()),
        ("assignment", None, False, False, {"nowhere", "here"}),
        ("assignment", "office", True, False, {"here"}),
    ],
)
def test_each_restriction_narrows_what_is_seen(
    database: Database,
    scene: Scene,
    of_role: str,
    of_user: str | None,
    in_office: bool,
    in_program: bool,
    names: set[str],
) -> None:
    with database.session() as session:
        eve = restricted(
            session,
            scene.place,
            of_role,
            restrictions=of_user,
            office_id=scene.office if in_office else None,
            program_id=scene.program if in_program else None,
        )
        if "assignment" in of_role:
            assign(session, scene, "nowhere", eve.user_id)
            assign(session, scene, "here", eve.user_id)
    assert seen(eve) == names


def test_api_access_to_all_cases_knows_no_restriction_and_no_exclusion(
    database: Database, scene: Scene
) -> None:
    """Only who lacks that right may see less than all."""
    with database.session() as session:
        eve = restricted(session, scene.place, "office program assignment", rights=ALL_CASES)
        exclude(session, scene.place, scene.matters["here"], eve.user_id)
    assert seen(eve) == set(scene.matters)
    assert eve.get(f"/api/v2/matters/{scene.matters['here']}").status_code == 200


def test_a_role_that_is_gone_lets_nobody_see_everything(database: Database, scene: Scene) -> None:
    with database.session() as session:
        eve = restricted(session, scene.place)
        this = (User.firm_id == eve.firm_id, User.id == eve.user_id)
        session.execute(update(User).where(*this).values(role="Nobody knows it", restrictions="office"))
        session.commit()
    assert seen(eve) == set()


@pytest.fixture(scope="module")
def eve(database: Database, scene: Scene) -> Workplace:
    """Excluded from the matter "nowhere", and restricted to her office."""
    with database.session() as session:
        found = restricted(session, scene.place, "office", office_id=scene.office)
        exclude(session, scene.place, scene.matters["nowhere"], found.user_id)
    return found


READS = ("/api/v2/matters/{}", "/api/project/{}", "/odata/v4/Matters({})", "/odata/v4/Matters({})/name")


@pytest.mark.parametrize("path", [*READS, "/odata/v4/Matters({})/time_entries", "/odata/v4/Matters({})/$ref"])
def test_a_single_excluded_case_is_403_and_any_other_is_not_there(
    scene: Scene, eve: Workplace, path: str
) -> None:
    """A matter that excludes the caller is the one that is refused by its id."""
    refused = eve.get(path.format(scene.matters["nowhere"]))
    assert (refused.status_code, EXCLUDED in refused.text) == (403, True), refused.text
    assert eve.get(path.format(scene.matters["ours"])).status_code == 404
    assert eve.get(path.format(scene.matters["here"])).status_code == 200


def test_an_alternate_key_tells_the_same(scene: Scene, eve: Workplace) -> None:
    numbers = {row["name"]: row["number"] for row in scene.place.list("/api/v2/matters")}
    for name, status in (("nowhere", 403), ("ours", 404), ("here", 200)):
        assert eve.get(f"/odata/v4/Matters(number={numbers[name]})").status_code == status


def writes(scene: Scene, key: str) -> list[tuple[str, str, Any]]:
    """Ways to change a matter, or to put something on it, for somebody who does not see it."""
    matter, me, account = {"id": key}, {"id": scene.place.user_id}, {"id": scene.account}
    contact = {"id": scene.contact}
    whole = {"name": "Taken", "status": "Open", "account_ref": account}
    entry = {"date": DAY, "hours": 1, "rate": 1, "matter_ref": matter, "billed_by_user_ref": me}
    at_v1 = {"date": DAY, "accountGuid": scene.account, "projectGuid": key}
    line = {"name": "Work", "qty": 1, "price": 1, "projectGuid": key}
    entity = {"date": DAY, "hours": 1, "rate": 1, "billed_by_user_id": scene.place.user_id}
    seen = scene.matters["here"]
    return [
        ("PUT", f"/api/v2/matters?id={key}", whole),
        ("DELETE", f"/api/v2/matters?id={key}", None),
        ("PUT", "/api/project", {"guid": key, "name": "Taken", "status": "Open"}),
        ("DELETE", f"/api/project?guid={key}", None),
        ("PATCH", f"/odata/v4/Matters({key})", {"name": "Taken"}),
        ("PUT", f"/odata/v4/Matters({key})", {"name": "Taken"}),
        ("PUT", f"/odata/v4/Matters({key})/name", {"value": "Taken"}),
        ("DELETE", f"/odata/v4/Matters({key})", None),
        ("PUT", f"/odata/v4/Matters({key})/account/$ref", {"@id": f"Accounts({scene.account})"}),
        ("POST", "/api/v2/timeentries", entry),
        ("POST", "/api/timeentry", {**at_v1, "hours": 1, "userGuid": scene.place.user_id}),
        ("POST", "/api/expense", {**at_v1, "qty": 2, "amount": 5, "isBillable": True, "isBilled": False}),
        ("POST", "/odata/v4/TimeEntries", {**entity, "matter_id": key}),
        ("POST", "/odata/v4/TimeEntries", {**entity, "matter@odata.bind": f"Matters({key})"}),
        ("POST", f"/odata/v4/Matters({key})/time_entries", entity),
        ("POST", "/api/v2/tasks", {"subject": "Look", "matter_ref": matter}),
        ("POST", "/api/v2/notes", {"subject": "Look", "matter_ref": matter}),
        ("POST", "/api/v2/messages", {"body": "Look", "matter_id": key}),
        ("POST", "/api/v2/expenses", {"qty": 1, "price": 1, "matter_ref": matter}),
        ("POST", "/api/v2/invoices", {"account_ref": account, "matter_ref": matter}),
        ("POST", "/api/invoice", {**at_v1, "discountPercent": 0, "currencyCode": "USD", "items": [line]}),
        ("POST", "/api/v2/relationships", {"matter_ref": matter, "contact_ref": contact, "name": "Judge"}),
        ("POST", f"/odata/v4/Matters({seen})/time_entries/$ref", {"@id": f"TimeEntries({ENTRY[key]})"}),
        ("PUT", f"/api/v2/timeentries?id={ENTRY[key]}", {**entry, "matter_ref": {"id": seen}}),
        ("DELETE", f"/odata/v4/TimeEntries({ENTRY[key]})", None),
    ]


ENTRY: dict[str, str] = {}
"""A time entry of each hidden matter."""


def test_a_hidden_matter_is_not_written_to(scene: Scene, eve: Workplace, database: Database) -> None:
    place = scene.place
    me = {"id": place.user_id}
    for name in ("nowhere", "ours", "here"):
        key = scene.matters[name]
        entry = {"date": DAY, "hours": 1, "rate": 1, "matter_ref": {"id": key}, "billed_by_user_ref": me}
        ENTRY[key] = place.ok("POST", "/api/v2/timeentries", json=entry)["id"]
    for name in ("nowhere", "ours"):
        key = scene.matters[name]
        before = everything_on(place, key)
        for method, path, body in writes(scene, key):
            answer = eve.request(method, path, json=body)
            assert answer.status_code in (400, 403, 404), (
                method,
                path,
                body,
                answer.status_code,
                answer.text,
            )
            assert "nowhere" not in answer.text
            assert "ours" not in answer.text
        assert everything_on(place, key) == before
    for method, path, body in writes(scene, scene.matters["here"]):
        if method == "POST":
            answer = eve.request(method, path, json=body)
            assert answer.status_code in (200, 201, 204), (path, answer.text)


def everything_on(place: Workplace, key: str) -> Any:
    everything = "time_entries,expenses,flat_fees,invoices,payments,activities,messages,files,relationships"
    return place.ok("GET", f"/odata/v4/Matters({key})?$expand={everything}")


def test_work_goes_on_a_matter_in_sight(scene: Scene, eve: Workplace) -> None:
    matter, me = {"id": scene.matters["here"]}, {"id": eve.user_id}
    body = {"date": DAY, "hours": 1, "rate": 7, "matter_ref": matter, "billed_by_user_ref": me}
    entry = eve.ok("POST", "/api/v2/timeentries", json=body)
    assert eve.ok("PUT", f"/api/v2/timeentries?id={entry['id']}", json={**entry, "hours": 2})["hours"] == 2
    assert eve.ok("DELETE", f"/api/v2/timeentries?id={entry['id']}")["id"] == entry["id"]


def test_an_invoice_of_all_unbilled_work_bills_what_is_in_sight(scene: Scene, eve: Workplace) -> None:
    """Who does not see a matter does not bill on it, not even by billing the account."""
    place, me = scene.place, {"id": scene.place.user_id}
    for name, rate in (("here", 7), ("ours", 100)):
        matter = {"id": scene.matters[name]}
        body = {"date": DAY, "hours": 1, "rate": rate, "matter_ref": matter, "billed_by_user_ref": me}
        place.ok("POST", "/api/v2/timeentries", json=body)
    made = eve.ok("POST", "/api/v2/invoices", json={"account_ref": {"id": scene.account}})
    assert made["total"] == 7
    whole = place.ok("POST", "/api/v2/invoices", json={"account_ref": {"id": scene.account}})
    assert whole["total"] >= 100
    assert eve.get(f"/api/v2/invoices/{whole['id']}").status_code == 404  # it bills what she does not see


def test_nobody_writes_themselves_out_of_sight(scene: Scene, eve: Workplace) -> None:
    before = scene.place.get("/api/v2/matters/$count").text
    body = {"name": "Lost", "status": "Open", "account_ref": {"id": scene.account}}
    for method, path, sent in (
        ("POST", "/api/v2/matters", body),
        ("POST", "/odata/v4/Matters", {"name": "Lost"}),
        ("POST", "/api/project", {"name": "Lost", "status": "Open"}),
    ):
        answer = eve.request(method, path, json=sent)
        assert (answer.status_code, "would not see" in answer.text) == (403, True), answer.text
    assert scene.place.get("/api/v2/matters/$count").text == before


def test_a_matter_is_made_by_those_who_assign_it_to_themselves(scene: Scene, database: Database) -> None:
    with database.session() as session:
        eve = restricted(session, scene.place, "assignment")
    body = {"name": "Mine", "status": "Open", "account_ref": {"id": scene.account}}
    assert eve.request("POST", "/api/v2/matters", json=body).status_code == 403
    made = eve.ok("POST", "/api/v2/matters", json={**body, "assigned_to_users": [{"id": eve.user_id}]})
    assert [row["id"] for row in eve.list("/api/v2/matters")] == [made["id"]]
    scene.place.ok("DELETE", f"/api/v2/matters?id={made['id']}")


def test_members_see_everything_as_they_always_did(scene: Scene, database: Database) -> None:
    with database.session() as session:
        grace = colleague(session, scene.place)
        token = issue_token(session, grace, str(scene.place.client_id), "full")
        session.commit()
    every = {row["name"] for row in scene.place.list("/api/v2/matters")}
    answer = scene.place.request("GET", "/api/v2/matters", token=token).get_json()
    assert {row["name"] for row in answer} == every


def test_a_matters_office_stays_where_a_body_leaves_it_out(scene: Scene, eve: Workplace) -> None:
    """A client that knows of no offices would put matters out of everybody's sight."""
    place = scene.place
    chosen = {"office": {"lookup_value_uuid": scene.office}}
    made = eve.ok("POST", "/api/v2/matters", json={"name": "Placed", "status": "Open", **chosen})
    path = f"/api/v2/matters?id={made['id']}"
    for body in ({"name": "Placed", "status": "Open"}, {**made, "name": "Named anew"}):
        kept = place.ok("PUT", path, json=body)
        assert kept["office"]["lookup_value_uuid"] == scene.office
    place.ok("PUT", "/api/project", json={"guid": made["id"], "name": "At v1", "status": "Open"})
    assert place.ok("GET", f"/api/v2/matters/{made['id']}")["office"] == made["office"]
    entity = f"/odata/v4/Matters({made['id']})"
    refused = eve.request("PATCH", entity, json={"office_id": None})
    assert (refused.status_code, "would not see" in refused.text) == (403, True)
    wrong = {"name": "Placed", "status": "Open", "office": {"lookup_value_uuid": scene.program}}
    assert place.request("PUT", path, json=wrong).status_code == 400  # a program is no office
    assert place.request("PATCH", entity, json={"office_id": None}).status_code == 204
    assert place.ok("DELETE", path)["office"] is None
