"""What the tests of writing do over and over."""

from __future__ import annotations

import json
from typing import Any

from tests.firms import Workplace

ROOT = "/odata/v4"


def send(place: Workplace, method: str, path: str, body: Any = None, **kwargs: Any) -> Any:
    if body is not None:
        kwargs |= {"data": json.dumps(body), "content_type": "application/json"}
    return place.request(method, f"{ROOT}/{path}", **kwargs)


def make(place: Workplace, path: str, body: Any) -> dict[str, Any]:
    """A new entity."""
    answer = send(place, "POST", path, body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.get_json()
    return made


def read(place: Workplace, path: str) -> Any:
    answer = send(place, "GET", path)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def account(place: Workplace, **body: Any) -> str:
    return str(make(place, "Accounts", {"company_name": "Acme", **body})["id"])


def matter(place: Workplace, **body: Any) -> str:
    return str(make(place, "Matters", {"name": "Acme v. Bolt", "account_id": account(place), **body})["id"])


def entry(place: Workplace, **body: Any) -> dict[str, Any]:
    """The smallest body of a time entry."""
    return {
        "date": "2026-01-31T00:00:00Z",
        "hours": 1.5,
        "matter_id": matter(place),
        "billed_by_user_id": place.user_id,
        **body,
    }


def problems(answer: Any) -> dict[str, str]:
    """What a 400 says is wrong, by target."""
    assert answer.status_code == 400, (answer.status_code, answer.text)
    return {each["target"]: each["message"] for each in answer.get_json()["error"]["details"]}
