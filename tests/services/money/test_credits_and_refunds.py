"""Credit notes, which pay other invoices, and refunds, which pay out at once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from app.models import Account, Matter, Payment
from tests.services.books import Books, refused

D = Decimal
DAYS = [dt.datetime(2026, 1, day, tzinfo=dt.UTC) for day in range(1, 10)]


@pytest.mark.parametrize("kind", ["Credit", "Refund"])
def test_credits_and_refunds_have_lines_of_their_own(
    books: Books, account: Account, matter: Matter, kind: str
) -> None:
    entry, bank = books.entry(matter), books.bank()
    values = {"invoice_type": kind, "refund_bank_account_id": bank.id if kind == "Refund" else None}
    with refused("invoice_type", "bills no charges"):
        books.invoice(account, matter, **values)
    with refused("lines[0].time_entry_ids", "bills no charges"):
        books.invoice(account, matter, lines=[{"time_entry_ids": [entry.id]}], **values)
    for name in ("use_credit", "use_trust"):
        with refused(name):
            books.invoice(account, of="1", **values, **{name: True})


def test_a_credit_pays_until_it_is_used_up(books: Books, account: Account) -> None:
    credit = books.invoice(account, of="100", invoice_type="Credit")
    first = books.invoice(account, of="70", use_credit=True)
    second = books.invoice(account, of="70", use_credit=True)
    assert [books.fresh(invoice).paid for invoice in (first, second, credit)] == [70, 30, 100]
    with refused("total", "100.00 is paid or applied"):
        books.put(credit, **{**books.body_of(credit), "lines": [{"rate": D(99)}]})
    books.check()
    books.remove(credit)
    assert [books.fresh(invoice).paid for invoice in (first, second)] == [0, 0]
    books.check()


def test_a_refund_pays_out(books: Books, account: Account) -> None:
    bank = books.bank()
    with refused("refund_bank_account_id", "Name the bank account"):
        books.invoice(account, of="80", invoice_type="Refund")
    refund = books.invoice(
        account, of="80", invoice_type="Refund", refund_bank_account_id=bank.id, refund_method="Check"
    )
    [payment] = books.all(Payment)
    assert (payment.amount, payment.method, payment.id) == (D(-80), "Check", refund.refund_payment_id)
    books.check()
    with refused("id", "Refund 1"):
        books.remove(payment)
    before = books.changes()
    books.put(refund, **books.body_of(refund))
    assert books.changes() == before
    other = books.bank()
    books.put(
        refund, **{**books.body_of(refund), "lines": [{"rate": D(90)}], "refund_bank_account_id": other.id}
    )
    assert (books.fresh(payment).amount, payment.bank_account_id) == (D(-90), other.id)
    books.check()
    books.remove(refund)
    assert books.all(Payment) == []
    books.check()


def test_a_refund_from_trust_takes_only_what_the_client_has_there(books: Books, account: Account) -> None:
    trust = books.bank("Trust")
    books.payment(trust, "50", account)
    with refused("refund_bank_account_id", "holds 50.00"):
        books.invoice(account, of="51", invoice_type="Refund", refund_bank_account_id=trust.id)
    refund = books.invoice(account, of="50", invoice_type="Refund", refund_bank_account_id=trust.id)
    with refused("refund_bank_account_id", "holds 0.00"):
        books.put(refund, **{**books.body_of(refund), "lines": [{"rate": D(51)}]})
    books.put(refund, **{**books.body_of(refund), "lines": [{"rate": D(49)}]})
    books.check()


def test_only_a_refund_names_where_money_leaves_from(books: Books, account: Account) -> None:
    with refused("refund_bank_account_id"):
        books.invoice(account, of="1", refund_bank_account_id=books.bank().id)
