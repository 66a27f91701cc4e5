"""For each resource that can be written, a body for each door: the smallest that will do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.firms import Workplace

Body = dict[str, Any]
Sample = Callable[[Workplace], Body]


def account(place: Workplace) -> Body:
    return {"company_name": "Acme", "primary_contact": {"first_name": "Jo", "last_name": "Doe"}}


def matter(place: Workplace) -> Body:
    owner = place.ok("POST", "/api/v2/accounts", json=account(place))
    return {"name": "Acme v. Bolt", "status": "Open", "account_ref": {"id": owner["id"]}}


def time_entry(place: Workplace) -> Body:
    case = place.ok("POST", "/api/v2/matters", json=matter(place))
    return {
        "date": "2026-01-31T00:00:00Z",
        "hours": 1.5,
        "matter_ref": {"id": case["id"]},
        "billed_by_user_ref": {"id": place.user_id},
    }


def v1_account(place: Workplace) -> Body:
    return {"name": "Acme", "primaryContact": {"firstName": "Jo", "lastName": "Doe"}}


def v1_project(place: Workplace) -> Body:
    owner = place.ok("POST", "/api/account", json=v1_account(place))
    return {"name": "Acme v. Bolt", "status": "Open", "accountGuid": owner["guid"]}


def v1_time_entry(place: Workplace) -> Body:
    case = place.ok("POST", "/api/project", json=v1_project(place))
    return {
        "date": "2026-01-31T00:00:00Z",
        "hours": 1.5,
        "projectGuid": case["guid"],
        "accountGuid": case["accountGuid"],
        "userGuid": place.user_id,
    }


SAMPLES: dict[tuple[str, str], Sample] = {
    ("v2", "accounts"): account,
    ("v2", "matters"): matter,
    ("v2", "timeentries"): time_entry,
    ("v1", "account"): v1_account,
    ("v1", "project"): v1_project,
    ("v1", "timeentry"): v1_time_entry,
}
