"""Payments: what they are applied to, given back, moved, and what deleting them takes back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.models import Account, BankAccount, Invoice, Payment
from app.models.base import new_id
from tests.firms import Workplace
from tests.services.books import Books, refused

D = Decimal


@pytest.fixture
def bank(books: Books) -> BankAccount:
    return books.bank()


def test_a_payment_is_applied_to_several_invoices(books: Books, account: Account, bank: BankAccount) -> None:
    first, second = books.invoice(account, of="60"), books.invoice(account, of="60")
    payment = books.payment(bank, "100", account, on={first: "60", second: "30.01"})
    assert (payment.number, payment.applied, payment.currency_code) == (1, D("90.01"), "USD")
    assert [books.fresh(invoice).paid for invoice in (first, second)] == [D(60), D("30.01")]
    books.check()


@pytest.mark.parametrize(
    ("amount", "applied", "field", "text"),
    [
        ("100", ["60.01"], "applications[0].amount", "60.00 is outstanding"),
        ("100", ["30", "30.01"], "applications[1].amount", "30.00 is outstanding"),
        ("50", ["50.01"], "applications[0].amount", "50.00 of the payment"),
        ("50", ["30", "20.01"], "applications[1].amount", "20.00 of the payment"),
        ("50", ["0"], "applications[0].amount", "more than 0"),
        ("50", ["-1"], "applications[0].amount", "more than 0"),
        ("-50", ["1"], "applications[0].amount", "0.00 of the payment"),
        ("0", [], "amount", "not be 0"),
    ],
)
def test_no_more_is_applied_than_there_is(
    books: Books, account: Account, bank: BankAccount, amount: str, applied: list[str], field: str, text: str
) -> None:
    invoice = books.invoice(account, of="60")
    applications = [{"invoice_id": invoice.id, "amount": D(part)} for part in applied]
    with refused(field, text):
        books.add(
            Payment,
            account_id=account.id,
            bank_account_id=bank.id,
            date=invoice.issue_date,
            amount=D(amount),
            applications=applications,
        )
    assert books.fresh(invoice).paid == 0
    assert books.all(Payment) == []


def test_only_open_sales_of_the_account_are_paid(books: Books, account: Account, bank: BankAccount) -> None:
    credit = books.invoice(account, of="10", invoice_type="Credit")
    others = books.invoice(books.account(), of="10")
    gone = books.invoice(account, of="10")
    books.remove(gone)
    for invoice, text in ((credit, "A credit"), (others, "another account"), (gone, "no such invoice")):
        with refused("applications[0].invoice_id", text):
            books.payment(bank, "10", account, on={invoice: "1"})


def test_a_payment_for_a_matter_pays_only_that_matters_invoices(
    books: Books, account: Account, bank: BankAccount
) -> None:
    matter, other = books.matter(account), books.matter(account)
    invoice = books.invoice(account, matter, of="10")
    books.payment(bank, "5", account, matter=matter, on={invoice: "5"})
    books.payment(bank, "1", account, on={invoice: "1"})
    with refused("applications[0].invoice_id", "another matter"):
        books.payment(bank, "5", account, matter=other, on={invoice: "4"})
    with refused("matter_id", "another account"):
        books.payment(bank, "5", books.account(), matter=matter)


@pytest.mark.parametrize(("kind", "text"), [("Trust", "isUseTrustToPayBalance"), ("CreditCard", "operating")])
def test_only_operating_money_is_applied(books: Books, account: Account, kind: str, text: str) -> None:
    invoice = books.invoice(account, of="10")
    with refused("applications", text):
        books.payment(books.bank(kind), "10", account, on={invoice: "10"})
    books.payment(books.bank(kind), "10", account)
    books.invoice(account, of="10", use_credit=True)
    books.check()


def test_what_a_payment_refers_to_must_be_there(books: Books, account: Account, bank: BankAccount) -> None:
    for column in ("bank_account_id", "account_id", "matter_id", "refund_of_id"):
        values: dict[str, Any] = {"account_id": account.id, "bank_account_id": bank.id, column: new_id()}
        with refused(column):
            books.add(Payment, amount=D(1), **values)
    with refused("currency_code", "USD"):
        books.payment(bank, "1", account, currency_code="EUR")


def test_the_books_decide_what_is_applied_and_refunded(
    books: Books, account: Account, bank: BankAccount
) -> None:
    said = {"applied": D(5), "refunded": D(5), "status": "Refunded"}
    payment = books.payment(bank, "10", account, **said)
    assert (payment.applied, payment.refunded, payment.status) == (0, 0, "Success")


# Credit that is there already


def test_credit_is_used_the_matters_first_then_the_oldest(
    books: Books, account: Account, bank: BankAccount
) -> None:
    matter, other = books.matter(account), books.matter(account)
    general = books.payment(bank, "10", account)
    own = books.payment(bank, "10", account, matter=matter)
    foreign = books.payment(bank, "10", account, matter=other)
    note = books.invoice(account, matter, of="10", invoice_type="Credit")
    late = books.invoice(account, of="10", invoice_type="Credit")
    invoice = books.invoice(account, matter, of="35", use_credit=True)
    assert [books.fresh(payment).applied for payment in (own, general, foreign)] == [10, 10, 0]
    assert [books.fresh(credit).paid for credit in (note, late)] == [10, 5]
    assert books.fresh(invoice).paid == 35
    books.check()


# Refunds


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_refund_gives_back_part_of_a_payment(
    books: Books, account: Account, bank: BankAccount, sign: str
) -> None:
    invoice = books.invoice(account, of="60")
    parent = books.payment(bank, "100", account, on={invoice: "60"})
    refund = books.payment(bank, f"{sign}25", account, refund_of_id=parent.id)
    assert refund.amount == D(-25)
    assert (books.fresh(parent).refunded, parent.status) == (D(25), "Success")
    with refused("amount", "15.00 of the payment is left"):
        books.payment(bank, "15.01", account, refund_of_id=parent.id)
    with refused("amount", "0.00 of the payment"):
        books.payment(bank, "1", account, refund_of_id=refund.id)
    with refused("id", "given back"):
        books.remove(parent)
    books.check()
    books.remove(refund)
    assert books.fresh(parent).refunded == 0
    books.remove(parent)
    assert books.fresh(invoice).paid == 0
    books.check()


def test_a_payment_wholly_given_back_is_refunded(books: Books, account: Account, bank: BankAccount) -> None:
    parent = books.payment(bank, "100", account)
    refunds = [books.payment(bank, amount, account, refund_of_id=parent.id) for amount in ("1", "99")]
    assert books.fresh(parent).status == "Refunded"
    books.remove(refunds[0])
    assert (books.fresh(parent).status, parent.refunded) == ("Success", D(99))


def test_a_refund_leaves_from_where_the_money_came(books: Books, account: Account, bank: BankAccount) -> None:
    matter = books.matter(account)
    parent = books.payment(bank, "100", account, matter=matter)
    with refused("bank_account_id"):
        books.payment(books.bank(), "1", account, refund_of_id=parent.id)
    with refused("account_id"):
        books.payment(bank, "1", books.account(), refund_of_id=parent.id)
    with refused("matter_id"):
        books.payment(bank, "1", account, refund_of_id=parent.id, matter=books.matter(account))
    assert books.payment(bank, "1", account, refund_of_id=parent.id).matter_id == matter.id


# Deleting


def test_deleting_a_payment_takes_back_what_it_applied(
    books: Books, account: Account, bank: BankAccount
) -> None:
    first, second = books.invoice(account, of="60"), books.invoice(account, of="60")
    kept = books.payment(bank, "10", account, on={first: "10"})
    payment = books.payment(bank, "100", account, on={first: "50", second: "50"})
    books.remove(payment)
    assert [books.fresh(invoice).paid for invoice in (first, second)] == [10, 0]
    assert books.fresh(kept).applied == 10
    books.check()


def test_numbers_count_all_payments_of_the_firm(books: Books, account: Account, bank: BankAccount) -> None:
    assert books.payment(bank, "1", account, number=2).number == 2
    books.invoice(account, of="1", invoice_type="Refund", refund_bank_account_id=bank.id)
    assert [payment.number for payment in (books.payment(bank, "1", account) for _ in range(2))] == [3, 4]
    assert sorted(payment.number for payment in books.all(Payment)) == [1, 2, 3, 4]
    with refused("number", "taken"):
        books.payment(bank, "1", account, number=4)


# Bank accounts


def test_a_bank_account_that_was_used_stays(books: Books, account: Account, bank: BankAccount) -> None:
    unused = books.bank("Trust")
    payment = books.payment(bank, "1", account)
    with refused("type", "does not change"):
        books.put(bank, type="Trust", name="Main")
    with refused("id", "cannot be deleted"):
        books.remove(bank)
    books.put(bank, type="Operating", name="Main")
    books.put(unused, type="CreditCard", name="Card")
    books.remove(unused)
    books.remove(payment)
    books.put(bank, type="Trust", name="Main")


def test_another_firms_invoice_is_not_there(
    books: Books, account: Account, bank: BankAccount, other_workplace: Workplace
) -> None:
    theirs = Books(books.session, other_workplace)
    invoice: Invoice = theirs.invoice(theirs.account(), of="10")
    with refused("applications[0].invoice_id", "no such invoice"):
        books.payment(bank, "10", account, on={invoice: "10"})
