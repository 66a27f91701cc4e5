"""Premium operations (LegalServer, Premium APIs): what the firm has not enabled answers 402."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.extensions import Database
from app.models import MODELS, Firm
from app.models.activities import EVENT, NOTE, TASK
from app.services.premium import GROUPS
from tests.contract.samples import SAMPLES
from tests.firms import Workplace, open_firm

SENTENCE = "is a premium operation that your firm has not enabled"


@pytest.fixture(scope="module")
def place(app: Flask) -> Workplace:
    with app.extensions["database"].session() as session:
        return open_firm(app, session)


@pytest.fixture(scope="module")
def made(app: Flask, place: Workplace) -> dict[str, str]:
    """A record of each kind, from when everything was on; then the firm switches everything off."""
    paths = ("matters", "events", "tasks", "notes", "relationships")
    keys = {
        path: place.ok("POST", f"/api/v2/{path}", json=SAMPLES["v2", path](place))["id"] for path in paths
    }
    database: Database = app.extensions["database"]
    with database.session.begin() as session:
        this = update(Firm).where(Firm.id == place.firm_id)
        session.execute(this.values(not_enabled=" ".join(GROUPS)))
    return keys


EVENT_BODY = {"subject": "Hearing", "start_date_time": "2026-02-03T14:00:00Z"}
CASES: list[tuple[str, str, Any]] = [
    ("POST", "/api/v2/matters", {"name": "A", "status": "Open"}),
    ("PUT", "/api/v2/matters?id={matters}", {"name": "A", "status": "Open"}),
    ("DELETE", "/api/v2/matters?id={matters}", None),
    ("POST", "/api/project", {"name": "A", "status": "Open"}),
    ("POST", "/odata/v4/Matters", {"name": "A"}),
    ("PATCH", "/odata/v4/Matters({matters})", {"name": "A"}),
    ("PUT", "/odata/v4/Matters({matters})/name", {"value": "A"}),
    ("DELETE", "/odata/v4/Matters({matters})", None),
    ("POST", "/api/v2/events", {**EVENT_BODY, "is_all_day": False, "end_date_time": "2026-02-03T15:00:00Z"}),
    ("DELETE", "/api/v2/events?id={events}", None),
    ("POST", "/odata/v4/Activities", {"type": "Event", "subject": "Hearing"}),
    ("PATCH", "/odata/v4/Activities({events})", {"subject": "Hearing"}),
    ("POST", "/api/v2/tasks", {"subject": "Look"}),
    ("POST", "/api/activity", {"name": "Look", "type": "Task", "isSendNotificationEmail": False}),
    ("PATCH", "/odata/v4/Activities({tasks})", {"subject": "Look"}),
    ("PUT", "/api/v2/notes?id={notes}", {"subject": "Look"}),
    ("DELETE", "/api/v2/relationships?id={relationships}", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CASES, ids=lambda value: str(value)[:40])
def test_what_is_not_enabled_is_402_in_the_words_of_the_door(
    place: Workplace, made: dict[str, str], method: str, path: str, body: Any
) -> None:
    answer = place.request(method, path.format(**made), json=body)
    assert answer.status_code == 402, (answer.status_code, answer.text)
    error = answer.get_json()
    if path.startswith("/odata"):
        assert error["error"]["code"] == "payment_required"
        assert SENTENCE in error["error"]["message"]
    else:
        assert SENTENCE in error["message"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v2/matters"),
        ("PUT", "/api/v2/matters?id={matters}"),
        ("POST", "/api/v2/events"),
        ("POST", "/api/v2/charges"),
        ("POST", "/api/project"),
        ("POST", "/api/cases"),
        ("PUT", "/api/cases/{matters}"),
        ("POST", "/api/deadlines"),
    ],
)
def test_it_is_said_before_the_body_is_looked_at(
    place: Workplace, made: dict[str, str], method: str, path: str
) -> None:
    answer = place.request(method, path.format(**made), json={})
    assert answer.status_code == 402, (answer.status_code, answer.text)
    assert SENTENCE in (answer.get_json().get("message") or answer.get_json()["error"])


def test_a_batch_gets_no_further(place: Workplace, made: dict[str, str]) -> None:
    asked = [
        {"id": "1", "method": "POST", "url": "Matters", "body": {"name": "A"}},
        {"id": "2", "method": "GET", "url": "Matters/$count"},
    ]
    answer = place.ok("POST", "/odata/v4/$batch", json={"requests": asked})
    assert [part["status"] for part in answer["responses"]] == [402]


def test_reading_and_what_is_included_goes_on(place: Workplace, made: dict[str, str]) -> None:
    """Reading and searching matters is no premium operation."""
    assert place.get(f"/api/v2/matters/{made['matters']}").status_code == 200
    assert place.list("/api/v2/matters")
    note = {"subject": "Free", "matter_ref": {"id": made["matters"]}}
    assert place.request("POST", "/api/v2/notes", json=note).status_code == 200  # "Creating Notes is free"
    assert place.request("POST", "/api/v2/accounts", json=SAMPLES["v2", "accounts"](place)).status_code == 200


def test_who_may_see_a_matter_costs_nothing(place: Workplace, made: dict[str, str]) -> None:
    """Nor do lookups: "There is no charge for these APIs." """
    place.ok("PUT", f"/api/v2/matters/{made['matters']}/exclusions", json={"excluded_users": []})
    place.ok("POST", "/api/v2/lookups/office", json={"name": "Portland"})


def test_everything_is_enabled_at_first(workplace: Workplace) -> None:
    for path in ("matters", "events", "tasks", "relationships"):
        workplace.ok("POST", f"/api/v2/{path}", json=SAMPLES["v2", path](workplace))


def test_the_groups_cover_kinds_of_records_that_there_are() -> None:
    kinds = {kind for group in GROUPS.values() for kind in group.covers}
    assert kinds - {EVENT, TASK, NOTE} <= {*MODELS, *EXPECTED}


EXPECTED = {"Party", "Assignment", "MatterCharge", "Income", "Litigation", "Service"}
"""Records on matters, which come with `app/models/matter_records.py`."""
