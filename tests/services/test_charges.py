"""What time entries, expenses and flat fees have in common."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from app.errors import InvalidBody
from app.models import Activity, Expense, FlatFee, Invoice, InvoiceLine, Item, TimeEntry
from app.models.invoices import TIME_LINE
from app.services import expenses, flat_fees, matters, time_entries
from app.services.charges import total
from app.services.records import Rules
from tests.services.records_of_a_firm import Desk

DAY = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
KINDS = [
    pytest.param(TimeEntry, time_entries.RULES, "hours", "rate", id="time entry"),
    pytest.param(Expense, expenses.RULES, "quantity", "price", id="expense"),
    pytest.param(FlatFee, flat_fees.RULES, "quantity", "price", id="flat fee"),
]


def body(desk: Desk, model: Any, matter: Any, **values: Any) -> dict[str, Any]:
    """What a door hands over for a charge of this kind."""
    common = {"matter_id": matter.id, "date": DAY, "billed_by_user_id": desk.user_id, "description": "Work"}
    common |= {"is_billable": True, "is_billed": False}
    if model is FlatFee:
        item = Item(firm_id=desk.firm_id, name="Filing", rate=Decimal(90))
        desk.session.add(item)
        desk.session.flush()
        common["item_id"] = item.id
    names = ("hours", "rate") if model is TimeEntry else ("quantity", "price")
    return {**common, names[0]: Decimal("1.5"), names[1]: Decimal(200), **values}


@pytest.mark.parametrize(
    ("quantity", "price", "comes_to"),
    [("0.25", "350.50", "87.62"), ("0.75", "350.50", "262.88"), ("1", "0.005", "0.00"), ("-1", "3", "-3.00")],
)
def test_a_total_is_rounded_half_to_even(quantity: str, price: str, comes_to: str) -> None:
    assert total(Decimal(quantity), Decimal(price)) == Decimal(comes_to)


@pytest.mark.parametrize(("model", "rules", "quantity", "price"), KINDS)
class TestEveryKind:
    def test_it_comes_to_quantity_times_price(
        self, desk: Desk, model: Any, rules: Rules, quantity: str, price: str
    ) -> None:
        given = body(desk, model, desk.matter(desk.account()))
        charge = desk.create(model, rules, **given)
        assert charge.total == Decimal(300)
        desk.replace(charge, rules, **{**given, quantity: Decimal("0.3333"), price: Decimal("99.99")})
        assert charge.total == Decimal("33.33")

    def test_too_large_a_total_is_refused(
        self, desk: Desk, model: Any, rules: Rules, quantity: str, price: str
    ) -> None:
        large = {quantity: Decimal("99999999.9999"), price: Decimal("99999999.9999")}
        given = body(desk, model, desk.matter(desk.account()), **large)
        with pytest.raises(InvalidBody) as refused:
            desk.create(model, rules, **given)
        assert list(refused.value.fields) == [price]

    def test_it_is_for_the_account_of_its_matter(
        self, desk: Desk, model: Any, rules: Rules, quantity: str, price: str
    ) -> None:
        account, other = desk.account(), desk.account("Other")
        matter = desk.matter(account)
        assert desk.create(model, rules, **body(desk, model, matter)).account_id == account.id
        with pytest.raises(InvalidBody) as refused:
            desk.create(model, rules, **body(desk, model, matter, account_id=other.id))
        assert list(refused.value.fields) == ["account_id"]

    def test_it_needs_an_account(
        self, desk: Desk, model: Any, rules: Rules, quantity: str, price: str
    ) -> None:
        matter, account = desk.matter(), desk.account()
        given = body(desk, model, matter)
        with pytest.raises(InvalidBody) as refused:
            desk.create(model, rules, **given)
        assert list(refused.value.fields) == ["account_id"]
        assert desk.create(model, rules, **given, account_id=account.id).account_id == account.id

    def test_it_goes_with_its_matter_to_another_account(
        self, desk: Desk, model: Any, rules: Rules, quantity: str, price: str
    ) -> None:
        account, other = desk.account(), desk.account("Other")
        matter = desk.matter(account)
        given = body(desk, model, matter, account_id=account.id)
        charge = desk.create(model, rules, **given)
        moved = {"name": matter.name, "status": "Open", "rate_type": "UserRate", "account_id": other.id}
        desk.replace(matter, matters.RULES, **moved)
        assert charge.account_id == other.id
        # A client that read it before the move may send it back.
        desk.replace(charge, rules, **{**given, "account_id": other.id})
        assert charge.account_id == other.id

    def test_sent_back_unchanged_it_does_not_change(
        self, desk: Desk, model: Any, rules: Rules, quantity: str, price: str
    ) -> None:
        given = body(desk, model, desk.matter(desk.account()))
        if model is not FlatFee:
            given["task_code"] = "l110"
        charge = desk.create(model, rules, **given)
        whole = {name: getattr(charge, name) for name in given}
        assert desk.unchanged(charge, rules, **whole, account_id=charge.account_id)

    def test_on_an_invoice_its_price_stays(
        self, desk: Desk, model: Any, rules: Rules, quantity: str, price: str
    ) -> None:
        given = body(desk, model, desk.matter(desk.account()), is_billed=True)
        charge = desk.create(model, rules, **given)
        charge.line_id = line_of(desk, charge)
        desk.session.flush()
        desk.replace(
            charge, rules, **{**given, "description": "Better said", "account_id": charge.account_id}
        )
        assert charge.description == "Better said"
        if model is not Expense:
            desk.replace(charge, rules, **{**given, price: None})
            assert getattr(charge, price) == Decimal(200)
        for name, value in ((quantity, Decimal(2)), (price, Decimal(1)), ("is_billed", False)):
            with pytest.raises(InvalidBody) as refused:
                desk.replace(charge, rules, **{**given, name: value})
            assert name in refused.value.fields

    def test_on_an_invoice_it_is_not_deleted(
        self, desk: Desk, model: Any, rules: Rules, quantity: str, price: str
    ) -> None:
        charge = desk.create(model, rules, **body(desk, model, desk.matter(desk.account())))
        charge.line_id = line_of(desk, charge)
        desk.session.flush()
        with pytest.raises(InvalidBody):
            desk.delete(charge, rules)
        charge.line_id = None
        desk.delete(charge, rules)
        assert charge.deleted_at is not None

    def test_the_firm_may_mark_it_as_billed_by_hand(
        self, desk: Desk, model: Any, rules: Rules, quantity: str, price: str
    ) -> None:
        given = body(desk, model, desk.matter(desk.account()))
        charge = desk.create(model, rules, **given)
        desk.replace(charge, rules, **{**given, "is_billed": True})
        assert charge.is_billed


def line_of(desk: Desk, charge: Any) -> str:
    """The id of an invoice line that bills the charge."""
    money = {"subtotal": charge.total, "discount": Decimal(0), "total": charge.total}
    invoice = Invoice(
        firm_id=desk.firm_id, id=str(uuid4()), number=1, account_id=charge.account_id, issue_date=DAY, **money
    )
    desk.session.add(invoice)
    desk.session.flush()
    line = InvoiceLine(
        firm_id=desk.firm_id, id=str(uuid4()), invoice_id=invoice.id, row_index=0, kind=TIME_LINE,
        quantity=Decimal(1), rate=charge.total, tax1_amount=Decimal(0), tax2_amount=Decimal(0), **money,
    )  # fmt: skip
    desk.session.add(line)
    desk.session.flush()
    return line.id


def test_what_is_to_do_goes_with_its_matter_too(desk: Desk) -> None:
    account, other = desk.account(), desk.account("Other")
    matter = desk.matter(account)
    task = Activity(
        firm_id=desk.firm_id, type="Task", subject="Call", matter_id=matter.id, account_id=account.id
    )
    desk.session.add(task)
    moved = {"name": matter.name, "status": "Open", "rate_type": "UserRate", "account_id": other.id}
    desk.replace(matter, matters.RULES, **moved)
    assert task.account_id == other.id


def test_an_expense_without_a_date_is_of_today(desk: Desk) -> None:
    given = body(desk, Expense, desk.matter(desk.account()), date=None)
    expense = desk.create(Expense, expenses.RULES, **given)
    today = dt.datetime.now(dt.UTC).date()
    assert abs((expense.date.date() - today).days) <= 1
    assert expense.date.time() == dt.time()
    expense.date = DAY
    desk.session.flush()
    desk.replace(expense, expenses.RULES, **given)
    assert expense.date == DAY


def test_an_expense_needs_nobody(desk: Desk) -> None:
    given = body(desk, Expense, desk.matter(desk.account()), billed_by_user_id=None, task_code="e101")
    expense = desk.create(Expense, expenses.RULES, **given)
    assert (expense.billed_by_user_id, expense.task_name) == (None, "Copying")


def test_a_flat_fee_takes_the_price_of_its_item(desk: Desk) -> None:
    given = body(desk, FlatFee, desk.matter(desk.account()), price=None)
    fee = desk.create(FlatFee, flat_fees.RULES, **given)
    assert (fee.price, fee.total) == (Decimal(90), Decimal(135))


def test_a_flat_fee_without_any_price_is_refused(desk: Desk) -> None:
    given = body(desk, FlatFee, desk.matter(desk.account()), price=None)
    desk.session.get_one(Item, (desk.firm_id, given["item_id"])).rate = None
    with pytest.raises(InvalidBody) as refused:
        desk.create(FlatFee, flat_fees.RULES, **given)
    assert refused.value.fields == {"price": ["The item has no price; give one."]}
