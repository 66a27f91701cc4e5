"""Changes of an invoice that name only some of it: what they leave out stays as it was."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.models import Account, Invoice, InvoiceLine, Matter
from app.models.base import new_id
from tests.services.books import Books, refused

D = Decimal


def only_line(books: Books, invoice: Invoice) -> InvoiceLine:
    [line] = books.lines(invoice)
    return line


def test_a_line_goes_on_billing_what_its_change_does_not_name(
    books: Books, account: Account, matter: Matter
) -> None:
    entry = books.entry(matter)
    invoice = books.invoice(account, matter)
    line = only_line(books, invoice)
    books.patch(invoice, lines=[{"id": line.id, "description": "Mended"}])
    assert books.fresh(entry).line_id == line.id
    assert (books.fresh(line).description, line.total) == ("Mended", D(100))
    with refused("matter_id", "nothing to bill"):
        books.invoice(account, matter)
    books.check()


@pytest.mark.parametrize("named", [[], None])
def test_a_list_that_is_named_is_the_whole_list(
    books: Books, account: Account, matter: Matter, named: list[str] | None
) -> None:
    entry = books.entry(matter)
    invoice = books.invoice(account, matter)
    books.patch(invoice, lines=[{"id": only_line(books, invoice).id, "time_entry_ids": named}])
    assert not books.fresh(entry).is_billed
    books.check()


def test_what_stays_on_one_line_is_not_for_another(books: Books, account: Account, matter: Matter) -> None:
    entry = books.entry(matter)
    invoice = books.invoice(account, matter)
    lines: list[dict[str, Any]] = [{"id": only_line(books, invoice).id}, {"time_entry_ids": [entry.id]}]
    for bodies in (lines, lines[::-1]):
        with refused("lines[1].time_entry_ids", "another line"):
            books.patch(invoice, lines=bodies)


@pytest.mark.parametrize("change", [{"po_number": "7"}, {"discount_percent": D(10)}, {"rate": D(11)}])
def test_a_line_stays_with_its_matter(
    books: Books, account: Account, matter: Matter, change: dict[str, Any]
) -> None:
    invoice = books.invoice(account, lines=[{"rate": D(10), "matter_id": matter.id}])
    line = only_line(books, invoice)
    if "rate" in change:
        change = {"lines": [{"id": line.id, **change}]}
    books.patch(invoice, **change)
    assert books.fresh(line).matter_id == matter.id
    books.patch(invoice, lines=[{"id": line.id, "matter_id": None}])
    assert books.fresh(line).matter_id is None


def test_a_line_for_the_invoices_matter_goes_with_it(books: Books, account: Account, matter: Matter) -> None:
    other = books.matter(account)
    invoice = books.invoice(account, matter, of="10")
    books.patch(invoice, matter_id=other.id)
    assert only_line(books, invoice).matter_id == other.id
    books.patch(invoice, matter_id=None)
    assert only_line(books, invoice).matter_id == other.id


def test_an_invoice_does_not_narrow_to_another_matter_than_a_lines(
    books: Books, account: Account, matter: Matter
) -> None:
    invoice = books.invoice(account, lines=[{"rate": D(10), "matter_id": matter.id}])
    with refused("lines[0].matter_id", "another matter"):
        books.patch(invoice, matter_id=books.matter(account).id)


def test_no_lines_at_all_is_no_invoice(books: Books, account: Account, matter: Matter) -> None:
    books.entry(matter)
    with refused("lines", "at least one line"):
        books.invoice(account, matter, lines=[])
    invoice = books.invoice(account, matter)
    with refused("lines", "at least one line"):
        books.patch(invoice, lines=[])


def test_a_line_that_is_not_the_invoices_is_named(books: Books, account: Account) -> None:
    invoice, other = books.invoice(account, of="1"), books.invoice(account, of="1")
    gone = only_line(books, invoice)
    books.patch(invoice, lines=[{"rate": D(2)}, {"rate": D(3)}])
    books.patch(invoice, lines=[{"id": books.lines(invoice)[1].id}])
    for key in (gone.id, only_line(books, other).id, new_id()):
        with refused("lines[0].id", "not a line of this invoice"):
            books.patch(invoice, lines=[{"id": key, "rate": D(5)}])


def test_the_lines_of_a_new_invoice_keep_their_ids(books: Books, account: Account) -> None:
    key = new_id()
    invoice = books.invoice(account, lines=[{"id": key, "rate": D(1)}])
    assert only_line(books, invoice).id == key
    with refused("lines[0].id", "exists"):
        books.invoice(account, lines=[{"id": key, "rate": D(1)}])
    with refused("lines", "twice"):
        books.invoice(account, lines=[{"id": (again := new_id()), "rate": D(1)}, {"id": again, "rate": D(1)}])
    unset = "00000000-0000-0000-0000-000000000000"
    assert len(books.lines(books.invoice(account, lines=[{"id": unset, "rate": D(1)}] * 2))) == 2
