"""Money when many write at once: nothing is paid twice, nothing overdrawn, no number lost."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.contract.samples import DAY
from tests.firms import Workplace
from tests.parallel import in_threads
from tests.services.books import Books


@pytest.fixture
def client(workplace: Workplace) -> str:
    """The guid of an account."""
    made = workplace.ok("POST", "/api/v2/accounts", json={"primary_contact": {"first_name": "Jo"}})
    return str(made["id"])


@pytest.fixture(autouse=True)
def _right_in_the_end(workplace: Workplace, session: Session) -> Any:
    yield
    Books(session, workplace).check()


def bank(place: Workplace, kind: str) -> str:
    made = place.ok("POST", "/api/v2/bankaccounts", json={"name": kind, "type": kind})
    return str(made["id"])


def invoice_of(client: str, price: float, **values: Any) -> dict[str, Any]:
    return {"accountGuid": client, "date": DAY, "items": [{"qty": 1, "price": price}], **values}


def payment_of(client: str, bank: str, amount: float, **values: Any) -> dict[str, Any]:
    return {"accountGuid": client, "bankAccountGuid": bank, "amount": amount, "date": DAY, **values}


def post_all(place: Workplace, path: str, bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Post them all at once; each is accepted or refused with a 400. The accepted ones."""
    answers = in_threads(lambda index: place.request("POST", path, json=bodies[index]), len(bodies))
    assert {answer.status_code for answer in answers} <= {200, 400}, [answer.text for answer in answers]
    return [answer.get_json() for answer in answers if answer.status_code == 200]


def test_parallel_payments_never_overpay_an_invoice(workplace: Workplace, client: str) -> None:
    invoice = workplace.ok("POST", "/api/invoice", json=invoice_of(client, 100))
    applied = [{"saleDocument": {"guid": invoice["guid"]}, "amount": amount} for amount in range(5, 25)]
    operating = bank(workplace, "Operating")
    bodies = [payment_of(client, operating, 50, saleDocumentPayments=[part]) for part in applied]
    accepted = post_all(workplace, "/api/payment", bodies)
    paid = workplace.ok("GET", f"/api/invoice/{invoice['guid']}")
    assert paid["amountPaid"] == sum(payment["amountApplied"] for payment in accepted)
    assert 76 <= paid["amountPaid"] <= 100  # whoever was refused found less than 25 outstanding
    assert paid["numOfPayments"] == len(accepted) < 20


def test_parallel_withdrawals_never_overdraw_a_trust_account(workplace: Workplace, client: str) -> None:
    trust = bank(workplace, "Trust")
    workplace.ok("POST", "/api/payment", json=payment_of(client, trust, 100))
    accepted = post_all(workplace, "/api/payment", [payment_of(client, trust, -3)] * 50)
    assert len(accepted) == 33
    assert workplace.ok("GET", f"/api/account/{client}")["trustBalance"] == 1


def test_trust_money_that_many_invoices_want_is_moved_once(workplace: Workplace, client: str) -> None:
    bank(workplace, "Operating")
    workplace.ok("POST", "/api/payment", json=payment_of(client, bank(workplace, "Trust"), 100))
    bodies = [invoice_of(client, 30, isUseTrustToPayBalance=True)] * 10
    invoices = post_all(workplace, "/api/invoice", bodies)
    assert sorted(invoice["amountPaid"] for invoice in invoices) == [0] * 6 + [10, 30, 30, 30]
    assert workplace.ok("GET", f"/api/account/{client}")["trustBalance"] == 0


def test_a_payment_is_given_back_once(workplace: Workplace, client: str) -> None:
    operating = bank(workplace, "Operating")
    parent = workplace.ok("POST", "/api/payment", json=payment_of(client, operating, 100))
    body = payment_of(client, operating, -30, refundParentPaymentGuid=parent["guid"])
    assert len(post_all(workplace, "/api/payment", [body] * 10)) == 3


def test_work_is_billed_once(workplace: Workplace, client: str) -> None:
    matter = {"name": "A", "status": "Open", "account_ref": {"id": client}}
    matter_ref = {"id": workplace.ok("POST", "/api/v2/matters", json=matter)["id"]}
    for hours in (1, 2, 3):
        entry = {"date": DAY, "hours": hours, "rate": 100, "matter_ref": matter_ref}
        entry["billed_by_user_ref"] = {"id": workplace.user_id}
        workplace.ok("POST", "/api/v2/timeentries", json=entry)
    bodies = [{"account_ref": {"id": client}, "matter_ref": matter_ref, "issue_date": DAY}] * 10
    accepted = post_all(workplace, "/api/v2/invoices", bodies)
    assert [invoice["total"] for invoice in accepted] == [600]


@pytest.mark.parametrize("path", ["payment", "invoice"])
def test_parallel_creates_get_consecutive_numbers(workplace: Workplace, client: str, path: str) -> None:
    body = invoice_of(client, 1)
    if path == "payment":
        body = payment_of(client, bank(workplace, "Operating"), 1)
    made = post_all(workplace, f"/api/{path}", [body] * 50)
    assert sorted(row["number"] for row in made) == list(range(1, 51))


def test_a_client_is_not_deleted_while_money_comes_in(workplace: Workplace, client: str) -> None:
    trust = bank(workplace, "Trust")
    deposit = payment_of(client, trust, 10)

    def act(index: int) -> int:
        if index % 2:
            return int(workplace.request("POST", "/api/payment", json=deposit).status_code)
        return int(workplace.request("DELETE", f"/api/v2/accounts?id={client}").status_code)

    statuses = in_threads(act, 10)
    assert set(statuses) <= {200, 400, 404}
    assert (200 in statuses[::2]) != (200 in statuses[1::2])
