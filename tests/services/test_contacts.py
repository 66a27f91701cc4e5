"""A contact by itself is written with its account, whose rules hold; elsewhere it is still a part of it."""

from __future__ import annotations

from tests.contract.samples import new
from tests.firms import Workplace


def test_the_odata_door_writes_contacts_with_their_account_only(workplace: Workplace) -> None:
    account = new(workplace, "accounts")["id"]
    body = {"first_name": "Zoe", "account_id": account}
    assert workplace.request("POST", "/odata/v4/Contacts", json=body).status_code == 405
    [contact] = workplace.ok("GET", "/odata/v4/Contacts")["value"]
    address = f"/odata/v4/Contacts({contact['id']})"
    for method in ("PATCH", "PUT", "DELETE"):
        assert workplace.request(method, address, json={"first_name": "Zoe"}).status_code == 405


def test_a_contact_keeps_what_its_door_does_not_show(workplace: Workplace) -> None:
    body = {"company_name": "Acme", "primary_contact": {"first_name": "Jo"}, "notes": "Ours", "tags": ["vip"]}
    before = workplace.ok("POST", "/api/v2/accounts", json=body)
    contact = before["primary_contact"]["id"]
    workplace.ok("PUT", f"/api/contacts/{contact}", json={"lastName": "Doe"})
    after = workplace.ok("GET", f"/api/v2/accounts/{before['id']}")
    assert after["primary_contact"]["display_name"] == "Jo Doe"
    for name in ("display_name", "company_name", "notes", "tags", "number"):
        assert after[name] == before[name]
