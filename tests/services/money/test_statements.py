"""How many statements the books take: as many for a long invoice as for a short one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.models import Account, Item, Matter
from tests.services.books import Books

D = Decimal
FEW, MANY = 3, 30
APART = 3
"""Statements more or less, by the clock: a row that is changed in the millisecond in which it was made has one
column less to write, and goes apart from the others."""


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *args: Any) -> None:
        sent.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def items(books: Books, how_many: int) -> list[Item]:
    return [
        books.item(rate=D(5), tax1_id=books.tax(str(index)).id, tax2_id=books.tax("1").id)
        for index in range(how_many)
    ]


def bill_everything(books: Books, account: Account, matter: Matter, how_many: int) -> Callable[[], Any]:
    for item in items(books, how_many):
        books.entry(matter, item_id=item.id)
        books.flat_fee(matter, item)
        books.expense(matter)
    return lambda: books.invoice(account, matter)


def lines_of_their_own(books: Books, account: Account, matter: Matter, how_many: int) -> Callable[[], Any]:
    matters = [books.matter(account) for _ in range(how_many)]
    lines = [
        {"item_id": item.id, "matter_id": matter.id}
        for item, matter in zip(items(books, how_many), matters, strict=True)
    ]
    return lambda: books.invoice(account, lines=lines)


def change_the_discount(books: Books, account: Account, matter: Matter, how_many: int) -> Callable[[], Any]:
    bill_everything(books, account, matter, how_many)
    invoice = books.invoice(account, matter)
    return lambda: books.patch(invoice, discount_percent=D(5))


def pay_many(books: Books, account: Account, matter: Matter, how_many: int) -> Callable[[], Any]:
    invoices = [books.invoice(account, of="1") for _ in range(how_many)]
    bank = books.bank()
    return lambda: books.payment(bank, "100", account, on=dict.fromkeys(invoices, "1"))


def take_many_back(books: Books, account: Account, matter: Matter, how_many: int) -> Callable[[], Any]:
    payment = pay_many(books, account, matter, how_many)()
    return lambda: books.remove(payment)


def use_many_credits(books: Books, account: Account, matter: Matter, how_many: int) -> Callable[[], Any]:
    bank = books.bank()
    for _ in range(how_many):
        books.payment(bank, "1", account)
        books.invoice(account, of="1", invoice_type="Credit")
    return lambda: books.invoice(account, of="100", use_credit=True)


def take_credits_back(books: Books, account: Account, matter: Matter, how_many: int) -> Callable[[], Any]:
    invoice = use_many_credits(books, account, matter, how_many)()
    return lambda: books.remove(invoice)


STEPS = [
    bill_everything,
    lines_of_their_own,
    change_the_discount,
    pay_many,
    take_many_back,
    use_many_credits,
    take_credits_back,
]


@pytest.mark.parametrize("step", STEPS)
def test_the_number_of_statements_does_not_grow_with_the_invoice(
    books: Books, step: Callable[..., Callable[[], Any]]
) -> None:
    taken = []
    for how_many in (FEW, MANY):
        account = books.account()
        ready = step(books, account, books.matter(account), how_many)
        books.session.expunge_all()
        with statements(books.session) as sent:
            ready()
        taken.append(len(sent))
    assert taken[1] <= taken[0] + APART, sent
    books.check()


def test_a_change_that_is_not_about_its_lines_does_not_read_them(books: Books, account: Account) -> None:
    matter = books.matter(account)
    books.entry(matter)
    invoice = books.invoice(account, matter)
    with statements(books.session) as sent:
        books.patch(invoice, po_number="7")
    assert not [each for each in sent if "invoice_lines" in each or "time_entries" in each]
