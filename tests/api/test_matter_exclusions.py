"""Keeping a matter from somebody, at `/api/v2/matters/{id}/exclusions`."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEvent
from app.models.roles import EXCLUDES
from tests.firms import Workplace
from tests.restricted import restricted

NOBODY = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def matter(workplace: Workplace) -> str:
    return str(workplace.ok("POST", "/api/v2/matters", json={"name": "Wall", "status": "Open"})["id"])


def exclude(who: Workplace, matter: str, *users: str):
    body = {"excluded_users": [{"id": user} for user in users]}
    return who.request("PUT", f"/api/v2/matters/{matter}/exclusions", json=body)


def test_excluding_and_letting_in_again(workplace: Workplace, session: Session, matter: str) -> None:
    eve = restricted(session, workplace)
    assert eve.get(f"/api/v2/matters/{matter}").status_code == 200
    answer = exclude(workplace, matter, eve.user_id)
    assert (answer.status_code, [user["id"] for user in answer.json["excluded_users"]]) == (
        200,
        [eve.user_id],
    )
    assert eve.get(f"/api/v2/matters/{matter}").status_code == 403
    assert eve.get(f"/api/v2/matters/{matter}/exclusions").status_code == 403
    (row,) = workplace.ok("GET", "/odata/v4/Matters?$expand=excluded_users($select=id)")["value"]
    assert [user["id"] for user in row["excluded_users"]] == [eve.user_id]
    assert exclude(workplace, matter).json == {"id": matter, "excluded_users": []}
    assert eve.get(f"/api/v2/matters/{matter}").status_code == 200
    mine = select(AuditEvent).where(
        AuditEvent.firm_id == workplace.firm_id, AuditEvent.action == "matter.exclusions_changed"
    )
    session.rollback()
    assert {tuple(event.details["excluded"]) for event in session.scalars(mine)} == {(eve.user_id,), ()}


def test_sent_back_as_it_was_a_matter_keeps_whom_it_excludes(
    workplace: Workplace, session: Session, matter: str
) -> None:
    eve = restricted(session, workplace)
    exclude(workplace, matter, eve.user_id)
    whole = workplace.ok("GET", f"/api/v2/matters/{matter}")
    workplace.ok("PUT", f"/api/v2/matters?id={matter}", json=whole)
    assert eve.get(f"/api/v2/matters/{matter}").status_code == 403


def test_it_takes_a_right(workplace: Workplace, session: Session, matter: str) -> None:
    eve = restricted(session, workplace)
    refused = exclude(eve, matter, workplace.user_id)
    assert (refused.status_code, EXCLUDES in refused.text) == (403, True)
    clerk = restricted(session, workplace, rights=EXCLUDES)
    assert exclude(clerk, matter, eve.user_id).status_code == 200
    own = exclude(clerk, matter, clerk.user_id)
    assert (own.status_code, "yourself" in own.text) == (403, True)
    assert eve.get(f"/api/v2/matters/{matter}").status_code == 403


@pytest.mark.parametrize(
    "body",
    [{}, {"excluded_users": None}, {"excluded_users": "x"}, {"excluded_users": [{"id": NOBODY}]}],
    ids=["nothing", "null", "text", "a stranger"],
)
def test_what_will_not_do_is_said(workplace: Workplace, matter: str, body: object) -> None:
    answer = workplace.request("PUT", f"/api/v2/matters/{matter}/exclusions", json=body)
    assert answer.status_code == 400, answer.text
    assert "excluded_users" in answer.json["modelState"]


def test_there_is_no_such_matter(workplace: Workplace) -> None:
    for key, status in ((NOBODY, 404), ("x", 400)):
        assert exclude(workplace, key).status_code == status
        assert workplace.get(f"/api/v2/matters/{key}/exclusions").status_code == status
