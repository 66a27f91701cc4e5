"""What is refused here is refused in the names and words of this door, whichever rule refuses it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import Firm
from tests.api.praxis.conftest import OTHERS_WORDS, Office
from tests.firms import open_firm
from tests.restricted import exclude, restricted

NOBODY = "33333333-3333-4333-8333-333333333333"
ON_AN_INVOICE = "It is on an invoice and does not change."
SENT = "It was sent and stays as it was; give a credit note instead."
SENT_WITH = "Invoice 2 was sent with it, so it stays as it is."
STAYS = "The case has invoices, so it stays with its client."
DUE = {"dueDate": "2026-01-31"}


@pytest.fixture(scope="module")
def things(app: Flask, office: Office) -> dict[str, str]:
    """The ids of what the cases below speak of."""
    person, firm = office.client("Doe"), office.make("contacts", lastName="King", company="Engines Ltd.")
    case = office.worked(clientId=person)
    draft = office.make("invoices", caseId=case["id"])
    time = office.ok("GET", "time", query_string={"caseId": case["id"]})[0]
    place = office.place
    trust, bank = (
        place.ok("POST", "/api/v2/bankaccounts", json={"name": kind, "type": kind})["id"]
        for kind in ("Trust", "Operating")
    )
    office.ok("POST", f"invoices/{draft['id']}/pay", {"amount": 100})
    other = office.worked(clientId=person)
    sent = office.make("invoices", caseId=other["id"])
    timed = office.ok("GET", "time", query_string={"caseId": other["id"]})[0]
    office.ok("POST", f"invoices/{sent['id']}/send")
    field = place.ok(
        "POST", "/api/v2/customfields/company", json={"label": "Sector", "value_type": "TextBox"}
    )
    account = place.ok("GET", f"/api/v2/accounts/{firm['clientId']}")
    account["company_custom_field_values"] = [
        {"custom_field_ref": {"id": field["id"]}, "value_string": "Looms"}
    ]
    place.ok("PUT", f"/api/v2/accounts?id={account['id']}", json=account)
    saver = office.make("contacts", lastName="Saver")
    place.ok(
        "POST",
        "/api/v2/payments",
        json={
            "account_ref": {"id": saver["clientId"]},
            "bank_account": {"id": trust},
            "total_amount": 5,
            "date": "2026-01-31",
        },
    )
    return {
        "NOBODY": NOBODY,
        "bank": bank,
        "trust": trust,
        "person": person,
        "firm": firm["clientId"],
        "king": firm["id"],
        "saver": saver["id"],
        "jo": office.ok("GET", "contacts", query_string={"clientId": person})[0]["id"],
        "case": case["id"],
        "free": office.case(clientId=firm["clientId"])["id"],
        "clientless": office.make("cases", title="Nobody's")["id"],
        "draft": draft["id"],
        "sent": sent["id"],
        "time": time["id"],
        "timed": timed["id"],
        "deadline": office.make("deadlines", title="Reply", **DUE)["id"],
    }


def filled(value: Any, things: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: filled(inner, things) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, things) for inner in value]
    return value.format_map(things) if isinstance(value, str) else value


REFUSED = [
    ("POST", "cases", {"title": "X", "clientId": "{NOBODY}"}, "clientId: There is no such client."),
    (
        "POST",
        "cases",
        {"title": "X", "assignedUserIds": ["{NOBODY}"]},
        "assignedUserIds: There is no such user.",
    ),
    ("POST", "cases", {"title": "X", "caseNumber": 1}, "caseNumber: Number 1 is taken."),
    ("POST", "cases", {"title": "X", "id": "{case}"}, "id: A record with this id exists."),
    ("PUT", "cases/{case}", {"clientId": "{firm}"}, f"clientId: {STAYS}"),
    ("PUT", "cases/{case}", {"clientId": None}, f"clientId: {STAYS}"),
    ("PUT", "cases/{case}", {"id": "{free}"}, "id: The id of a record does not change."),
    ("GET", "cases/{NOBODY}", None, f"There is no case with the id {NOBODY}."),
    (
        "POST",
        "contacts",
        {"lastName": "X", "clientId": "{NOBODY}"},
        "clientId: There is no such client.",
    ),
    (
        "POST",
        "contacts",
        {"lastName": "X", "clientId": "{firm}", "company": "Looms"},
        "company: The company's name is changed with the client's primary contact.",
    ),
    ("POST", "contacts", {}, "lastName: A contact needs a name, or a company."),
    ("PUT", "contacts/{jo}", {"clientId": "{firm}"}, "clientId: A contact stays with its client."),
    (
        "PUT",
        "contacts/{jo}",
        {"firstName": None, "lastName": None},
        "firstName: The client is called by this contact's name; it needs one.",
    ),
    (
        "PUT",
        "contacts/{king}",
        {"company": None},
        "company: The client has values in fields for companies, so it keeps a company's name.",
    ),
    ("DELETE", "contacts/{jo}", None, "id: This is a client with cases; delete those first."),
    ("DELETE", "contacts/{saver}", None, "id: The firm holds 5.00 in trust for it; pay that out first."),
    ("POST", "time", {"hours": 1, "caseId": "{NOBODY}"}, "caseId: There is no such case."),
    (
        "POST",
        "time",
        {"hours": 1, "caseId": "{clientless}"},
        "caseId: The case has no client, and the work has to be for one.",
    ),
    (
        "POST",
        "time",
        {"hours": 1, "caseId": "{case}", "userId": "{NOBODY}"},
        "userId: There is no such user.",
    ),
    (
        "POST",
        "time",
        {"hours": 1, "caseId": "{case}", "taskCode": "E101"},
        "taskCode: 'E101' is an expense code; a task or activity code is wanted here.",
    ),
    ("PUT", "time/{time}", {"caseId": "{free}"}, f"caseId: {ON_AN_INVOICE}"),
    (
        "PUT",
        "time/{time}",
        {"hours": 3, "isBillable": False},
        f"hours: {ON_AN_INVOICE} isBillable: {ON_AN_INVOICE}",
    ),
    ("PUT", "time/{timed}", {"taskCode": "L110"}, f"taskCode: {SENT_WITH}"),
    (
        "DELETE",
        "time/{time}",
        None,
        "id: It is on an invoice; delete the invoice, or take it off, first.",
    ),
    ("POST", "deadlines", {"title": "X", "caseId": "{NOBODY}", **DUE}, "caseId: There is no such case."),
    (
        "PUT",
        "deadlines/{deadline}",
        {"assignedUserIds": ["{NOBODY}"]},
        "assignedUserIds: There is no such user.",
    ),
    ("POST", "invoices", {}, "clientId: Name the client, or a case that has one."),
    (
        "POST",
        "invoices",
        {"caseId": "{clientless}"},
        "clientId: Name the client, or a case that has one.",
    ),
    ("POST", "invoices", {"clientId": "{NOBODY}"}, "clientId: There is no such client."),
    ("POST", "invoices", {"caseId": "{NOBODY}"}, "caseId: There is no such case."),
    (
        "POST",
        "invoices",
        {"caseId": "{case}", "clientId": "{firm}"},
        "caseId: The case belongs to another client.",
    ),
    (
        "POST",
        "invoices",
        {"caseId": "{case}", "currencyCode": "EUR"},
        "currencyCode: Must be the client's currency, USD.",
    ),
    ("POST", "invoices", {"caseId": "{case}"}, "caseId: It has nothing to bill."),
    ("POST", "invoices", {"clientId": "{firm}"}, "clientId: It has nothing to bill."),
    (
        "PUT",
        "invoices/{draft}",
        {"clientId": "{firm}"},
        "clientId: This does not change; delete the invoice and make another.",
    ),
    (
        "PUT",
        "invoices/{draft}",
        {"caseId": None},
        "caseId: Something is paid on it already, so its case does not change.",
    ),
    (
        "PUT",
        "invoices/{draft}",
        {"discountPercent": 90},
        "total: 100.00 is paid or applied already, so it cannot come to 40.00.",
    ),
    ("PUT", "invoices/{sent}", {"orderNumber": "7", "terms": "X"}, f"orderNumber: {SENT} terms: {SENT}"),
    ("DELETE", "invoices/{sent}", None, f"id: {SENT}"),
    ("POST", "invoices/{draft}/pay", {"amount": 0}, "amount: Must be more than 0."),
    ("POST", "invoices/{draft}/pay", {"amount": 900}, "amount: Only 300.00 is outstanding on it."),
    (
        "POST",
        "invoices/{draft}/pay",
        {"bankAccountId": "{NOBODY}"},
        "bankAccountId: There is no such bank account.",
    ),
    (
        "POST",
        "auth/register",
        {"firmName": "\u200b", "email": "x", "password": "x" * 20},
        "firmName: A firm has a name of printable characters.",
    ),
    (
        "POST",
        "auth/register",
        {"firmName": "X", "email": "x", "password": "correct horse"},
        "email: This is not an email address.",
    ),
    (
        "POST",
        "auth/change-password",
        {},
        "currentPassword: Missing data for required field. newPassword: Missing data for required field.",
    ),
]


@pytest.mark.parametrize(("method", "path", "body", "told"), REFUSED)
def test_a_rule_speaks_the_words_of_the_door(
    office: Office, things: dict[str, str], method: str, path: str, body: Any, told: str
) -> None:
    path, body = filled(path, things), filled(body, things)
    said = office.refused(404 if method == "GET" else 400, method, path, body)
    assert said == told
    assert not OTHERS_WORDS.search(said)


def test_trust_money_is_the_clients(office: Office, things: dict[str, str]) -> None:
    body = {"bankAccountId": things["trust"]}
    told = office.refused(400, "POST", f"invoices/{things['draft']}/pay", body)
    assert told.startswith("bankAccountId: Trust money is never applied directly")
    assert "operating account" in told


def test_paying_for_a_client_who_is_gone(office: Office, bank: str) -> None:
    case = office.worked()
    invoice = office.make("invoices", caseId=case["id"])
    office.ok("DELETE", f"cases/{case['id']}")
    office.place.ok("DELETE", f"/api/v2/accounts?id={case['clientId']}")
    told = office.refused(400, "POST", f"invoices/{invoice['id']}/pay")
    assert told == "clientId: There is no such client. caseId: There is no such case."


def test_what_the_firm_has_not_enabled(app: Flask, session: Session) -> None:
    office = Office(open_firm(app, session))
    session.get_one(Firm, office.place.firm_id).not_enabled = "matters tasks"
    session.commit()
    for path, body, noun in (
        ("cases", {"title": "X"}, "cases"),
        ("deadlines", {"title": "X", **DUE}, "deadlines"),
    ):
        told = office.refused(402, "POST", path, body)
        assert told.startswith(f"Writing {noun} is a premium operation")
        assert not OTHERS_WORDS.search(told)


def test_what_is_out_of_sight(office: Office, things: dict[str, str], session: Session) -> None:
    there = restricted(session, office.place, of_role="assignment")
    exclude(session, there, things["free"], there.user_id)
    limited = Office(there)
    assert limited.refused(403, "GET", f"cases/{things['free']}") == "You are excluded from this case."
    told = limited.refused(403, "POST", "cases", {"title": "X"})
    assert "restricted to cases of your own office" in told
    assert not OTHERS_WORDS.search(told)
    told = limited.refused(400, "POST", "time", {"hours": 1, "caseId": things["case"]})
    assert told == "caseId: There is no such case."
