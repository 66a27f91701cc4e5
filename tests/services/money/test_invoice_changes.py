"""Invoices once they are written: what stays, what may change, what deleting leaves behind."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.models import Account, Expense, FlatFee, Matter, TimeEntry
from app.services import accounts, matters
from tests.services.books import Books, refused

D = Decimal
DAYS = [dt.datetime(2026, 1, day, tzinfo=dt.UTC) for day in range(1, 10)]


@pytest.mark.parametrize(
    ("column", "value"), [("hours", D(9)), ("rate", D(9)), ("is_billable", False), ("is_billed", False)]
)
def test_what_is_invoiced_does_not_change(
    books: Books, account: Account, matter: Matter, column: str, value: Any
) -> None:
    entry = books.entry(matter)
    books.invoice(account, matter)
    body = {name: getattr(entry, name) for name in ("matter_id", "date", "hours", "rate", "is_billable")}
    body |= {"billed_by_user_id": books.user_id, "is_billed": True}
    books.put(entry, **body, private_notes="Paid late")
    assert books.fresh(entry).private_notes == "Paid late"
    with refused(column, "on an invoice"):
        books.put(entry, **{**body, column: value})
    with refused("id", "on an invoice"):
        books.remove(entry)


# Replacing


def test_sent_back_as_it_was_nothing_changes(books: Books, account: Account, matter: Matter) -> None:
    item = books.item(tax1_id=books.tax("5").id)
    entry = books.entry(matter, "1.3333", "99.99", item_id=item.id)
    books.expense(matter)
    books.flat_fee(matter, item)
    invoice = books.invoice(account, matter, discount_percent=D("2.5"))
    books.put(item, name="Renamed", tax1_id=None)
    before = books.changes()
    for lines in ({}, {"lines": None}):
        books.put(invoice, **{**books.body_of(invoice), **lines})
    assert books.changes() == before
    books.check()
    body = books.body_of(invoice)
    body["lines"] = [{"time_entry_ids": [entry.id]}, *body["lines"][1:]]
    books.put(invoice, **body)  # described anew, the line takes what the item says now
    assert books.lines(invoice)[0].item_name == "Renamed"
    assert len(books.lines(invoice)) == 3


def test_what_is_taken_off_is_free_again(books: Books, account: Account, matter: Matter) -> None:
    entry, expense = books.entry(matter, "1", "100"), books.expense(matter, "30")
    invoice = books.invoice(account, matter)
    body = books.body_of(invoice)
    body["lines"] = [line for line in body["lines"] if line["expense_ids"]]
    books.put(invoice, **body)
    assert (books.fresh(invoice).total, len(books.lines(invoice))) == (D(30), 1)
    assert (books.fresh(entry).is_billed, entry.line_id) == (False, None)
    assert books.fresh(expense).is_billed
    books.check()
    body["lines"] = [*books.body_of(invoice)["lines"], {"time_entry_ids": [entry.id]}]
    books.put(invoice, **body)
    assert books.fresh(invoice).total == D(130)
    books.check()


def test_a_change_of_the_discount_reaches_every_line(books: Books, account: Account) -> None:
    invoice = books.invoice(account, lines=[{"rate": D("33.33")}] * 3)
    books.put(invoice, **{**books.body_of(invoice), "discount_percent": D(10)})
    assert (books.fresh(invoice).discount, invoice.total) == (D("9.99"), D("90.00"))
    books.check()


def test_a_line_twice_in_a_body_is_refused(books: Books, account: Account) -> None:
    invoice = books.invoice(account, of="10")
    body = books.body_of(invoice)
    with refused("lines", "twice"):
        books.put(invoice, **{**body, "lines": body["lines"] * 2})


def test_what_is_paid_is_fixed(books: Books, account: Account, matter: Matter) -> None:
    invoice = books.invoice(account, matter, of="100")
    books.payment(books.bank(), "60", account, on={invoice: "60"})
    body = books.body_of(invoice)
    with refused("total", "60.00 is paid"):
        books.put(invoice, **{**body, "lines": [{"rate": D("59.99")}]})
    with refused("matter_id"):
        books.put(invoice, **{**body, "matter_id": None})
    books.put(invoice, **{**body, "lines": [{"rate": D(60)}]})
    assert (books.fresh(invoice).total, invoice.paid) == (D(60), D(60))
    books.check()


def test_an_invoice_stays_what_and_whose_it_is(books: Books, account: Account) -> None:
    invoice = books.invoice(account, of="1")
    for change in ({"invoice_type": "Credit"}, {"account_id": books.account().id}):
        with refused(*change):
            books.put(invoice, **{**books.body_of(invoice), **change})


def test_a_number_can_be_chosen_and_is_kept(books: Books, account: Account) -> None:
    assert books.invoice(account, of="1", number=2).number == 2
    assert [books.invoice(account, of="1").number for _ in range(2)] == [1, 3]
    with refused("number"):
        books.invoice(account, of="1", number=3)


# Deleting


def test_deleting_frees_the_charges_and_takes_back_what_was_applied(
    books: Books, account: Account, matter: Matter
) -> None:
    books.entry(matter)
    books.expense(matter)
    books.flat_fee(matter, books.item())
    invoice = books.invoice(account, matter)
    credit = books.invoice(account, of="15", invoice_type="Credit")
    payment = books.payment(books.bank(), "50", account, on={invoice: "40"})
    books.put(invoice, **books.body_of(invoice), use_credit=True)
    assert (books.fresh(invoice).paid, books.fresh(credit).paid, books.fresh(payment).applied) == (65, 15, 50)
    books.remove(invoice)
    assert (books.fresh(credit).paid, books.fresh(payment).applied) == (0, 0)
    for model in (TimeEntry, Expense, FlatFee):
        assert [(row.is_billed, row.line_id) for row in books.all(model)] == [(False, None)]
    books.check()
    assert books.invoice(account, matter).total == D(610)


def test_a_matter_that_was_billed_stays_with_its_account(books: Books, account: Account) -> None:
    other = books.account()
    billed, paid, billed_with_others, plain = (books.matter(account) for _ in range(4))
    books.invoice(account, billed, of="1")
    books.payment(books.bank(), "1", account, matter=paid)
    books.entry(billed_with_others)
    books.invoice(account)
    for matter, noun in (
        (billed, "invoices"),
        (paid, "payments"),
        (billed_with_others, "charges on invoices"),
    ):
        with refused("account_id", noun):
            books.replace(matter, matters.RULES, name="A", status="Open", account_id=other.id)
    books.replace(plain, matters.RULES, name="A", status="Open", account_id=other.id)


@pytest.mark.parametrize("for_matter", [True, False])
def test_whom_the_firm_holds_trust_money_for_is_not_deleted(
    books: Books, account: Account, matter: Matter, for_matter: bool
) -> None:
    trust = books.bank("Trust")
    books.payment(trust, "5", account, matter=matter if for_matter else None)
    if for_matter:
        with refused("id", "5.00 in trust"):
            books.delete(matter, matters.RULES)
    with refused("id", "5.00 in trust"):
        books.delete(account, accounts.RULES)
    books.payment(trust, "-5", account, matter=matter if for_matter else None)
    books.delete(matter, matters.RULES)
    books.delete(account, accounts.RULES)
