"""`/api/v2/webhooks`: for administrators, and only as far as their token may read."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.api.webhooks import AREAS
from app.models import AuditEvent, IdempotencyKey, User, Webhook
from tests.firms import Workplace, issue_token

PATH = "/api/v2/webhooks"
BODY = {"url": "https://ledger.example.com/hook", "entities": ["Matter"], "actions": ["created"]}
NOBODY = "00000000-0000-4000-8000-000000000000"


def token(place: Workplace, session: Session, scope: str) -> str:
    user = session.get_one(User, (place.firm_id, place.user_id))
    made = issue_token(session, user, place.client_id or "", scope)
    session.commit()
    return made


def test_the_life_of_one(workplace: Workplace, session: Session) -> None:
    made = workplace.ok("POST", PATH, json=BODY)
    secret = made.pop("secret")
    assert secret.startswith("whsec_")
    one = f"{PATH}/{made['id']}"
    assert workplace.ok("GET", one) == made
    assert workplace.list(PATH) == [made]
    changed = workplace.ok("PUT", f"{PATH}?id={made['id']}", json={**made, "is_paused": True, "entities": []})
    assert changed == {**made, "is_paused": True, "entities": []}
    for kwargs in ({}, {"json": {}}, {"json": {"overlap": 0}}):
        assert workplace.ok("POST", f"{one}/secret", **kwargs)["secret"] != secret
    assert workplace.ok("DELETE", f"{PATH}?id={made['id']}") == changed
    assert workplace.get(one).status_code == 404
    told = select(AuditEvent.action).where(
        AuditEvent.firm_id == workplace.firm_id, AuditEvent.client_id == workplace.client_id
    )
    assert set(session.scalars(told)) - {"app.registered"} == {
        "webhook.created",
        "webhook.changed",
        "webhook.secret_rotated",
        "webhook.deleted",
    }


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": None},
        {"url": 5},
        {"url": "https://10.0.0.1/"},
        {"url": "http://ledger.example.com/"},
        {**BODY, "entities": ["Reminder"]},
        {**BODY, "entities": "Matter"},
        {**BODY, "entities": [None]},
        {**BODY, "entities": ["\ud800"]},
        {**BODY, "actions": ["exploded"]},
        {**BODY, "actions": [["created"]]},
        {**BODY, "is_paused": "perhaps"},
    ],
    ids=str,
)
def test_what_will_not_do(body: dict[str, Any], workplace: Workplace) -> None:
    answer = workplace.request("POST", PATH, json=body)
    assert answer.status_code == 400, answer.text
    assert answer.get_json()["modelState"]


@pytest.mark.parametrize("overlap", [-1, 169, 1.5, "1", None, 10**30])
def test_an_overlap_that_will_not_do(overlap: Any, workplace: Workplace) -> None:
    key = workplace.ok("POST", PATH, json=BODY)["id"]
    answer = workplace.request("POST", f"{PATH}/{key}/secret", json={"overlap": overlap})
    assert (answer.status_code, list(answer.get_json()["modelState"])) == (400, ["overlap"])


def test_a_token_gets_as_far_as_it_may_read(workplace: Workplace, session: Session) -> None:
    everything = workplace.ok("POST", PATH, json={**BODY, "entities": []})
    narrow = token(workplace, session, "matters:read webhooks:read webhooks:write")

    def refused(method: str, path: str, **kwargs: Any) -> str:
        answer = workplace.request(method, path, token=kwargs.pop("token", narrow), **kwargs)
        assert answer.status_code == 403, answer.text
        return str(answer.get_json()["message"])

    made = workplace.ok("POST", PATH, json=BODY, token=narrow)
    assert workplace.ok("GET", PATH, token=narrow) == [workplace.ok("GET", f"{PATH}/{made['id']}")]
    assert "users:read" in refused("POST", PATH, json={**BODY, "entities": []})
    assert "invoices:read" in refused("POST", PATH, json={**BODY, "entities": ["Matter", "Invoice"]})
    assert "activities:read" in refused(
        "POST",
        PATH,
        json={**BODY, "entities": ["Activity"]},
        token=token(workplace, session, "tasks:read webhooks:write"),
    )
    whole = f"{PATH}/{everything['id']}"
    refused("GET", whole)
    refused("POST", f"{whole}/secret")
    refused("PUT", f"{PATH}?id={everything['id']}", json=BODY)
    refused("DELETE", f"{PATH}?id={everything['id']}")
    refused("PUT", f"{PATH}?id={made['id']}", json={**BODY, "entities": ["Invoice"]})
    reading = token(workplace, session, "read")
    assert len(workplace.ok("GET", PATH, token=reading)) == 2
    assert "webhooks:write" in refused("POST", PATH, json=BODY, token=reading)
    refused("POST", f"{whole}/secret", token=reading)
    refused("DELETE", f"{PATH}?id={made['id']}", token=reading)


def test_members_have_no_webhooks(workplace: Workplace, session: Session) -> None:
    key = workplace.ok("POST", PATH, json=BODY)["id"]
    session.get_one(User, (workplace.firm_id, workplace.user_id)).role = "member"
    session.commit()
    for method, path in (
        ("GET", PATH),
        ("GET", f"{PATH}/{key}"),
        ("POST", PATH),
        ("PUT", f"{PATH}?id={key}"),
        ("POST", f"{PATH}/{key}/secret"),
        ("DELETE", f"{PATH}?id={key}"),
    ):
        kwargs = {} if method in ("GET", "DELETE") else {"json": BODY}
        assert workplace.request(method, path, **kwargs).status_code == 403, (method, path)


def test_each_firm_has_its_own(workplace: Workplace, other_workplace: Workplace) -> None:
    key = workplace.ok("POST", PATH, json=BODY)["id"]
    assert other_workplace.list(PATH) == []
    for method, path in (
        ("GET", f"{PATH}/{key}"),
        ("PUT", f"{PATH}?id={key}"),
        ("POST", f"{PATH}/{key}/secret"),
        ("DELETE", f"{PATH}?id={key}"),
        ("GET", f"{PATH}/{NOBODY}"),
    ):
        kwargs = {"json": BODY} if method in ("POST", "PUT") else {}
        assert other_workplace.request(method, path, **kwargs).status_code == 404, (method, path)
    assert workplace.get(f"{PATH}/no-guid").status_code == 400


def test_the_secret_is_nowhere_in_clear(workplace: Workplace, session: Session) -> None:
    headers = {"Idempotency-Key": "one"}
    first, again = (workplace.ok("POST", PATH, json=BODY, headers=headers) for _ in range(2))
    assert first == again
    rows = [
        *session.execute(select(Webhook.__table__).where(Webhook.firm_id == workplace.firm_id)),
        *session.execute(select(IdempotencyKey.__table__).filter_by(firm_id=workplace.firm_id)),
        *session.execute(select(AuditEvent.__table__).where(AuditEvent.firm_id == workplace.firm_id)),
    ]
    assert len(rows) >= 3
    assert not any(first["secret"] in str(row) for row in rows)


def test_every_kind_has_an_area() -> None:
    assert AREAS["Activity"] == {"activities"}
    assert AREAS["TimeEntry"] == {"timeentries"}
    assert "Reminder" not in AREAS
