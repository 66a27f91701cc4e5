"""Whoever does not see all of the firm's matters is told of what they see, and of nothing else, while it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.api.entity_types import table_of
from app.api.resources import RESOURCES
from app.extensions import Database
from app.models import User
from app.models.roles import ALL_CASES, ASSIGNMENT, OFFICE
from app.services import premium, restricting, roles, staff
from app.services.sight import held_tables
from tests.contract.samples import SAMPLES
from tests.firms import Workplace, issue_token, open_firm
from tests.realtime.clients import Polling, connect
from tests.realtime.raw import RS, Raw
from tests.restricted import place_of, restricted
from tests.services.people_of_a_firm import administrator_of
from tests.serving import Server

DAY = "2026-01-31T00:00:00Z"
HELD = {each.model.__name__ for each in RESOURCES if table_of(each.model) in held_tables()}
"""The kinds of records that can be out of sight."""

Told = list[list[str]]


@dataclass
class Scene:
    """A firm, and who of it listens.

    Args:
        ada: sees everything; eve: what is assigned to her; otto: what is in his office; mona: what excludes her not.
        account: whose matters they are.
    """

    ada: Workplace
    eve: Workplace
    otto: Workplace
    mona: Workplace
    office: str
    account: str
    contact: str

    def make(self, path: str, **body: Any) -> str:
        return str(self.ada.ok("POST", f"/api/v2/{path}", json=body)["id"])

    def matter(self, *assigned: Workplace) -> str:
        users = [{"id": who.user_id} for who in assigned]
        account = {"id": self.account}
        return self.make("matters", name="Case", status="Open", account_ref=account, assigned_to_users=users)

    def assign(self, matter: str, *assigned: Workplace) -> None:
        users = [{"id": who.user_id} for who in assigned]
        body = {"name": "Case", "status": "Open", "account_ref": {"id": self.account}}
        self.ada.ok("PUT", f"/api/v2/matters?id={matter}", json={**body, "assigned_to_users": users})

    def exclude(self, matter: str, *excluded: Workplace) -> None:
        users = [{"id": who.user_id} for who in excluded]
        self.ada.ok("PUT", f"/api/v2/matters/{matter}/exclusions", json={"excluded_users": users})

    def delete(self, path: str, key: str) -> None:
        self.ada.ok("DELETE", f"/api/v2/{path}?id={key}")


@pytest.fixture(scope="module")
def database(app: Flask) -> Database:
    found: Database = app.extensions["database"]
    return found


@pytest.fixture(scope="module")
def scene(app: Flask, database: Database) -> Scene:
    with database.session() as session:
        ada = open_firm(app, session)
        office = place_of(session, ada, "office")
        eve = restricted(session, ada, ASSIGNMENT)
        otto = restricted(session, ada, OFFICE, office_id=office)
        mona = restricted(session, ada)
    account = ada.ok("POST", "/api/v2/accounts", json=SAMPLES["v2", "accounts"](ada))
    return Scene(ada, eve, otto, mona, office, account["id"], account["primary_contact"]["id"])


class Listeners:
    """The connections of the scene's people."""

    def __init__(self, scene: Scene, sockets: dict[str, Raw]) -> None:
        self._scene = scene
        self._sockets = sockets

    def told_of(self, act: Callable[[], object]) -> dict[str, Told]:
        """What each is told of what can be out of sight, while something is done."""
        self._until_now()
        act()
        return self._until_now()

    def _until_now(self) -> dict[str, Told]:
        last = self._scene.make("items", name="That was all", rate=1)
        return {name: until(last, socket) for name, socket in self._sockets.items()}


def until(item: str, socket: Raw) -> Told:
    socket.say('{"type":6}' + RS)
    found: Told = []
    while True:
        [line] = socket.told(1)
        if line == ["Item", item, "created"]:
            return [line for line in found if line[0] in HELD]
        found.append(line)


@pytest.fixture(scope="module")
def listeners(server: Server, scene: Scene) -> Iterator[Listeners]:
    people = {"ada": scene.ada, "eve": scene.eve, "otto": scene.otto, "mona": scene.mona}
    with ExitStack() as stack:
        yield Listeners(
            scene, {name: stack.enter_context(connect(server, who.token)) for name, who in people.items()}
        )


# Matters


def test_a_matter_comes_into_sight_and_falls_out_by_its_assignments(
    scene: Scene, listeners: Listeners
) -> None:
    matter = scene.matter(scene.eve)
    scene.assign(matter)
    told = listeners.told_of(lambda: scene.assign(matter, scene.eve))
    assert ["Matter", matter, "updated"] in told["eve"]
    assert told["eve"] == told["ada"]
    assert told["otto"] == []
    told = listeners.told_of(lambda: scene.assign(matter, scene.ada))
    assert ["Matter", matter, "updated"] in told["ada"]
    assert told["eve"] == []


def test_so_it_does_by_an_assignment_of_its_own(scene: Scene, listeners: Listeners) -> None:
    matter = scene.matter()
    body = {"matter_ref": {"id": matter}, "user_ref": {"id": scene.eve.user_id}}
    made: list[str] = []
    told = listeners.told_of(lambda: made.append(scene.make("assignments", **body)))
    assert ["Matter", matter, "updated"] in told["eve"]
    assert ["Assignment", made[0], "created"] in told["eve"]
    told = listeners.told_of(lambda: scene.delete("assignments", made[0]))
    assert len(told["ada"]) == 2
    assert told["eve"] == []


def test_so_it_does_by_its_office(scene: Scene, listeners: Listeners) -> None:
    matter = scene.matter()
    place = f"/odata/v4/Matters({matter})"
    told = listeners.told_of(lambda: scene.ada.request("PATCH", place, json={"office_id": scene.office}))
    assert told["otto"] == told["ada"] == [["Matter", matter, "updated"]]
    assert told["eve"] == []
    told = listeners.told_of(lambda: scene.ada.request("PATCH", place, json={"office_id": None}))
    assert told["ada"] == [["Matter", matter, "updated"]]
    assert told["otto"] == []


def test_so_it_does_by_an_exclusion(scene: Scene, listeners: Listeners) -> None:
    matter = scene.matter()
    told = listeners.told_of(lambda: scene.exclude(matter, scene.mona))
    assert told["ada"] == [["Matter", matter, "updated"]]
    assert told["mona"] == []
    note = listeners.told_of(lambda: scene.make("notes", subject="Secret", matter_ref={"id": matter}))
    assert len(note["ada"]) == 1
    assert note["mona"] == []
    told = listeners.told_of(lambda: scene.exclude(matter))
    assert told["mona"] == [["Matter", matter, "updated"]]


def test_a_delete_is_told_to_those_who_saw_it(scene: Scene, listeners: Listeners) -> None:
    seen, hidden, excluding = scene.matter(scene.eve), scene.matter(), scene.matter(scene.eve)
    scene.exclude(excluding, scene.mona, scene.eve)
    told = listeners.told_of(lambda: [scene.delete("matters", key) for key in (seen, hidden, excluding)])
    deleted = {key: ["Matter", key, "deleted"] for key in (seen, hidden, excluding)}
    assert told["ada"] == list(deleted.values())
    assert told["eve"] == [deleted[seen]]
    assert told["mona"] == [deleted[seen], deleted[hidden]]
    assert told["otto"] == []


# What is on them


def work_on(scene: Scene, matter: str) -> None:
    """Make, change and delete something of each kind."""
    of, me = {"matter_ref": {"id": matter}}, {"billed_by_user_ref": {"id": scene.ada.user_id}}
    item = {"item_ref": {"id": scene.make("items", name="Copies", rate=1)}}
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("notes", {**of, "subject": "Secret"}),
        ("tasks", {**of, "subject": "Secret", "status": "NotCompleted", "priority": "Low"}),
        ("emails", {**of, "subject": "Secret", "body_text": "Dear Jo", "emails_to": ["jo@example.com"]}),
        ("events", {**of, **SAMPLES["v2", "events"](scene.ada)}),
        ("timeentries", {**of, **me, "date": DAY, "hours": 1, "rate": 100}),
        ("expenses", {**of, "qty": 1, "price": 1}),
        ("flatfees", {**of, **me, **item, "date": DAY, "qty": 1}),
        ("messages", {"matter_id": matter, "body": "Secret"}),
        ("relationships", {**of, "contact_ref": {"id": scene.contact}, "name": "Judge"}),
        ("adverse_parties", {**of, "last_name": "Bolt"}),
        ("incomes", {**of, "amount": 1, "period": "Monthly"}),
    ]
    for path, body in bodies:
        key = scene.make(path, **body)
        if path != "messages":
            scene.ada.ok(
                "PUT", f"/api/v2/{path}?id={key}", json={**body, "description": "More", "notes": "More"}
            )
        scene.delete(path, key)
    form = {"file": (BytesIO(b"Secret"), "Secret.txt"), "matter_ref": matter}
    file = scene.ada.ok("POST", "/api/v2/files", data=form)["id"]
    scene.delete("files", file)


def test_what_is_on_a_matter_is_told_with_it(scene: Scene, listeners: Listeners) -> None:
    seen, hidden = scene.matter(scene.eve), scene.matter()
    told = listeners.told_of(lambda: work_on(scene, seen))
    assert {"Activity", "TimeEntry", "Expense", "FlatFee", "Message", "File", "Relationship", "Party"} <= {
        line[0] for line in told["ada"]
    }
    assert told["eve"] == told["ada"]
    assert told["otto"] == []
    told = listeners.told_of(lambda: work_on(scene, hidden))
    assert len(told["ada"]) > 20
    assert told["eve"] == []


def test_a_record_is_told_by_the_matter_that_it_has_come_to(scene: Scene, listeners: Listeners) -> None:
    seen, hidden = scene.matter(scene.eve), scene.matter()
    note = scene.make("notes", subject="Secret", matter_ref={"id": hidden})

    def move(matter: str) -> None:
        body = {"subject": "Secret", "matter_ref": {"id": matter}}
        scene.ada.ok("PUT", f"/api/v2/notes?id={note}", json=body)

    assert listeners.told_of(lambda: move(seen))["eve"] == [["Activity", note, "updated"]]
    told = listeners.told_of(lambda: move(hidden))
    assert told["ada"] == [["Activity", note, "updated"]]
    assert told["eve"] == []


@pytest.mark.parametrize("by", ["entries", "lines"])
def test_an_invoice_over_matters_is_told_to_those_who_see_them_all(
    scene: Scene, listeners: Listeners, by: str
) -> None:
    seen, hidden = scene.matter(scene.eve), scene.matter()
    own = {"billed_by_user_ref": {"id": scene.ada.user_id}, "date": DAY, "hours": 1, "rate": 100}
    entries = {key: scene.make("timeentries", **own, matter_ref={"id": key}) for key in (seen, hidden)}
    made: list[str] = []

    def items_for(*matters: str) -> Any:
        if by == "entries":  # one line over all of them
            return [{"timeEntriesGuids": ",".join(entries[key] for key in matters)}]
        return [{"name": "Work", "qty": 1, "price": 5, "projectGuid": key} for key in matters]

    body = {"accountGuid": scene.account, "discountPercent": 0, "currencyCode": "USD", "date": DAY}

    def bill(*matters: str) -> None:
        made.append(scene.ada.ok("POST", "/api/invoice", json={**body, "items": items_for(*matters)})["guid"])

    def keep(matter: str) -> None:
        changed = {**body, "guid": made[-1], "items": items_for(matter)}
        scene.ada.ok("PUT", "/api/invoice", json=changed)

    told = listeners.told_of(lambda: (bill(seen), scene.delete("invoices", made[0])))
    assert [line for line in told["ada"] if line[0] == "Invoice"] == [
        ["Invoice", made[0], "created"],
        ["Invoice", made[0], "deleted"],
    ]
    assert told["eve"] == told["ada"]
    told = listeners.told_of(lambda: (bill(seen, hidden), scene.delete("invoices", made[1])))
    assert ["Invoice", made[1], "deleted"] in told["ada"]
    assert {line[1] for line in told["eve"]} <= {entries[seen]}
    told = listeners.told_of(lambda: (bill(seen, hidden), keep(seen)))
    assert ["Invoice", made[2], "updated"] in told["eve"]
    assert "deleted" in {line[2] for line in told["ada"]}
    assert "deleted" not in {line[2] for line in told["eve"]}


# Rights that change while somebody listens


@pytest.fixture
def max_(scene: Scene, database: Database) -> Workplace:
    """Somebody who sees everything until something happens."""
    with database.session() as session:
        return restricted(session, scene.ada, rights=ALL_CASES)


def restrict_role(session: Session, scene: Scene, who: Workplace) -> None:
    user = session.get_one(User, (who.firm_id, who.user_id))
    administrator = administrator_of(session, scene.ada)
    roles.save(session, administrator, user.role, [], [ASSIGNMENT], is_new=False)


def give_role(session: Session, scene: Scene, who: Workplace) -> None:
    other = session.get_one(User, (who.firm_id, scene.eve.user_id)).role
    staff.change(session, administrator_of(session, scene.ada), who.user_id, role=other)


def restrict_user(session: Session, scene: Scene, who: Workplace) -> None:
    user = session.get_one(User, (who.firm_id, who.user_id))
    administrator = administrator_of(session, scene.ada)
    roles.save(session, administrator, user.role, [], [], is_new=False)
    restricting.restrict(
        session, administrator, who.user_id, office_id=None, program_id=None, restrictions=[OFFICE]
    )


CHANGES = [restrict_role, give_role, restrict_user]


@pytest.mark.parametrize("change", CHANGES)
def test_who_is_restricted_is_told_no_more_at_once(
    server: Server, scene: Scene, max_: Workplace, database: Database, change: Any
) -> None:
    matter = scene.matter()
    with connect(server, max_.token) as socket:
        note = scene.make("notes", subject="Known", matter_ref={"id": matter})
        assert socket.told(1) == [["Activity", note, "created"]]
        with database.session.begin() as session:
            change(session, scene, max_)
        scene.make("notes", subject="Secret", matter_ref={"id": matter})
        assert until(scene.make("items", name="That was all", rate=1), socket) == []


def test_nor_by_a_poll_that_waits(server: Server, scene: Scene, max_: Workplace, database: Database) -> None:
    matter = scene.matter()
    polling = Polling(server, max_.token).begin()
    note = scene.make("notes", subject="Known", matter_ref={"id": matter})
    assert note in polling.ask("GET").text
    with database.session.begin() as session:
        restrict_role(session, scene, max_)
    secret = scene.make("notes", subject="Secret", matter_ref={"id": matter})
    last = scene.make("items", name="That was all", rate=1)
    told = polling.ask("GET").text
    while last not in told:
        told += polling.ask("GET").text
    assert secret not in told
    polling.session.close()


def test_who_is_let_see_more_is_told_at_once(
    server: Server, scene: Scene, max_: Workplace, database: Database
) -> None:
    matter = scene.matter()
    with database.session.begin() as session:
        restrict_role(session, scene, max_)
    with connect(server, max_.token) as socket:
        assert until(scene.make("items", name="Restricted", rate=1), socket) == []
        with database.session.begin() as session:
            name = session.get_one(User, (max_.firm_id, max_.user_id)).role
            roles.save(session, administrator_of(session, scene.ada), name, [ALL_CASES], [], is_new=False)
        note = scene.make("notes", subject="Known", matter_ref={"id": matter})
        last = scene.make("items", name="That was all", rate=1)
        assert until(last, socket) == [["Activity", note, "created"]]


def test_who_is_shut_out_is_told_nothing_more(
    server: Server, scene: Scene, max_: Workplace, database: Database
) -> None:
    with connect(server, max_.token) as socket:
        item = scene.make("items", name="Known", rate=1)
        assert socket.told(1) == [["Item", item, "created"]]
        with database.session.begin() as session:
            staff.change(session, administrator_of(session, scene.ada), max_.user_id, is_active=False)
        scene.make("items", name="Secret", rate=1)
        [last] = [record for record in socket.rest() if record["type"] != 6]
        assert (last["type"], "revoked" in last["error"]) == (7, True)


def test_premium_that_is_switched_off_keeps_nobody_from_being_told(
    scene: Scene, listeners: Listeners, database: Database
) -> None:
    seen, hidden = scene.matter(scene.eve), scene.matter()

    def enable(*groups: str) -> None:
        with database.session.begin() as session:
            premium.enable(session, administrator_of(session, scene.ada), groups)

    try:
        enable()
        told = listeners.told_of(
            lambda: [scene.make("notes", subject="A", matter_ref={"id": key}) for key in (seen, hidden)]
        )
    finally:
        enable(*premium.GROUPS)
    assert len(told["ada"]) == 2
    assert told["eve"] == told["ada"][:1]


# Tokens of narrower scope

SCOPES = {
    "timeentries:read": {"TimeEntry"},
    "matters:read": {"Matter", "Assignment", "Party", "Income"},
    "activities:read matters:write": {"Activity"},
    "notes:read": set(),
}


def test_a_narrower_token_of_somebody_restricted_is_told_of_both_only(
    server: Server, scene: Scene, database: Database
) -> None:
    seen, hidden = scene.matter(scene.eve), scene.matter()
    with database.session() as session:
        user = session.get_one(User, (scene.eve.firm_id, scene.eve.user_id))
        client = str(scene.eve.client_id)
        tokens = {scope: issue_token(session, user, client, f"{scope} items:read") for scope in SCOPES}
        session.commit()
    with ExitStack() as stack:
        sockets = {scope: stack.enter_context(connect(server, token)) for scope, token in tokens.items()}
        listeners = Listeners(scene, sockets)

        def kinds(matter: str, *assigned: Workplace) -> dict[str, set[str]]:
            told = listeners.told_of(lambda: (scene.assign(matter, *assigned), work_on(scene, matter)))
            return {scope: {line[0] for line in lines} for scope, lines in told.items()}

        assert kinds(seen, scene.eve, scene.ada) == SCOPES
        assert kinds(hidden, scene.ada) == {scope: set() for scope in SCOPES}
