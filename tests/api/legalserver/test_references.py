"""The forms of a reference: the id itself, or an object with it as `uuid`, `id`, `organization_uuid` or
`organization_id`, as the reference is to an organization."""

from __future__ import annotations

from typing import Any

import pytest

from tests.firms import Workplace

FORMS = [
    lambda key: key,
    lambda key: {"uuid": key},
    lambda key: {"id": key},
    lambda key: {"account_uuid": key},
    lambda key: {"account_id ": key},  # with the blank that the document prints
    lambda key: {"account_id": None, "account_uuid": key, "account_name": "Blackacre County Court"},
]


@pytest.mark.parametrize("form", FORMS, ids=range(len(FORMS)))
def test_a_reference_is_taken_in_each_form(place: Workplace, account: str, form: Any) -> None:
    body = {"name": "Forms", "status": "Open", "account_ref": form(account)}
    assert place.ok("POST", "/api/v2/matters", json=body)["account_ref"]["id"] == account


def test_users_are_taken_as_the_document_has_them(place: Workplace, matter: str) -> None:
    entry = {"date": "2026-01-31", "hours": 1, "matter_ref": {"matter_uuid": matter}}
    for form in (place.user_id, {"user_uuid": place.user_id}, {"user_id ": place.user_id}):
        made = place.ok("POST", "/api/v2/timeentries", json={**entry, "billed_by_user_ref": form})
        assert made["billed_by_user_ref"]["id"] == place.user_id
    task = {"subject": "Call", "assigned_to_users": [place.user_id, {"user_uuid": place.user_id}]}
    assert len(place.ok("POST", "/api/v2/tasks", json=task)["assigned_to_users"]) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (11, {"": 'Must be the id itself, a GUID, or a JSON object, such as {"id": "…"}.'}),
        ("11", {"": "Not a valid GUID."}),
        ({"id": 11}, {".id": "Not a valid GUID."}),
        ({"account_uuid": "UUID GOES HERE"}, {".account_uuid": "Not a valid GUID."}),
        ({"user_uuid": "0f6a4c1e-9d1b-4c0a-8f2e-5b7d3a9c1e42"}, {".id": "Missing data for required field."}),
        ("0f6a4c1e-9d1b-4c0a-8f2e-5b7d3a9c1e42", {"": "There is no such account."}),
    ],
)
def test_anything_else_is_refused(refused: Any, given: Any, said: dict[str, str]) -> None:
    wrong = refused("POST", "/api/v2/matters", json={"name": "x", "status": "Open", "account_ref": given})
    assert wrong == {f"account_ref{path}": [text] for path, text in said.items()}
