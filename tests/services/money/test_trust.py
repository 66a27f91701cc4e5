"""Trust money: nobody's is ever spent for somebody else, and it is moved, never applied."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.models import Account, BankAccount, Payment
from tests.services.books import Books, refused

D = Decimal


@pytest.fixture
def trust(books: Books) -> BankAccount:
    return books.bank("Trust")


def test_a_ledger_never_goes_below_zero(books: Books, account: Account, trust: BankAccount) -> None:
    matter, other = books.matter(account), books.matter(account)
    books.payment(trust, "50", account, matter=matter)
    books.payment(trust, "30", account)
    books.payment(books.bank("Trust"), "70", account)
    books.payment(trust, "1000", books.account())
    with refused("amount", "holds 50.00 for this matter, not 50.01"):
        books.payment(trust, "-50.01", account, matter=matter)
    with refused("amount", "holds 30.00 for the account in general, not 31.00"):
        books.payment(trust, "-31", account)
    with refused("amount", "holds 0.00 for this matter"):
        books.payment(trust, "-1", account, matter=other)
    books.payment(trust, "-50", account, matter=matter)
    books.payment(trust, "-30", account)
    books.check()


def test_the_firms_own_money_may_run_out(books: Books, account: Account) -> None:
    books.payment(books.bank(), "-100", account)
    books.check()


def test_a_deposit_that_was_spent_cannot_be_deleted(
    books: Books, account: Account, trust: BankAccount
) -> None:
    deposit, other = books.payment(trust, "50", account), books.payment(trust, "20", account)
    withdrawal = books.payment(trust, "-30", account)
    with refused("id", "holds 40.00"):
        books.remove(deposit)
    books.remove(other)
    books.remove(withdrawal)
    books.remove(deposit)
    books.check()


def test_a_refund_from_trust_needs_the_money_in_the_ledger(
    books: Books, account: Account, trust: BankAccount
) -> None:
    deposit = books.payment(trust, "50", account)
    books.payment(trust, "-30", account)
    with refused("amount", "holds 20.00"):
        books.payment(trust, "21", account, refund_of_id=deposit.id)
    books.payment(trust, "20", account, refund_of_id=deposit.id)
    books.check()


def test_trust_money_is_moved_and_then_applied(books: Books, account: Account, trust: BankAccount) -> None:
    operating, _ = books.bank(), books.bank()
    matter = books.matter(account)
    books.payment(trust, "100", account)
    books.payment(trust, "40", account, matter=matter)
    books.payment(trust, "500", account, matter=books.matter(account))
    invoice = books.invoice(account, matter, of="90", use_trust=True)
    assert books.fresh(invoice).paid == 90
    moved = sorted(books.all(Payment, method="Transfer"), key=lambda payment: payment.number)
    assert [payment.amount for payment in moved] == [-40, 40, -50, 50]
    assert [payment.matter_id for payment in moved] == [matter.id, matter.id, None, matter.id]
    assert [payment.transfer_of_id for payment in moved] == [None, moved[0].id, None, moved[2].id]
    assert {payment.bank_account_id for payment in moved[1::2]} == {operating.id}
    assert [payment.applied for payment in moved] == [0, 40, 0, 50]
    books.check()


def test_an_invoice_for_the_account_takes_from_the_general_ledger_only(
    books: Books, account: Account, trust: BankAccount
) -> None:
    books.bank()
    books.payment(trust, "40", account, matter=books.matter(account))
    books.payment(trust, "10", account)
    assert books.fresh(books.invoice(account, of="90", use_trust=True)).paid == 10


def test_credit_goes_before_trust(books: Books, account: Account, trust: BankAccount) -> None:
    bank = books.bank()
    books.payment(bank, "30", account)
    books.payment(trust, "100", account)
    invoice = books.invoice(account, of="50")
    books.put(invoice, **books.body_of(invoice), use_credit=True, use_trust=True)
    assert books.fresh(invoice).paid == 50
    assert sorted(payment.amount for payment in books.all(Payment, method="Transfer")) == [-20, 20]
    books.put(invoice, **books.body_of(invoice), use_trust=True)
    assert len(books.all(Payment)) == 4
    books.check()


def test_there_must_be_somewhere_to_move_it_to(books: Books, account: Account, trust: BankAccount) -> None:
    books.invoice(account, of="50", use_trust=True)  # there is nothing to move
    books.payment(trust, "100", account)
    with refused("use_trust", "no operating account"):
        books.invoice(account, of="50", use_trust=True)


@pytest.mark.parametrize("half", [0, 1])
def test_the_halves_of_a_transfer_go_together(
    books: Books, account: Account, trust: BankAccount, half: int
) -> None:
    books.bank()
    books.payment(trust, "100", account)
    invoice = books.invoice(account, of="60", use_trust=True)
    moved = sorted(books.all(Payment, method="Transfer"), key=lambda payment: payment.number)
    books.remove(moved[half])
    assert books.all(Payment, method="Transfer") == []
    assert books.fresh(invoice).paid == 0
    books.check()
    books.put(invoice, **books.body_of(invoice), use_trust=True)
    assert len(books.all(Payment, method="Transfer")) == 2
    books.remove(invoice)
    assert books.all(Payment, method="Transfer") == []  # without its invoice the money is the client's again
    books.check()
