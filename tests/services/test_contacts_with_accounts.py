"""A contact of the Praxis door is written with its account, whose rules hold."""

from __future__ import annotations

from tests.firms import Workplace


def test_a_contact_keeps_what_its_door_does_not_show(workplace: Workplace) -> None:
    body = {"company_name": "Acme", "primary_contact": {"first_name": "Jo"}, "notes": "Ours", "tags": ["vip"]}
    before = workplace.ok("POST", "/api/v2/accounts", json=body)
    contact = before["primary_contact"]["id"]
    workplace.ok("PUT", f"/api/contacts/{contact}", json={"lastName": "Doe"})
    after = workplace.ok("GET", f"/api/v2/accounts/{before['id']}")
    assert after["primary_contact"]["display_name"] == "Jo Doe"
    for name in ("display_name", "company_name", "notes", "tags", "number"):
        assert after[name] == before[name]
