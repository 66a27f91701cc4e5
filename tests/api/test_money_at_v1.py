"""Invoices and payments at the v1 door: what is asked for in a body, and how a refusal names it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Change
from tests.contract.samples import DAY, v1_new
from tests.firms import Workplace
from tests.services.books import Books

Body = dict[str, Any]


@pytest.fixture
def entry(workplace: Workplace) -> Body:
    """Two hours of work at 150, on a project of an account."""
    made: Body = v1_new(workplace, "timeentry")
    return workplace.ok("PUT", "/api/timeentry", json={**made, "hours": 2, "hourlyRate": 150})


def invoice_of(entry: Body, *items: Body, **values: Any) -> Body:
    return {
        "accountGuid": entry["accountGuid"],
        "projectGuid": entry["projectGuid"],
        "date": DAY,
        "items": list(items),
        **values,
    }


def bank(place: Workplace, kind: str) -> str:
    return str(place.ok("POST", "/api/v2/bankaccounts", json={"name": kind, "type": kind})["id"])


def pay(place: Workplace, invoice: Body, bank: str, amount: float, **values: Any) -> Body:
    applied = [{"saleDocument": {"guid": invoice["guid"]}, "amount": amount}]
    body = {"accountGuid": invoice["accountGuid"], "bankAccountGuid": bank, "amount": amount, "date": DAY}
    made: Body = place.ok("POST", "/api/payment", json={**body, "saleDocumentPayments": applied, **values})
    return made


def last_change(session: Session, place: Workplace) -> int:
    number = session.scalar(select(func.max(Change.number)).where(Change.firm_id == place.firm_id))
    session.commit()
    return number or 0


def test_an_invoice_goes_back_as_it_came(workplace: Workplace, session: Session, entry: Body) -> None:
    tax = {"name": "GST", "rate": 5, "isCompound": False}
    lines = (
        {"timeEntriesGuids": entry["guid"]},
        {"qty": 3, "price": 9.99, "name": "Copies", "tax1Data": tax},
    )
    body = invoice_of(entry, *lines, discountPercent=10, customerNotes="Thank you")
    made = workplace.ok("POST", "/api/invoice", json=body)
    assert (made["sub"], made["discount"], made["tax"], made["total"]) == (329.97, 33, 1.35, 298.32)
    assert [item["type"] for item in made["items"]] == ["TimeEntryItem", "RegularItem"]
    assert made["items"][0]["timeEntriesGuids"] == entry["guid"]
    before = last_change(session, workplace)
    shown = workplace.ok("GET", f"/api/invoice/{made['guid']}")
    assert workplace.ok("PUT", "/api/invoice", json=shown) == shown
    assert last_change(session, workplace) == before
    billed = workplace.ok("GET", f"/api/timeentry/{entry['guid']}")
    assert billed["isBilled"]
    assert workplace.ok("PUT", "/api/timeentry", json=billed) == billed
    Books(session, workplace).check()


def test_a_payment_of_an_invoice_and_back(workplace: Workplace, session: Session, entry: Body) -> None:
    invoice = workplace.ok("POST", "/api/invoice", json=invoice_of(entry))
    payment = pay(workplace, invoice, bank(workplace, "Operating"), 300)
    paid = workplace.ok("GET", f"/api/invoice/{invoice['guid']}")
    assert (paid["status"], paid["amountPaid"], paid["amountDue"], paid["numOfPayments"]) == (
        "Paid",
        300,
        0,
        1,
    )
    assert (payment["amountApplied"], payment["amountCredited"]) == (300, 0)
    assert workplace.ok("DELETE", f"/api/payment?guid={payment['guid']}")["amountApplied"] == 300
    assert workplace.ok("GET", f"/api/invoice/{invoice['guid']}")["amountDue"] == 300
    workplace.ok("DELETE", f"/api/invoice?guid={invoice['guid']}")
    assert not workplace.ok("GET", f"/api/timeentry/{entry['guid']}")["isBilled"]
    Books(session, workplace).check()


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({}, "items[0].price"),
        ({"price": -1}, "items[0].price"),
        ({"price": 1, "projectGuid": "11111111-1111-4111-8111-111111111111"}, "items[0].projectGuid"),
        ({"timeEntriesGuids": "11111111-1111-4111-8111-111111111111"}, "items[0].timeEntriesGuids"),
        ({"price": 1, "qty": -1}, "total"),
        ({"price": 99999999, "qty": 99999999}, "items[0].qty"),
    ],
)
def test_a_refusal_names_the_item(workplace: Workplace, entry: Body, item: Body, field: str) -> None:
    answer = workplace.request("POST", "/api/invoice", json=invoice_of(entry, item))
    assert answer.status_code == 400, answer.text
    assert list(answer.get_json()["modelState"]) == [field]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"currencyCode": "EUR"}, "currencyCode"),
        ({"amount": 10}, "saleDocumentPayments[0].amount"),
        ({"refundParentPaymentGuid": "11111111-1111-4111-8111-111111111111"}, "refundParentPaymentGuid"),
    ],
)
def test_a_refusal_names_what_is_wrong_with_a_payment(
    workplace: Workplace, entry: Body, values: Body, field: str
) -> None:
    invoice = workplace.ok("POST", "/api/invoice", json=invoice_of(entry))
    applied = [{"saleDocument": {"guid": invoice["guid"]}, "amount": 20}]
    body = {"accountGuid": entry["accountGuid"], "bankAccountGuid": bank(workplace, "Operating"), "date": DAY}
    body |= {"amount": 20, "saleDocumentPayments": applied, **values}
    answer = workplace.request("POST", "/api/payment", json=body)
    assert answer.status_code == 400, answer.text
    assert list(answer.get_json()["modelState"]) == [field]


def test_trust_money_is_moved_when_the_invoice_asks_for_it(
    workplace: Workplace, session: Session, entry: Body
) -> None:
    operating, trust = bank(workplace, "Operating"), bank(workplace, "Trust")
    account = {"accountGuid": entry["accountGuid"], "date": DAY}
    workplace.ok("POST", "/api/payment", json={**account, "bankAccountGuid": trust, "amount": 500})
    invoice = workplace.ok("POST", "/api/invoice", json=invoice_of(entry, isUseTrustToPayBalance=True))
    assert (invoice["amountPaid"], invoice["isUseTrustToPayBalance"]) == (300, False)
    [applied] = invoice["saleDocumentPayments"]
    moved = workplace.ok("GET", f"/api/payment/{applied['payment']['guid']}")
    assert (moved["amount"], moved["bankAccountGuid"], moved["method"]) == (300, operating, "Transfer")
    assert workplace.ok("GET", f"/api/account/{entry['accountGuid']}")["trustBalance"] == 200
    Books(session, workplace).check()


def test_a_refund_goes_back_as_it_came(workplace: Workplace, session: Session, entry: Body) -> None:
    values = {"invoiceType": "Refund", "refundPaymentBankAccountGuid": bank(workplace, "Operating")}
    body = invoice_of(entry, {"price": 25}, **values, refundPaymentMethod="Check")
    made = workplace.ok("POST", "/api/invoice", json=body)
    assert (made["total"], made["refundPaymentMethod"]) == (25, "Check")
    assert made["refundPaymentBankAccountGuid"] == values["refundPaymentBankAccountGuid"]
    before = last_change(session, workplace)
    assert workplace.ok("PUT", "/api/invoice", json=made) == made
    assert last_change(session, workplace) == before


def test_a_credit_goes_back_as_it_came(workplace: Workplace, session: Session, entry: Body) -> None:
    made = workplace.ok("POST", "/api/invoice", json=invoice_of(entry, {"price": 25}, invoiceType="Credit"))
    assert made["credit"]["creditAvailable"] == 25
    invoice = workplace.ok("POST", "/api/invoice", json=invoice_of(entry, isUseCreditToPayBalance=True))
    assert invoice["amountPaid"] == 25
    assert invoice["saleDocumentPayments"][0]["credit"]["guid"] == made["guid"]
    shown = workplace.ok("GET", f"/api/invoice/{made['guid']}")
    assert shown["credit"]["creditApplied"] == 25
    assert workplace.ok("PUT", "/api/invoice", json=shown) == shown
    Books(session, workplace).check()
