"""New invoices: what they bill, what they come to, and what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.models import Account, Invoice, Matter
from app.models.base import new_id
from tests.firms import Workplace
from tests.services.books import Books, refused

D = Decimal
DAYS = [dt.datetime(2026, 1, day, tzinfo=dt.UTC) for day in range(1, 10)]


def test_without_lines_everything_unbilled_of_the_matter_is_billed_in_order_of_date(
    books: Books, account: Account, matter: Matter
) -> None:
    fee = books.flat_fee(matter, books.item(), "500", date=DAYS[3], description="Filing")
    entry = books.entry(matter, "1.5", "200", date=DAYS[1], description="Call", task_code="L110")
    expense = books.expense(matter, "12.34", date=DAYS[2])
    books.entry(matter, is_billable=False)
    by_hand = books.entry(matter, is_billed=True)
    books.entry(books.matter(account))
    invoice = books.invoice(account, matter)
    lines = books.lines(invoice)
    assert [line.kind for line in lines] == ["TimeEntry", "Expense", "FlatFee"]
    assert [line.total for line in lines] == [D(300), D("12.34"), D(500)]
    assert (lines[0].description, lines[0].billed_by, lines[0].task_code) == ("Call", "Ada Lovelace", "L110")
    assert (lines[0].date, lines[0].quantity, lines[0].rate) == (DAYS[1], D("1.5"), D(200))
    assert (lines[2].item_name, lines[2].description) == ("Consultation", "Filing")
    assert {line.matter_id for line in lines} == {matter.id}
    assert (invoice.total, invoice.currency_code, invoice.number) == (D("812.34"), "USD", 1)
    billed = [books.fresh(charge).line_id for charge in (entry, expense, fee)]
    assert billed == [line.id for line in lines]
    books.check(frozenset({by_hand.id}))


def test_without_a_matter_the_work_on_all_of_the_accounts_matters_is_billed(
    books: Books, account: Account
) -> None:
    one, other = books.matter(account), books.matter(account)
    books.entry(one)
    books.entry(other)
    books.entry(books.matter(books.account()))
    invoice = books.invoice(account)
    assert {line.matter_id for line in books.lines(invoice)} == {one.id, other.id}
    with refused("account_id", "nothing to bill"):
        books.invoice(account)


def test_the_account_is_the_matters(books: Books, account: Account, matter: Matter) -> None:
    books.entry(matter)
    assert books.add(Invoice, matter_id=matter.id).account_id == account.id
    with refused("matter_id", "another account"):
        books.invoice(books.account(), matter, of="1")
    with refused("account_id"):
        books.add(Invoice, lines=[])


def test_the_currency_is_the_accounts(books: Books) -> None:
    account = books.account(currency_code="CAD")
    assert books.invoice(account, of="1").currency_code == "CAD"
    assert books.invoice(account, of="1", currency_code="CAD").currency_code == "CAD"
    with refused("currency_code", "CAD"):
        books.invoice(account, of="1", currency_code="USD")


def test_lines_name_charges_or_stand_for_themselves(books: Books, account: Account, matter: Matter) -> None:
    entry, expense = books.entry(matter, "2", "150"), books.expense(matter, "20")
    item = books.item(name="Copies", rate=D("0.1"), description="A page")
    invoice = books.invoice(
        account,
        matter,
        lines=[
            {"time_entry_ids": [entry.id]},
            {"expense_ids": [expense.id], "quantity": D(1), "rate": D(15), "description": "Courier"},
            {"item_id": item.id, "quantity": D(30)},
            {"quantity": D(-1), "rate": D(5), "item_name": "Rebate"},
        ],
    )
    lines = books.lines(invoice)
    assert [line.total for line in lines] == [D(300), D(15), D(3), D(-5)]
    assert [line.kind for line in lines] == ["TimeEntry", "Expense", "FlatFee", "FlatFee"]
    assert [line.item_name for line in lines[2:]] == ["Copies", "Rebate"]
    assert (lines[1].description, lines[2].description) == ("Courier", "A page")
    assert invoice.total == D(313)
    books.check()


def test_several_charges_on_a_line_add_up(books: Books, account: Account, matter: Matter) -> None:
    alike = [books.entry(matter, hours, "90") for hours in ("1", "0.5")]
    unlike = [books.entry(matter, "1", rate) for rate in ("90", "100.01")]
    lines = [{"time_entry_ids": [entry.id for entry in group]} for group in (alike, unlike)]
    invoice = books.invoice(account, matter, lines=lines)
    shown = [(line.quantity, line.rate, line.total) for line in books.lines(invoice)]
    assert shown == [(D("1.5"), D(90), D(135)), (D(1), D("190.01"), D("190.01"))]
    books.check()


def test_lines_are_in_the_order_of_their_row_index(books: Books, account: Account) -> None:
    lines = [{"rate": D(index), "row_index": index, "item_name": str(index)} for index in (3, 1, 2)]
    invoice = books.invoice(account, lines=lines)
    assert [(line.row_index, line.item_name) for line in books.lines(invoice)] == [
        (0, "1"),
        (1, "2"),
        (2, "3"),
    ]


def test_taxes_come_from_the_item_and_the_discount_from_the_invoice(
    books: Books, account: Account, matter: Matter
) -> None:
    five, ten = books.tax("5"), books.tax("10", is_compound=True)
    item = books.item(tax1_id=five.id, tax2_id=ten.id)
    books.entry(matter, "1", "200", item_id=item.id)
    books.flat_fee(matter, item, "100")
    invoice = books.invoice(account, matter, discount_percent=D(50))
    line = books.lines(invoice)[0]
    assert (line.subtotal, line.discount, line.tax1_amount, line.tax2_amount) == (
        D(200),
        D(100),
        D(5),
        D("10.5"),
    )
    assert (line.tax1_name, line.tax1_percent, line.tax2_is_compound) == ("Tax 5", "5", True)
    assert (invoice.subtotal, invoice.discount, invoice.tax, invoice.total) == tuple(
        map(D, ("300", "150", "23.25", "173.25"))
    )


def test_a_line_may_say_its_own_tax(books: Books, account: Account) -> None:
    item = books.item(rate=D(100), tax1_id=books.tax("5").id)
    lines = [{"item_id": item.id, "tax1_rate": D("8.25")}, {"item_id": item.id, "tax1_rate": D(0)}]
    invoice = books.invoice(account, lines=lines)
    assert [line.tax1_amount for line in books.lines(invoice)] == [D("8.25"), D(0)]
    assert books.lines(invoice)[0].tax1_name == "Tax"


REFUSED_LINES: list[tuple[dict[str, Any], str]] = [
    ({}, "lines[0].rate"),
    ({"rate": D(-1)}, "lines[0].rate"),
    ({"rate": D(1), "quantity": D(100_000_000)}, "lines[0].quantity"),
    ({"rate": D("99999999.99"), "quantity": D("99999999.99")}, "lines[0].quantity"),
    ({"rate": D(1), "tax1_rate": D(-1)}, "lines[0].tax1_rate"),
    ({"rate": D(1), "quantity": D(-1)}, "total"),
    ({"item_id": new_id()}, "lines[0].item_id"),
    ({"rate": D(1), "matter_id": new_id()}, "lines[0].matter_id"),
    ({"time_entry_ids": [new_id()]}, "lines[0].time_entry_ids"),
]


@pytest.mark.parametrize(("line", "field"), REFUSED_LINES)
def test_a_line_that_will_not_do_is_named(
    books: Books, account: Account, line: dict[str, Any], field: str
) -> None:
    with refused(field):
        books.invoice(account, lines=[line])
    assert books.all(Invoice) == []


def test_an_invoice_too_large_for_its_columns_is_refused(books: Books, account: Account) -> None:
    line = {"quantity": D("9999"), "rate": D("99999999")}
    with refused("total", "more than can be stored"):
        books.invoice(account, lines=[line] * 2)


@pytest.mark.parametrize("percent", ["-0.0001", "100.0001"])
def test_a_discount_is_a_share(books: Books, account: Account, percent: str) -> None:
    with refused("discount_percent"):
        books.invoice(account, of="1", discount_percent=D(percent))


def test_charges_that_cannot_be_billed_are_named(books: Books, account: Account, matter: Matter) -> None:
    elsewhere = books.entry(books.matter(books.account()))
    beside = books.entry(books.matter(account))
    free = books.entry(matter, is_billable=False)
    by_hand = books.entry(matter, is_billed=True)
    entry, expense = books.entry(matter), books.expense(matter)
    for charge, text in (
        (elsewhere, "another account"),
        (beside, "another matter"),
        (free, "not billable"),
        (by_hand, "billed already"),
    ):
        with refused("lines[1].time_entry_ids", text):
            books.invoice(account, matter, lines=[{"rate": D(1)}, {"time_entry_ids": [charge.id]}])
    with refused("lines[1].time_entry_ids", "another line"):
        books.invoice(account, matter, lines=[{"time_entry_ids": [entry.id]}] * 2)
    with refused("lines[0].expense_ids", "one kind"):
        books.invoice(account, matter, lines=[{"time_entry_ids": [entry.id], "expense_ids": [expense.id]}])
    books.invoice(account, matter, lines=[{"time_entry_ids": [entry.id]}])
    with refused("lines[0].time_entry_ids", "billed already"):
        books.invoice(account, matter, lines=[{"time_entry_ids": [entry.id]}])
    books.fresh(by_hand)
    assert by_hand.is_billed
    assert by_hand.line_id is None


def test_charges_on_one_line_are_taxed_alike(books: Books, account: Account, matter: Matter) -> None:
    items = [books.item(tax1_id=books.tax(rate).id) for rate in ("5", "6")]
    entries = [books.entry(matter, item_id=item.id) for item in items]
    with refused("lines[0]", "taxed alike"):
        books.invoice(account, matter, lines=[{"time_entry_ids": [entry.id for entry in entries]}])


def test_another_firms_charges_cannot_be_billed(
    books: Books, account: Account, other_workplace: Workplace
) -> None:
    theirs = Books(books.session, other_workplace)
    entry = theirs.entry(theirs.matter(theirs.account()))
    with refused("lines[0].time_entry_ids", "does not exist"):
        books.invoice(account, lines=[{"time_entry_ids": [entry.id]}])
