"""The log of changes: every write, in the order of the commits, numbered without gaps."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.extensions import Database
from app.models import Change
from tests.contract.samples import account, matter
from tests.firms import Workplace
from tests.parallel import in_processes, in_threads


def log(session: Session, firm_id: int) -> list[Change]:
    query = select(Change).where(Change.firm_id == firm_id).order_by(Change.number)
    lines = list(session.scalars(query))
    session.expunge_all()
    session.rollback()  # on SQLite an open transaction would keep the writers out
    return lines


def test_each_write_is_one_line(workplace: Workplace, session: Session) -> None:
    start = len(log(session, workplace.firm_id))
    made = workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    workplace.ok("PUT", f"/api/v2/accounts?id={made['id']}", json={**made, "notes": "New"})
    workplace.ok("PUT", f"/api/v2/accounts?id={made['id']}", json={**made, "notes": "New"})
    workplace.ok("PUT", f"/api/v2/accounts?id={made['id']}", json={**made, "notes": "New", "tags": ["vip"]})
    workplace.ok("DELETE", f"/api/v2/accounts?id={made['id']}")
    lines = log(session, workplace.firm_id)[start:]
    assert {(line.user_id, line.client_id) for line in lines} == {(workplace.user_id, workplace.client_id)}
    assert [line.number for line in lines] == list(range(start + 1, start + 1 + len(lines)))
    of_account = [line.action for line in lines if line.entity_id == made["id"]]
    assert of_account == ["created", "updated", "updated", "deleted"]
    kinds = [(line.entity, line.action) for line in lines if line.entity_id != made["id"]]
    assert sorted(kinds) == [("Contact", "created"), ("Contact", "deleted"), ("Tag", "created")]


def test_what_fails_leaves_no_line_and_no_gap(workplace: Workplace, session: Session) -> None:
    made = workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    for _ in range(3):
        body = {**account(workplace), "number": made["number"]}
        assert workplace.request("POST", "/api/v2/accounts", json=body).status_code == 400
    workplace.ok("POST", "/api/v2/accounts", json=account(workplace))
    numbers = [line.number for line in log(session, workplace.firm_id)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_firms_count_for_themselves(
    workplace: Workplace, other_workplace: Workplace, session: Session
) -> None:
    for place in (workplace, other_workplace, workplace):
        place.ok("POST", "/api/v2/matters", json=matter(place))
    for place in (workplace, other_workplace):
        numbers = [line.number for line in log(session, place.firm_id)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_concurrent_writers_leave_no_gap_and_no_double(workplace: Workplace, session: Session) -> None:
    def write(index: int) -> Any:
        return workplace.request("POST", "/api/v2/accounts", json=account(workplace))

    answers = in_threads(write, 50)
    assert [answer.status_code for answer in answers] == [200] * 50
    assert sorted(answer.get_json()["number"] for answer in answers) == list(range(1, 51))
    numbers = [line.number for line in log(session, workplace.firm_id)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_processes_that_write_at_once_leave_no_gap(
    app: Flask, workplace: Workplace, session: Session, database: Database
) -> None:
    settings = app.extensions["settings"]
    statuses = in_processes(
        settings, workplace.token, "/api/v2/accounts", account(workplace), each=10, processes=3
    )
    assert statuses == [200] * 30
    accounts = workplace.ok("GET", "/api/v2/accounts")
    assert sorted(row["number"] for row in accounts) == list(range(1, 31))
    numbers = [line.number for line in log(session, workplace.firm_id)]
    assert numbers == list(range(1, len(numbers) + 1))
