"""`Idempotency-Key`: the same POST again has the same answer and makes nothing new, at every door."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.extensions import Database
from app.idempotency import REPLAYED
from app.models import Change, IdempotencyKey, User
from app.services import idempotency, purging, records
from tests.databases import on_postgresql
from tests.firms import Workplace, issue_token
from tests.idempotency.steps import ACCOUNT, accounts, post
from tests.parallel import in_processes, in_threads
from tests.restricted import restricted

DOORS: dict[str, tuple[str, dict[str, Any]]] = {
    "v2": ("/api/v2/accounts", ACCOUNT),
    "v1": ("/api/account", {"name": "Acme", "primaryContact": {"firstName": "Jo", "lastName": "Doe"}}),
    "odata": ("/odata/v4/Accounts", {"company_name": "Acme"}),
}


def kept(place: Workplace, session: Session) -> list[IdempotencyKey]:
    rows = session.scalars(select(IdempotencyKey).where(IdempotencyKey.firm_id == place.firm_id)).all()
    session.expunge_all()
    session.rollback()
    return list(rows)


@pytest.mark.parametrize("door", DOORS)
def test_the_same_request_again(door: str, workplace: Workplace, session: Session, key: str) -> None:
    path, body = DOORS[door]
    first = post(workplace, path, key, json=body)
    assert first.status_code in (200, 201), first.text
    assert REPLAYED not in first.headers
    again = post(workplace, path, key, json=body)
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert again.headers.pop(REPLAYED) == "true"
    assert dict(again.headers) == dict(first.headers)
    assert accounts(workplace, session) == 1
    # What was answered is what a read finds.
    assert "Acme" in first.text


@pytest.mark.parametrize("door", DOORS)
def test_another_request_with_the_key(door: str, workplace: Workplace, session: Session, key: str) -> None:
    path, body = DOORS[door]
    assert post(workplace, path, key, json=body).status_code < 300
    for other in (
        post(workplace, path, key, json={**body, "notes": "Another"}),
        post(workplace, path, key, data="not even JSON"),
        post(workplace, f"{path}?$select=id", key, json=body),
        post(workplace, "/api/v2/matters", key, json=body),
    ):
        assert other.status_code == 422
        error = other.get_json()
        assert "a new request takes a new key" in error.get("message", error.get("error", {}).get("message"))
    assert post(workplace, path, key, json=body).headers[REPLAYED]
    assert accounts(workplace, session) == 1


def test_an_answer_without_a_body(workplace: Workplace, key: str) -> None:
    headers = {"Idempotency-Key": key, "Prefer": "return=minimal"}
    first, again = (
        workplace.request("POST", "/odata/v4/Accounts", headers=headers, json={"company_name": "Acme"})
        for _ in range(2)
    )
    assert first.status_code == again.status_code == 204
    assert again.headers["OData-EntityId"] == first.headers["OData-EntityId"]
    assert again.data == b""


def test_a_request_that_fails_keeps_no_key(workplace: Workplace, session: Session, key: str) -> None:
    for body in ({}, {**ACCOUNT, "number": 0}):
        assert post(workplace, "/api/v2/accounts", key, json=body).status_code == 400
    assert kept(workplace, session) == []
    assert post(workplace, "/api/v2/accounts", key, json=ACCOUNT).status_code == 200
    assert accounts(workplace, session) == 1


def test_what_fails_after_the_write_leaves_nothing(
    workplace: Workplace, session: Session, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as patched:
        patched.setattr(idempotency, "keep", broken)
        assert post(workplace, "/api/v2/accounts", key, json=ACCOUNT).status_code == 500
    assert (accounts(workplace, session), kept(workplace, session)) == (0, [])
    assert REPLAYED not in post(workplace, "/api/v2/accounts", key, json=ACCOUNT).headers


def test_changes_are_logged_as_ever(workplace: Workplace, session: Session, key: str) -> None:
    for _ in range(2):
        post(workplace, "/api/v2/accounts", key, json=ACCOUNT)
    mine = select(Change).where(Change.firm_id == workplace.firm_id).order_by(Change.number)
    made = [(line.number, line.entity) for line in session.scalars(mine)]
    assert [number for number, _ in made] == list(range(1, len(made) + 1))
    assert [entity for _, entity in made].count("Account") == 1


@pytest.mark.parametrize(
    "bad",
    [
        "",
        " ",
        '""',
        "two words",
        "two,keys",
        '"two","keys"',
        "k" * 256,
        "schlüssel",
        "tab\there",
        '"' + "k" * 256 + '"',
    ],
)
def test_what_is_no_key(bad: str, workplace: Workplace, session: Session) -> None:
    answer = post(workplace, "/api/v2/accounts", bad, json=ACCOUNT)
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.get_json()["modelState"]
    assert accounts(workplace, session) == 0


def test_quotes_are_not_part_of_a_key(workplace: Workplace, key: str) -> None:
    post(workplace, "/api/v2/accounts", key, json=ACCOUNT)
    assert post(workplace, "/api/v2/accounts", f'"{key}"', json=ACCOUNT).headers[REPLAYED]
    assert post(workplace, "/api/v2/accounts", "k" * 255, json=ACCOUNT).status_code == 200


def test_keys_of_others_are_other_keys(
    workplace: Workplace, other_workplace: Workplace, session: Session, key: str
) -> None:
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    client = workplace.client_id or ""
    another_app = issue_token(session, user, other_workplace.client_id or "", "full")
    same_app = issue_token(session, user, client, "full")
    session.commit()
    made = post(workplace, "/api/v2/accounts", key, json=ACCOUNT).get_json()["id"]
    for place, token, is_again in (
        (workplace, same_app, True),
        (workplace, another_app, False),
        (other_workplace, other_workplace.token, False),
    ):
        answer = post(place, "/api/v2/accounts", key, json=ACCOUNT, token=token)
        assert (REPLAYED in answer.headers) == is_again
        assert (answer.get_json()["id"] == made) == is_again


def test_a_key_opens_nothing_to_a_token_without_the_scope(
    workplace: Workplace, session: Session, key: str
) -> None:
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    reading = issue_token(session, user, workplace.client_id or "", "read")
    session.commit()
    post(workplace, "/api/v2/accounts", key, json=ACCOUNT)
    assert post(workplace, "/api/v2/accounts", key, json=ACCOUNT, token=reading).status_code == 403


def test_a_day_later_the_key_is_free(workplace: Workplace, session: Session, key: str) -> None:
    post(workplace, "/api/v2/accounts", key, json=ACCOUNT)
    old = dt.datetime.now(dt.UTC) - idempotency.KEPT - dt.timedelta(seconds=1)
    mine = update(IdempotencyKey).where(IdempotencyKey.firm_id == workplace.firm_id)
    session.execute(mine.values(created_at=old))
    session.commit()
    body = {**ACCOUNT, "company_name": "Bolt"}
    assert REPLAYED not in post(workplace, "/api/v2/accounts", key, json=body).headers
    assert post(workplace, "/api/v2/accounts", key, json=body).headers[REPLAYED]
    assert len(kept(workplace, session)) == 1
    session.execute(mine.values(created_at=old))
    session.commit()
    assert purging.purge(workplace.app.extensions["database"].session, 400, 400)["idempotency_keys"] >= 1
    assert kept(workplace, session) == []


def test_answers_are_not_kept_in_clear(workplace: Workplace, session: Session, key: str) -> None:
    post(workplace, "/api/v2/accounts", key, json=ACCOUNT)
    (row,) = kept(workplace, session)
    assert "Acme" not in str(row.answer)


@pytest.mark.parametrize("now", ["fewer scopes", "sees less"])
def test_an_old_answer_is_for_the_rights_it_was_given_to(
    workplace: Workplace, session: Session, key: str, now: str
) -> None:
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    narrow = issue_token(session, user, workplace.client_id or "", "accounts:write")
    session.commit()
    if now == "sees less":
        workplace = restricted(session, workplace, "assignment")
        narrow = workplace.token
    assert post(workplace, "/api/v2/accounts", key, json=ACCOUNT).status_code == 200
    again = post(workplace, "/api/v2/accounts", key, json=ACCOUNT, token=narrow)
    assert (again.status_code, "Acme" in again.text) == (409, False)
    assert accounts(workplace, session) == 1


def test_a_long_answer_is_not_kept(
    workplace: Workplace, session: Session, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "LONGEST_ANSWER", 100)
    assert post(workplace, "/api/v2/accounts", key, json=ACCOUNT).status_code == 200
    again = post(workplace, "/api/v2/accounts", key, json=ACCOUNT)
    assert again.status_code == 409
    assert "was carried out before" in again.get_json()["message"]
    assert accounts(workplace, session) == 1


def test_threads_with_one_key(workplace: Workplace, session: Session, key: str) -> None:
    answers = in_threads(lambda _: post(workplace, "/api/v2/accounts", key, json=ACCOUNT), 12)
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.data for answer in answers if answer.status_code == 200}) == 1
    assert Counter(REPLAYED in answer.headers for answer in answers)[False] >= 1
    assert accounts(workplace, session) == 1


@on_postgresql  # SQLite has one writer at a time, and a time for waiting of its own
def test_who_waits_too_long_may_come_again(
    workplace: Workplace, database: Database, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "PATIENCE", "50ms")
    sender = idempotency.Sender(workplace.firm_id, workplace.user_id, workplace.client_id or "")
    with database.session() as first:
        idempotency.claim(first, sender, key, "0" * 64)
        answer = post(workplace, "/api/v2/accounts", key, json=ACCOUNT)
    assert (answer.status_code, "is being carried out" in answer.text) == (409, True)
    assert post(workplace, "/api/v2/accounts", key, json=ACCOUNT).status_code == 200


def test_processes_with_one_key(
    app: Flask, workplace: Workplace, session: Session, key: str, database: Database
) -> None:
    settings = app.extensions["settings"]
    statuses = in_processes(
        settings, workplace.token, "/api/v2/accounts", ACCOUNT, each=3, processes=2, Idempotency_Key=key
    )
    assert set(statuses) <= {200, 409}
    assert 200 in statuses
    assert accounts(workplace, session) == 1


def test_the_second_of_two_takes_the_place_of_the_first_that_failed(
    workplace: Workplace, session: Session, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, turns = records.create, iter([True])

    def fails_once(*args: Any) -> Any:
        made = real(*args)
        if next(turns, False):
            raise RuntimeError("the power is gone")
        return made

    monkeypatch.setattr(records, "create", fails_once)
    answers = in_threads(lambda _: post(workplace, "/api/v2/accounts", key, json=ACCOUNT), 4)
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 500]
    assert accounts(workplace, session) == 1


def test_other_methods_need_no_key(workplace: Workplace, key: str) -> None:
    made = post(workplace, "/api/v2/accounts", key, json=ACCOUNT).get_json()
    for _ in range(2):
        address = f"/api/v2/accounts?id={made['id']}"
        answer = workplace.request("PUT", address, json=made, headers={"Idempotency-Key": key})
        assert answer.status_code == 200
        assert REPLAYED not in answer.headers
