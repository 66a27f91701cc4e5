"""Invoices at the Praxis door: made of unbilled work, sent as a PDF, paid; and what is sent stays."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from app.extensions import Database
from app.services.file_store import FileStore
from tests.api.conftest import store
from tests.api.praxis.conftest import Office
from tests.commits import failing
from tests.parallel import in_threads

__all__ = ["store"]


@pytest.fixture
def case(office: Office) -> Any:
    return office.worked()


@pytest.fixture
def invoice(office: Office, case: Any) -> Any:
    return office.make("invoices", caseId=case["id"], dueDate="2099-01-31", notes="Thank you.")


def entries(office: Office, case: Any) -> list[Any]:
    found: list[Any] = office.ok("GET", "time", query_string={"caseId": case["id"], "sort": "-hours"})
    return found


def test_an_invoice_bills_the_unbilled_work_of_a_case(office: Office, case: Any) -> None:
    made = office.make("invoices", caseId=case["id"], discountPercent=10)
    assert (made["subtotal"], made["discount"], made["total"]) == (400, 40, 360)
    assert (made["amountPaid"], made["amountDue"], made["status"]) == (0, 360, "Draft")
    assert made["client"]["id"] == case["clientId"]
    assert [line["description"] for line in made["lines"]] == ["Brief", "Call"]
    assert [entry["invoiceId"] for entry in entries(office, case)] == [made["id"]] * 2
    assert "nothing to bill" in office.refused(400, "POST", "invoices", {"caseId": case["id"]})
    assert office.ok("GET", f"invoices/{made['id']}") == made
    [listed] = office.ok("GET", "invoices", query_string={"caseId": case["id"]})
    assert listed == {name: value for name, value in made.items() if name != "lines"}


def test_an_invoice_is_changed_and_deleted(office: Office, case: Any, invoice: Any) -> None:
    changed = office.ok("PUT", f"invoices/{invoice['id']}", {"discountPercent": 50})
    assert (changed["total"], changed["notes"], changed["dueDate"]) == (200, "Thank you.", invoice["dueDate"])
    assert office.ok("PUT", f"invoices/{invoice['id']}", changed) == changed
    assert office.ok("DELETE", f"invoices/{invoice['id']}") == changed
    assert [entry["isBilled"] for entry in entries(office, case)] == [False, False]


def test_sending_prints_a_pdf_and_keeps_it_on_the_matter(
    office: Office, store: FileStore, case: Any, invoice: Any
) -> None:
    sent = office.ok("POST", f"invoices/{invoice['id']}/send")
    assert (sent["status"], sent["invoiceNumber"]) == ("Sent", invoice["invoiceNumber"])
    assert sent["sentAt"]
    pdf = office.place.get(sent["pdfUrl"])
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")
    [file] = office.place.list("/api/v2/files", matter_id=case["id"])
    assert file["file_name"] == f"Invoice {invoice['invoiceNumber']}.pdf"
    assert sent["pdfUrl"].endswith(file["id"])
    assert office.ok("POST", f"invoices/{invoice['id']}/send") == sent
    assert len(office.place.list("/api/v2/files", matter_id=case["id"])) == 1
    assert office.place.ok("GET", f"/odata/v4/Invoices({invoice['id']})")["pdf_file_id"] == file["id"]
    assert office.place.ok("GET", f"/api/invoice/{invoice['id']}")["isSentToCustomer"] is True


def test_a_sent_invoice_stays_at_every_door(office: Office, store: FileStore, invoice: Any) -> None:
    address = f"invoices/{invoice['id']}"
    sent = office.ok("POST", f"{address}/send")
    assert office.ok("PUT", address, sent) == sent
    for body in ({"discountPercent": 5}, {"notes": "Other"}, {"dueDate": None}, {"invoiceNumber": 9_999}):
        [name] = body
        assert f"{name}: It was sent" in office.refused(400, "PUT", address, body)
    assert "credit note" in office.refused(400, "DELETE", address)
    at_v1 = office.place.ok("GET", f"/api/invoice/{invoice['id']}")
    office.place.ok("PUT", "/api/invoice", json=at_v1)
    lines = [*at_v1["items"], {"name": "Copies", "qty": 1, "price": 5}]
    for body in ({**at_v1, "customerNotes": "Other"}, {**at_v1, "items": lines}):
        assert office.place.request("PUT", "/api/invoice", json=body).status_code == 400
    for path in ("/api/invoice?guid", "/api/v2/invoices?id"):
        assert office.place.request("DELETE", f"{path}={invoice['id']}").status_code == 400
    at_odata = f"/odata/v4/Invoices({invoice['id']})"
    assert office.place.request("PATCH", at_odata, json={"terms": "Soon"}).status_code == 400
    assert office.place.request("DELETE", at_odata).status_code == 400
    assert office.ok("GET", address) == sent


def test_the_entries_of_a_sent_invoice_stay_at_every_door(
    office: Office, store: FileStore, case: Any, invoice: Any
) -> None:
    entry = entries(office, case)[0]
    address = f"time/{entry['id']}"
    entry = office.ok("PUT", address, {"description": "The brief"})  # until it is sent, its text can change
    office.ok("POST", f"invoices/{invoice['id']}/send")
    told = office.refused(400, "PUT", address, {"description": "Else"})
    assert f"description: Invoice {invoice['invoiceNumber']} was sent with it" in told
    office.refused(400, "PUT", address, {"date": "2026-01-01"})
    office.refused(400, "DELETE", address)
    at_v2 = office.place.ok("GET", f"/api/v2/timeentries/{entry['id']}")
    place = f"/api/v2/timeentries?id={entry['id']}"
    assert office.place.ok("PUT", place, json=at_v2) == at_v2
    answer = office.place.request("PUT", place, json={**at_v2, "description": "Else"})
    assert answer.get_json()["modelState"]["description"]
    at_v1 = office.place.ok("GET", f"/api/timeentry/{entry['id']}")
    office.place.ok("PUT", "/api/timeentry", json=at_v1)
    assert office.place.request("PUT", "/api/timeentry", json={**at_v1, "description": ""}).status_code == 400
    at_odata = f"/odata/v4/TimeEntries({entry['id']})"
    assert office.place.request("PATCH", at_odata, json={"description": "Else"}).status_code == 400
    assert office.ok("PUT", address, {"notes": "Only for us."})["description"] == "The brief"


def test_paying_is_a_payment_like_any_other(office: Office, bank: str, invoice: Any) -> None:
    address = f"invoices/{invoice['id']}/pay"
    paid = office.ok("POST", address, {"amount": 150, "method": "Check", "date": "2026-11-01"})
    assert (paid["amountPaid"], paid["amountDue"], paid["status"]) == (150, 250, "Draft")
    assert "Only 250.00 is outstanding" in office.refused(400, "POST", address, {"amount": 250.01})
    for amount in (0, -1):
        assert "amount: Must be more than 0." in office.refused(400, "POST", address, {"amount": amount})
    told = office.refused(400, "POST", address, {"method": "Gold"})
    assert "method: Must be one of" in told
    strange = "33333333-3333-4333-8333-333333333333"
    assert "bankAccountId" in office.refused(400, "POST", address, {"bankAccountId": strange})
    paid = office.ok("POST", address)  # without a body
    assert (paid["amountDue"], paid["status"]) == (0, "Paid")
    assert "Nothing is due" in office.refused(409, "POST", address, {})
    payments = office.place.list("/api/v2/payments", matter_id=paid["caseId"])
    assert sorted(payment["total_amount"] for payment in payments) == [150, 250]
    assert all(payment["bank_account"]["type"] == "Operating" for payment in payments)


def test_paying_from_trust_is_refused(office: Office, invoice: Any) -> None:
    trust = office.place.ok("POST", "/api/v2/bankaccounts", json={"name": "Trust", "type": "Trust"})
    told = office.refused(400, "POST", f"invoices/{invoice['id']}/pay", {"bankAccountId": trust["id"]})
    assert "bankAccountId: Trust money is never applied directly" in told


def test_a_credit_is_not_paid(office: Office, case: Any) -> None:
    body = {
        "accountGuid": case["clientId"],
        "date": "2026-01-31",
        "invoiceType": "Credit",
        "items": [{"name": "Sorry", "qty": 1, "price": 5}],
    }
    credit = office.place.ok("POST", "/api/invoice", json=body)
    assert "credit is not something to pay" in office.refused(409, "POST", f"invoices/{credit['guid']}/pay")


def test_a_pdf_is_not_left_behind_by_an_invoice_that_changed(
    office: Office, store: FileStore, invoice: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    put = store.put

    def meanwhile(key: str, content: BytesIO) -> None:
        put(key, content)
        office.ok("PUT", f"invoices/{invoice['id']}", {"notes": "Wait"})

    monkeypatch.setattr(store, "put", meanwhile)
    told = office.refused(409, "POST", f"invoices/{invoice['id']}/send")
    assert "send it again" in told
    assert not [path for path in (tmp_path / "store").rglob("*") if path.is_file()]
    monkeypatch.undo()


def test_a_pdf_is_not_left_behind_by_a_commit_that_fails(
    office: Office, store: FileStore, invoice: Any, tmp_path: Any, database: Database
) -> None:
    with failing(database):
        office.refused(500, "POST", f"invoices/{invoice['id']}/send")
    assert not [path for path in (tmp_path / "store").rglob("*") if path.is_file()]
    assert office.place.get(office.ok("POST", f"invoices/{invoice['id']}/send")["pdfUrl"]).status_code == 200


def test_an_invoice_for_what_is_gone_is_still_sent(
    office: Office, store: FileStore, case: Any, invoice: Any
) -> None:
    office.ok("DELETE", f"cases/{case['id']}")
    sent = office.ok("POST", f"invoices/{invoice['id']}/send")
    assert office.place.get(sent["pdfUrl"]).status_code == 200


def test_odd_texts_are_printed(office: Office, store: FileStore) -> None:
    case = office.case(title="Łódź <b>v.</b> Ωmega & Жук 株式会社 \u202e")
    long = "wörd " * 5_000 + "x" * 20_000
    for text in (long, "\n" * 500, "<para>&amp;</para>", "a\tb\x07"):
        office.make("time", caseId=case["id"], hours=9_999, rate=99_999, description=text)
    body = {"caseId": case["id"], "notes": long, "terms": "]]>", "orderNumber": "PO 7"}
    made = office.make("invoices", **body)
    sent = office.ok("POST", f"invoices/{made['id']}/send")
    assert office.place.get(sent["pdfUrl"]).data.startswith(b"%PDF-")


def test_who_sends_or_pays_at_the_same_moment_does_it_once(
    office: Office, store: FileStore, bank: str, case: Any, invoice: Any, tmp_path: Any
) -> None:
    def status(act: str) -> int:
        return int(office.send("POST", f"invoices/{invoice['id']}/{act}").status_code)

    assert in_threads(lambda _: status("send"), 3) == [200] * 3
    assert len(office.place.list("/api/v2/files", matter_id=case["id"])) == 1
    assert len([path for path in (tmp_path / "store").rglob("*") if path.is_file()]) == 1
    assert sorted(in_threads(lambda _: status("pay"), 3)) == [200, 409, 409]
    assert office.ok("GET", f"invoices/{invoice['id']}")["amountPaid"] == 400
