"""Scopes, and the walls between firms."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models import User
from tests.api.odata_writes.steps import account, make, matter, problems, read, send
from tests.firms import Workplace, issue_token


def token(session: Session, place: Workplace, scope: str) -> str:
    user = session.get_one(User, (place.firm_id, place.user_id))
    made = issue_token(session, user, str(place.client_id), scope)
    session.commit()
    return made


@pytest.mark.parametrize(
    ("method", "address"), [("POST", "Items"), ("PATCH", ""), ("PUT", ""), ("DELETE", "")]
)
@pytest.mark.parametrize("scope", ["read", "items:read", "matters:write"])
def test_writing_needs_the_scope_of_the_area(
    workplace: Workplace, session: Session, scope: str, method: str, address: str
) -> None:
    made = make(workplace, "Items", {"name": "a", "rate": 1})
    answer = send(
        workplace,
        method,
        address or f"Items({made['id']})",
        {"name": "b", "rate": 1},
        token=token(session, workplace, scope),
    )
    assert answer.status_code == 403
    assert answer.get_json()["error"]["code"] == "insufficient_scope"
    assert read(workplace, "Items")["value"][0]["name"] == "a"


def test_who_may_write_but_not_read_is_shown_nothing(workplace: Workplace, session: Session) -> None:
    writes = token(session, workplace, "items:write")
    wish = {"Prefer": "return=representation"}
    answer = send(workplace, "POST", "Items", {"name": "a", "rate": 1}, token=writes, headers=wish)
    assert (answer.status_code, answer.data) == (204, b"")
    assert "Preference-Applied" not in answer.headers
    assert answer.headers["OData-EntityId"]


def test_another_firm_is_not_there(workplace: Workplace, other_workplace: Workplace) -> None:
    theirs = matter(other_workplace)
    assert send(workplace, "DELETE", f"Matters({theirs})").status_code == 404
    assert (
        send(workplace, "PATCH", f"Matters({theirs})", {"name": "x"}, headers={"If-Match": "*"}).status_code
        == 412
    )
    made = send(workplace, "PATCH", f"Matters({theirs})", {"name": "mine"})
    assert made.status_code == 201  # a key of our own, by chance the same
    assert read(other_workplace, f"Matters({theirs})")["name"] == "Acme v. Bolt"


@pytest.mark.parametrize("bind", ["account@odata.bind", "account_id", "account"])
def test_references_into_another_firm_are_refused(
    workplace: Workplace, other_workplace: Workplace, bind: str
) -> None:
    theirs = account(other_workplace)
    value: Any = theirs if bind == "account_id" else f"Accounts({theirs})"
    body = {"name": "x", bind: {"@id": value} if bind == "account" else value}
    assert problems(send(workplace, "POST", "Matters", body)) == {"account_id": "There is no such account."}


def test_nobody_is_nobody(workplace: Workplace) -> None:
    for address in ("Items", "$batch"):
        assert send(workplace, "POST", address, {"name": "a", "rate": 1}, token="nope").status_code == 401


def test_users_are_dismissed_by_administrators_only(workplace: Workplace) -> None:
    answer = send(workplace, "DELETE", f"Users({workplace.user_id})")
    assert problems(answer) == {"id": "This is the firm's last administrator."}
