"""The sums agree with a plain computation in Python over a generated firm, and are one statement each."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import Account, Activity, Matter, TimeEntry, User
from app.models.base import FirmRow, new_id, now
from app.services.charges import total
from odata import runner
from tests.api.praxis.conftest import Office
from tests.firms import open_firm, password_hash

AREAS = ("Family Law", "Probate", None)
STATUSES = ("Open", "Pending", "Closed", "Archived")
BRACKETS = ((30, "0-30 days"), (90, "31-90 days"), (180, "91-180 days"), (365, "181-365 days"))


@pytest.fixture(scope="module")
def generated(app: Flask) -> tuple[Office, list[FirmRow]]:
    """A firm of random cases, time entries and tasks, some of them deleted; and its rows."""
    chance = random.Random("stats")
    with app.extensions["database"].session() as session:
        place = open_firm(app, session)
        rows = list(random_rows(session, place.firm_id, place.user_id, chance))
        session.commit()
    return Office(place), rows


def random_rows(session: Session, firm_id: int, ada: str, chance: random.Random) -> Iterator[FirmRow]:
    def add(row: Any) -> Any:
        row.firm_id, row.id = firm_id, new_id()
        if chance.random() < 0.1 and not isinstance(row, User | Account):
            row.deleted_at = now()
        session.add(row)
        session.flush()
        return row

    email = f"bob.{new_id()}@example.com"
    bob = add(User(email=email, login=email, display_name="Bob", password_hash=password_hash()))
    account = add(Account(legacy_id=1, number=1, display_name="Doe"))
    matters = []
    for number in range(1, 61):
        opened = now() - dt.timedelta(days=chance.choice((0, 29, 30, 31, 90, 91, 180, 181, 365, 366, 900)))
        matter = Matter(legacy_id=number, number=number, name="X", account_id=account.id)
        matter.status, matter.practice_area = chance.choice(STATUSES), chance.choice(AREAS)
        matter.open_date = chance.choice((opened, None))
        matter.close_date = chance.choice((None, now() - dt.timedelta(days=chance.randrange(0, 30))))
        matters.append(add(matter))
        yield matter
    for _ in range(300):
        is_billable = chance.random() < 0.8
        entry = TimeEntry(matter_id=chance.choice(matters).id, account_id=account.id, is_billable=is_billable)
        entry.is_billed = is_billable and chance.random() < 0.5
        entry.billed_by_user_id = chance.choice((ada, bob.id))
        entry.hours = Decimal(chance.randrange(1, 90_000)).scaleb(-4)
        entry.rate = Decimal(chance.randrange(0, 5_000_000)).scaleb(-4)
        entry.total = total(entry.hours, entry.rate)
        entry.date = dt.datetime(2025, 1, 1, tzinfo=dt.UTC) + dt.timedelta(
            hours=chance.randrange(0, 24 * 500)
        )
        yield add(entry)
    for _ in range(80):
        task = Activity(type="Task", subject="X", status=chance.choice(("Completed", "NotCompleted")))
        days = chance.choice((None, 0, 1, 1, 2, 40, -1, -20))
        task.due_date = None if days is None else now() - dt.timedelta(days=days)
        task.priority = "Medium"
        yield add(task)


def living(rows: list[FirmRow], kind: type[Any]) -> list[Any]:
    return [row for row in rows if isinstance(row, kind) and row.deleted_at is None]


def age_of(matter: Matter) -> str:
    begun, ended = matter.open_date or matter.created_at, matter.close_date or now()
    days = (ended.date() - begun.date()).days
    return next((words for most, words in BRACKETS if days <= most), "over 365 days")


def test_cases_are_counted_by_status_practice_and_age(generated: Any) -> None:
    office, rows = generated
    told = office.ok("GET", "cases/stats")
    matters = living(rows, Matter)
    assert told["total"] == len(matters)
    for list_name, name, of in (
        ("byStatus", "status", lambda matter: matter.status),
        ("byPracticeArea", "practiceArea", lambda matter: matter.practice_area),
        ("byAge", "age", age_of),
    ):
        assert {each[name]: each["count"] for each in told[list_name]} == Counter(map(of, matters))


def test_time_is_summed_by_user_and_month(generated: Any) -> None:
    office, rows = generated
    sums: dict[Any, Any] = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
    for entry in living(rows, TimeEntry):
        state = "billed" if entry.is_billed else "billable" if entry.is_billable else "writtenOff"
        month = f"{entry.date:%Y-%m}"
        user = entry.billed_by_user_id
        for group in ((), (user,), (month,), (user, month)):
            for index, value in enumerate((1, entry.hours, entry.total)):
                sums[(*group, state)][index] += value
    told = office.ok("GET", "time/stats")
    found = {}
    for names, groups in (
        ((), [told["total"]]),
        (("userId",), told["byUser"]),
        (("month",), told["byMonth"]),
        (("userId", "month"), told["byUserAndMonth"]),
    ):
        for group in groups:
            for state in ("billable", "billed", "writtenOff"):
                each = group[state]
                if each["entries"]:
                    key = (*(group[name] for name in names), state)
                    found[key] = [each["entries"], Decimal(str(each["hours"])), Decimal(str(each["value"]))]
    assert found == dict(sums)
    assert {each["userName"] for each in told["byUser"]} == {"Ada Lovelace", "Bob"}


def test_overdue_deadlines_are_listed_and_counted_by_days(generated: Any) -> None:
    office, rows = generated
    late = [
        task
        for task in living(rows, Activity)
        if task.due_date and task.status != "Completed" and task.due_date.date() < now().date()
    ]
    days = Counter((now().date() - task.due_date.date()).days for task in late)
    told = office.whole("GET", "deadlines/overdue", query_string={"limit": "1000"})
    assert {each["id"] for each in told["data"]} == {task.id for task in late}
    assert [each["daysOverdue"] for each in told["data"]] == sorted(days.elements(), reverse=True)
    assert told["pagination"]["total"] == told["summary"]["total"] == len(late)
    assert {each["days"]: each["count"] for each in told["summary"]["byDays"]} == days


@pytest.mark.parametrize(
    ("path", "query", "needed"),
    [
        ("time/stats", {"userId": "ADA"}, lambda told: len(told["byUser"]) == 1),
        ("time/stats", {"from": "2025-02-01", "to": "2025-02-28"}, lambda told: len(told["byMonth"]) == 1),
        (
            "time/stats",
            {"$filter": "year(date) eq 2026"},
            lambda told: told["byMonth"][0]["month"] == "2026-01",
        ),
        ("time/stats", {"$filter": "hours lt 0"}, lambda told: told["total"]["billed"]["entries"] == 0),
        ("cases/stats", {"practiceArea": "probate"}, lambda told: len(told["byPracticeArea"]) == 1),
        ("cases/stats", {"$filter": "age eq '0-30 days'"}, lambda told: len(told["byAge"]) == 1),
    ],
)
def test_sums_are_narrowed_like_the_list(
    generated: Any, path: str, query: dict[str, str], needed: Any
) -> None:
    office, _ = generated
    query = {name: text.replace("ADA", office.place.user_id) for name, text in query.items()}
    assert needed(office.ok("GET", path, query_string=query))


@pytest.mark.parametrize(
    "query", ["$top=1", "$apply=aggregate($count as n)", "$filter=nope eq 1", "$filter=true)/top(1"]
)
def test_sums_refuse_what_means_nothing(generated: Any, query: str) -> None:
    generated[0].refused(400, "GET", f"time/stats?{query}")


def test_sums_are_one_statement(generated: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    executor = runner.executor

    def counting(connection: Any) -> Any:
        execute = executor(connection)

        def run(statement: Any, values: Any) -> Any:
            asked.append(statement.sql)
            return execute(statement, values)

        return run

    monkeypatch.setattr(runner, "executor", counting)
    for path in ("cases/stats", "time/stats"):
        asked.clear()
        generated[0].ok("GET", path)
        assert len(asked) == 1


def test_another_firm_is_not_counted(office: Office, generated: Any) -> None:
    assert office.ok("GET", "cases/stats") == {"total": 0, "byStatus": [], "byPracticeArea": [], "byAge": []}
    assert office.ok("GET", "time/stats")["byUser"] == []
    assert office.whole("GET", "deadlines/overdue")["summary"] == {"total": 0, "byDays": []}
