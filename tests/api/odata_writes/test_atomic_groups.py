"""Atomic groups that are refused, whyever: nothing is left of them, and the answer says which request it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.extensions import Database
from app.models import Base, Firm
from app.services.premium import GROUPS
from tests.api.odata_writes.batches import (
    ask,
    change_set,
    http,
    multipart,
    run,
    run_multipart,
    statuses,
)
from tests.api.odata_writes.steps import make, matter, read, send
from tests.api.odata_writes.test_who_may import token
from tests.commits import failing
from tests.firms import Workplace, open_firm
from tests.restricted import exclude, place_of, put_into, restricted

BODIES: dict[str, Any] = {
    "Accounts": {"company_name": "New"},
    "Items": {"name": "Advice", "rate": 5},
    "Matters": {"name": "New", "account@odata.bind": "$1"},
}
WEBHOOK = {"url": "https://ledger.example.com/hook"}


@dataclass
class Practice:
    """A firm with a case, an item, a file and a webhook, and somebody who is held to an office."""

    place: Workplace
    ids: dict[str, str]
    held: Workplace

    def asked(self, *requests: tuple[str, str, Any]) -> list[dict[str, Any]]:
        """A group of requests, numbered from 1; a body is as it is, or that of the set which is named."""
        return [
            ask(str(index), method, path.format(**self.ids), self._body(body), atomicityGroup="g")
            for index, (method, path, body) in enumerate(requests, 1)
        ]

    def _body(self, body: Any) -> Any:
        body = BODIES.get(body, body) if isinstance(body, str) else body
        return {
            name: value.format(**self.ids) if isinstance(value, str) else value
            for name, value in (body or {}).items()
        } or None


@pytest.fixture(scope="module")
def practice(app: Flask) -> Practice:
    with app.extensions["database"].session() as session:
        place = open_firm(app, session)
        case, hidden = matter(place), matter(place)
        office = place_of(session, place, "office")
        held = restricted(session, place, "office", office_id=office)
        excluding = matter(place)
        for key in (case, excluding):
            put_into(session, place, key, office_id=office)
        exclude(session, place, excluding, held.user_id)
        note = make(place, "Activities", {"type": "Note", "subject": "n", "matter_id": case})["id"]
        ids = {"case": case, "hidden": hidden, "excluding": excluding, "office": office, "note": note}
        ids["account"] = read(place, f"Matters({case})")["account_id"]
        ids["item"] = make(place, "Items", BODIES["Items"])["id"]
        place.ok("POST", "/api/v2/webhooks", json=WEBHOOK)
        return Practice(place, ids, held)


def everything(session: Session, place: Workplace) -> dict[str, list[str]]:
    """All rows of the firm: records, numbers given out, changes, webhooks, the audit trail."""
    session.rollback()
    kept = [table for table in Base.metadata.sorted_tables if "firm_id" in table.c]
    rows = {
        table.name: session.execute(select(table).where(table.c.firm_id == place.firm_id)).all()
        for table in kept
        if not table.name.startswith("oauth_")
    }
    session.rollback()
    return {name: sorted(map(repr, found)) for name, found in rows.items()}


@contextmanager
def nothing_changes(session: Session, practice: Practice) -> Iterator[None]:
    before = everything(session, practice.place)
    yield
    assert everything(session, practice.place) == before


@contextmanager
def premium_off(session: Session, place: Workplace) -> Iterator[None]:
    this = update(Firm).where(Firm.id == place.firm_id)
    session.execute(this.values(not_enabled=" ".join(GROUPS)))
    session.commit()
    try:
        yield
    finally:
        session.execute(this.values(not_enabled=None))
        session.commit()


NEW_ACCOUNT = ("post", "Accounts", "Accounts")
NEW_ITEM = ("post", "Items", "Items")
ENTRY = {"date": "2026-01-31T00:00:00Z", "hours": 1, "matter_id": "{hidden}"}


def check_refused(
    session: Session, practice: Practice, refused: tuple[str, str, Any], status: int, **kwargs: Any
) -> None:
    """The second of three is refused."""
    group = practice.asked(NEW_ACCOUNT, refused, NEW_ITEM)
    with nothing_changes(session, practice):
        responses = run(practice.place, *group, goes_on=True, **kwargs)
    assert statuses(responses) == {"1": 424, "2": status, "3": 424}, responses[1]
    assert responses[1]["body"]["error"]["message"]


@pytest.mark.parametrize(
    "refused",
    [
        ("post", "Matters", "Matters"),
        ("post", "$1/matters", {"name": "New"}),
        ("put", "Matters({case})/name", {"value": "New"}),
        ("put", "Matters({case})/account/$ref", {"@id": "$1"}),
        ("post", "$1/matters/$ref", {"@id": "Matters({case})"}),
        ("delete", "Matters({case})", None),
        ("patch", "Accounts({account})/matters({case})", {"name": "New"}),
        ("post", "Activities", {"type": "Task", "subject": "Look"}),
        ("patch", "Activities({note})", {"subject": "Look"}),
        ("post", "Services", {"matter_id": "{case}"}),
    ],
    ids=lambda refused: f"{refused[0]} {refused[1]}",
)
def test_what_the_firm_has_not_enabled(
    practice: Practice, session: Session, refused: tuple[str, str, Any]
) -> None:
    with premium_off(session, practice.place):
        check_refused(session, practice, refused, 402)


@pytest.mark.parametrize(
    ("refused", "status"),
    [
        (("post", "Matters", "Matters"), 403),
        (("post", "$1/matters", {"name": "New"}), 403),
        (("post", "TimeEntries", ENTRY), 400),
        (("patch", "Matters({hidden})", {"name": "Mine"}), 404),
        (("patch", "Matters({hidden})", {"name": "Mine", "office_id": "{office}"}), 404),
        (("delete", "Matters({hidden})", None), 404),
        (("post", "$1/matters/$ref", {"@id": "Matters({hidden})"}), 404),
        (("patch", "Matters({case})", {"office_id": None}), 403),
        (("patch", "Matters({excluding})", {"name": "Mine"}), 403),
    ],
    ids=lambda value: f"{value[0]} {value[1]}" if isinstance(value, tuple) else str(value),
)
def test_what_somebody_does_not_see(
    practice: Practice, session: Session, refused: tuple[str, str, Any], status: int
) -> None:
    check_refused(session, practice, refused, status, token=practice.held.token)


@pytest.mark.parametrize(
    "refused",
    [
        ("post", "Items", "Items"),
        ("delete", "Items({item})", None),
        ("post", "$1/matters", {"name": "New"}),
        ("patch", "$1/primary_contact", {"first_name": "New"}),
    ],
    ids=lambda refused: f"{refused[0]} {refused[1]}",
)
def test_what_the_token_is_not_for(
    practice: Practice, session: Session, refused: tuple[str, str, Any]
) -> None:
    check_refused(
        session, practice, refused, 403, token=token(session, practice.place, "accounts:write items:read")
    )


def test_a_token_for_writing_alone(practice: Practice, session: Session) -> None:
    """What requests of a group name of one another need not be read."""
    narrow = token(session, practice.place, "accounts:write matters:write")
    group = practice.asked(
        NEW_ACCOUNT, ("post", "Matters", "Matters"), ("patch", "$2", {"notes": "n"}), ("delete", "$2", None)
    )
    responses = run(practice.place, *group, token=narrow)
    assert statuses(responses) == dict.fromkeys("1234", 204)


@pytest.mark.parametrize("header", ["Idempotency-Key", "idempotency-key"])
@pytest.mark.parametrize("refused", [NEW_ITEM, ("patch", "Items({item})", {"name": "New"})])
def test_a_key_within_a_group(
    practice: Practice, session: Session, refused: tuple[str, str, Any], header: str
) -> None:
    first, second = practice.asked(NEW_ACCOUNT, refused)
    with nothing_changes(session, practice):
        responses = run(practice.place, first, {**second, "headers": {header: "a-key"}})
    assert statuses(responses) == {"1": 424, "2": 400}
    assert "no key of its own" in responses[1]["body"]["error"]["details"][0]["message"]


@pytest.mark.parametrize(
    ("refused", "status"),
    [
        (("post", "Matters", {"name": "New", "account@odata.bind": "$2"}), 400),
        (("post", "Matters", {"name": "New", "account@odata.bind": "$3"}), 400),
        (("post", "Matters", {"name": "New", "account@odata.bind": "$nope"}), 400),
        (("post", "TimeEntries", {**ENTRY, "matter_id": "$1/id"}), 400),
        (("patch", "$3", {"name": "New"}), 405),
        (("patch", "$1/matters({case})", {"name": "New"}), 404),
    ],
    ids=["itself", "a later one", "none", "of another kind", "as an address", "not its own"],
)
def test_references_that_lead_nowhere(
    practice: Practice, session: Session, refused: tuple[str, str, Any], status: int
) -> None:
    check_refused(session, practice, refused, status)


def test_what_a_group_deletes_is_gone_in_it(practice: Practice, session: Session) -> None:
    for again, status in (
        (("delete", "$1", None), 404),
        (("patch", "$1", {"notes": "n"}), 410),
        (("post", "Matters", "Matters"), 400),
    ):
        group = practice.asked(NEW_ACCOUNT, ("delete", "$1", None), again)
        with nothing_changes(session, practice):
            assert statuses(run(practice.place, *group)) == {"1": 424, "2": 424, "3": status}


def test_what_a_group_makes_is_found_along_its_references(practice: Practice) -> None:
    """`$2/account` is read while nothing is committed."""
    group = practice.asked(
        NEW_ACCOUNT,
        ("post", "Matters", "Matters"),
        ("patch", "$2/account", {"notes": "written in between"}),
    )
    responses = run(practice.place, *group, ask("read", "get", "$1?$select=notes"))
    assert statuses(responses) == {"1": 201, "2": 201, "3": 204, "read": 200}
    assert responses[0]["body"]["notes"] == responses[3]["body"]["notes"] == "written in between"


def test_a_version_that_was_rolled_back_is_nobodys(practice: Practice, session: Session) -> None:
    group = practice.asked(("patch", "Items({item})", {"name": "New"}), ("post", "Items", {"name": "x"}))
    key = practice.ids["item"]
    later = ask("3", "patch", f"Items({key})", {"name": "Later"}, headers={"If-Match": "$1"})
    with nothing_changes(session, practice):
        assert statuses(run(practice.place, *group, later, goes_on=True)) == {"1": 424, "2": 400, "3": 412}


def test_numbers_are_given_again(practice: Practice) -> None:
    first = make(practice.place, "Accounts", BODIES["Accounts"])["number"]
    for _ in range(2):
        run(practice.place, *practice.asked(NEW_ACCOUNT, NEW_ACCOUNT, ("post", "Items", {"name": "x"})))
    assert make(practice.place, "Accounts", BODIES["Accounts"])["number"] == first + 1


def test_a_commit_that_fails(practice: Practice, session: Session, database: Database) -> None:
    group = practice.asked(NEW_ACCOUNT, NEW_ITEM)
    with nothing_changes(session, practice):
        with failing(database):
            assert statuses(run(practice.place, *group)) == {"1": 424, "2": 500}
            parts = [http("POST", name, BODIES[name], key=name) for name in ("Accounts", "Items")]
            answer = run_multipart(practice.place, multipart(change_set(*parts)))
        assert answer.text.count("HTTP/1.1 500") == answer.text.count("HTTP/1.1") == 1
    assert statuses(run(practice.place, *group)) == {"1": 201, "2": 201}


def test_a_change_set_says_which_request_it_was(practice: Practice, session: Session) -> None:
    parts = [http("POST", name, BODIES[name], key=f"{index}") for index, name in enumerate(BODIES, 1)]
    with premium_off(session, practice.place), nothing_changes(session, practice):
        answer = run_multipart(practice.place, multipart(change_set(*parts)))
    assert answer.text.count("HTTP/1.1") == answer.text.count("HTTP/1.1 402") == 1
    assert "Content-ID: 3\r\n" in answer.text


def test_a_file_that_is_deleted_in_vain_keeps_its_content(practice: Practice, session: Session) -> None:
    place = practice.place
    data = {"file": (BytesIO(b"a brief"), "brief.txt")}
    key = place.ok("POST", "/api/v2/files", data=data)["id"]
    group = practice.asked(("delete", f"Files({key})", None), ("post", "Items", {"name": "x"}))
    with nothing_changes(session, practice):
        assert statuses(run(place, *group)) == {"1": 424, "2": 400}
    assert place.get(f"/api/v2/files/download/{key}").data == b"a brief"
    assert send(place, "DELETE", f"Files({key})").status_code == 204
