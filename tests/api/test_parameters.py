"""The query parameters of the v2 lists: each finds what it should and leaves the rest."""

from __future__ import annotations

from typing import Any

import pytest

from tests.firms import Workplace

LONG_AGO, SOON = "2001-01-01T00:00:00Z", "2100-01-01T00:00:00Z"


@pytest.fixture
def practice(workplace: Workplace) -> dict[str, Any]:
    """Two accounts, a matter in each, an entry on each matter."""
    me = {"id": workplace.user_id}

    def make(path: str, **body: Any) -> Any:
        return workplace.ok("POST", f"/api/v2/{path}", json=body)

    found: dict[str, Any] = {"place": workplace}
    for name, day, mine in (("Ärger", "2026-01-31T07:00:00", [me]), ("Bolt_50%", "2026-02-01T07:00:00", [])):
        contact = {
            "first_name": name,
            "last_name": "X",
            "email": f"{len(name)}@example.com",
            "phone_work": day,
        }
        account = make(
            "accounts",
            company_name=f"{name} Co",
            primary_contact=contact,
            tags=[name],
            assigned_to_users=mine,
        )
        matter = make(
            "matters",
            name=f"{name} matter",
            status="Open" if mine else "Closed",
            account_ref={"id": account["id"]},
            tags=[f"{name} case"],
            assigned_to_users=mine,
        )
        entry = make("timeentries", date=day, hours=1, matter_ref={"id": matter["id"]}, billed_by_user_ref=me)
        kind = "first" if mine else "second"
        found |= {
            f"{kind}_account": account["id"],
            f"{kind}_contact": account["primary_contact"]["id"],
            f"{kind}_matter": matter["id"],
            f"{kind}_entry": entry["id"],
        }
    return found


FIRST, BOTH, NONE = ["first"], ["first", "second"], []
CASES = [
    ("accounts", {"assigned_to_user_id": "me"}, FIRST),
    ("accounts", {"search_text": "ärger"}, FIRST),
    ("accounts", {"search_text": "5@EXAMPLE"}, FIRST),
    ("accounts", {"search_text": "_"}, ["second"]),
    ("accounts", {"search_text": "2026-02-01"}, ["second"]),
    ("accounts", {"account_tag": "Ärger"}, FIRST),
    ("accounts", {"account_tag": "ärger"}, NONE),
    ("accounts", {"apiConsumer": "Zapier"}, BOTH),
    ("accounts", {"created_since": LONG_AGO}, BOTH),
    ("accounts", {"created_since": SOON}, NONE),
    ("accounts", {"updated_since": SOON}, NONE),
    ("accounts", {"search_text": ""}, BOTH),
    ("contacts", {"assigned_to_user_id": "me"}, FIRST),
    ("contacts", {"account_id": "first_account"}, FIRST),
    ("contacts", {"status": "Active"}, BOTH),
    ("contacts", {"status": "archived"}, NONE),
    ("contacts", {"company_name": "bolt_50% co"}, ["second"]),
    ("contacts", {"search_text": "50%"}, ["second"]),
    ("contacts", {"account_tag": "Ärger"}, FIRST),
    ("contacts", {"created_since": SOON}, NONE),
    ("matters", {"assigned_to_user_id": "me"}, FIRST),
    ("matters", {"account_id": "second_account"}, ["second"]),
    ("matters", {"status": "Open"}, FIRST),
    ("matters", {"status": "Open", "account_id": "second_account"}, NONE),
    ("matters", {"search_text": "ÄRGER MAT"}, FIRST),
    ("matters", {"search_text": "2 -"}, ["second"]),
    ("matters", {"search_text": "co"}, BOTH),
    ("matters", {"account_tag": "Ärger"}, FIRST),
    ("matters", {"matter_tag": "Ärger case"}, FIRST),
    ("matters", {"matter_tag": "Ärger"}, NONE),
    ("timeentries", {"account_id": "first_account"}, FIRST),
    ("timeentries", {"matter_id": "second_matter"}, ["second"]),
    ("timeentries", {"user_id": "me"}, BOTH),
    ("timeentries", {"item_id": "first_account"}, NONE),
    ("timeentries", {"date_from": "2026-02-01"}, ["second"]),
    ("timeentries", {"date_to": "2026-01-31"}, FIRST),
    ("timeentries", {"date_to": "2026-01-31T06:59:59Z"}, NONE),
    ("timeentries", {"date_from": "2026-01-31T07:00:00", "date_to": "2026-01-31T07:00:00"}, FIRST),
    ("users", {"email_address": "mine"}, ["me"]),
    ("users", {"email_address": "nobody@example.com"}, NONE),
    ("users", {"created_since": SOON}, NONE),
]


@pytest.mark.parametrize(("path", "query", "expected"), CASES)
def test_a_parameter_finds(
    practice: dict[str, Any], path: str, query: dict[str, str], expected: list[str]
) -> None:
    place: Workplace = practice["place"]
    named = {"me": place.user_id, "mine": place.email.upper(), **practice}
    suffix = {"accounts": "account", "contacts": "contact", "matters": "matter", "timeentries": "entry"}.get(
        path
    )
    given = {name: named.get(value, value) for name, value in query.items()}
    wanted = {named[f"{kind}_{suffix}"] if suffix else named[kind] for kind in expected}
    assert {row["id"] for row in place.list(f"/api/v2/{path}", **given)} == wanted
    assert place.get(f"/api/v2/{path}/$count", query_string=given).text == str(len(wanted))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("assigned_to_user_id=me", "assigned_to_user_id"),
        ("created_since=yesterday", "created_since"),
        ("status=Ajar", "status"),
        ("account_id=1&account_id=2", "account_id"),
        ("search_text=%00", "search_text"),
    ],
)
def test_a_value_that_does_not_parse_is_named(workplace: Workplace, query: str, field: str) -> None:
    answer = workplace.get(f"/api/v2/matters?{query}")
    assert answer.status_code == 400
    body = answer.get_json()
    assert field in body.get("modelState", {}) or "NUL" in body["message"]
