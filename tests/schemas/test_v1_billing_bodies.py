"""Bodies of invoices, payments and expenses that clients of v1 send."""

from decimal import Decimal
from typing import Any

import pytest
from marshmallow import ValidationError

from schemas import v1
from schemas.base import Shape, texts_by_field

ID, OTHER, BANK = (f"{number}f6a4c1e-9d1b-4c0a-8f2e-5b7d3a9c1e42" for number in range(1, 4))
INVOICE = {"accountGuid": ID, "date": "2026-04-30"}
PAYMENT = {"accountGuid": ID, "bankAccountGuid": BANK, "date": "2026-04-30", "amount": 100}
EXPENSE = {"projectGuid": ID, "date": "2026-04-30", "amount": 12.5, "qty": 2}


def test_an_invoice_needs_a_date_and_the_rest_has_defaults() -> None:
    loaded = v1.SaleDocumentDTO_Detail().load(INVOICE)
    assert (loaded["account_id"], loaded["invoice_type"], loaded["lines"]) == (ID, "Sale", None)
    assert (loaded["discount_percent"], loaded["number"], loaded["currency_code"]) == (0, None, None)
    assert (loaded["use_credit"], loaded["use_trust"]) == (False, False)
    assert (loaded["refund_method"], loaded["refund_bank_account_id"]) == (None, None)


def test_the_commands_of_an_invoice_are_loaded() -> None:
    loaded = v1.SaleDocumentDTO_Detail().load(
        INVOICE
        | {"isUseCreditToPayBalance": True, "isUseTrustToPayBalance": True}
        | {"refundPaymentMethod": "check", "refundPaymentBankAccountGuid": BANK}
    )
    assert (loaded["use_credit"], loaded["use_trust"]) == (True, True)
    assert (loaded["refund_method"], loaded["refund_bank_account_id"]) == ("Check", BANK)


def test_a_line_of_an_invoice_loads_into_columns_and_lists_of_ids() -> None:
    line = {
        "qty": -1,
        "price": "99.5",
        "name": "Discount",
        "type": "regularItem",
        "tax1Data": {"name": "VAT", "rate": 8.25, "amount": 5},
        "timeEntriesGuids": f"{ID},{OTHER}",
        "expensesGuids": "",
        "timeEntries": [{"guid": BANK}],
        "total": 5,
        "guid": ID,
    }
    [loaded] = v1.SaleDocumentDTO_Detail().load(INVOICE | {"items": [line]})["lines"]
    given = {name: value for name, value in loaded.items() if value not in (None, [], False)}
    assert given == {
        "id": ID,
        "quantity": -1,
        "rate": Decimal("99.5"),
        "item_name": "Discount",
        "kind": "FlatFee",
        "tax1_name": "VAT",
        "tax1_rate": Decimal("8.25"),
        "time_entry_ids": [ID, OTHER],
    }
    assert (loaded["expense_ids"], loaded["flat_fee_ids"], loaded["tax2_is_compound"]) == ([], [], False)


def test_a_payment_names_the_invoices_it_is_for() -> None:
    applied = {"guid": OTHER, "amount": 60, "saleDocument": {"guid": ID, "number": 4}, "payment": None}
    loaded = v1.PaymentDTO_Detail().load(PAYMENT | {"saleDocumentPayments": [applied]})
    assert loaded["applications"] == [{"invoice_id": ID, "amount": 60}]
    assert (loaded["method"], loaded["surcharge"], loaded["refund_of_id"]) == ("Other", 0, None)
    assert "number" not in loaded


def test_a_payment_is_put_where_the_bank_account_it_shows_is() -> None:
    shown = {name: value for name, value in PAYMENT.items() if name != "bankAccountGuid"}
    loaded = v1.PaymentDTO_Detail().load(shown | {"bankAccount": {"guid": BANK, "name": "Main"}})
    assert loaded["bank_account_id"] == BANK


def test_an_expense_is_an_amount_so_many_times() -> None:
    loaded = v1.ExpenseDTO_Detail().load(
        EXPENSE | {"accountingAccount": {"guid": OTHER}, "utbmsCode": {"code": "E101"}, "totalAmount": 1}
    )
    assert (loaded["price"], loaded["quantity"]) == (Decimal("12.5"), 2)
    assert (loaded["expense_category_id"], loaded["task_code"]) == (OTHER, "E101")
    assert (loaded["cost_type"], loaded["is_billable"], loaded["billed_by_user_id"]) == (
        "SoftCost",
        True,
        None,
    )
    assert "total" not in loaded


@pytest.mark.parametrize(
    ("shape", "body", "messages"),
    [
        (v1.SaleDocumentDTO_Detail, {}, {"date": ["Missing data for required field."]}),
        (
            v1.SaleDocumentDTO_Detail,
            INVOICE | {"type": "Quote", "expDate": "2026-05-01", "isCarryForwardBalance": True},
            {
                "type": ["Quotes are not supported."],
                "expDate": ["Quotes are not supported."],
                "isCarryForwardBalance": ["What is unpaid of other invoices is not carried forward."],
            },
        ),
        (
            v1.SaleDocumentDTO_Detail,
            INVOICE | {"discountPercent": 101},
            {"discountPercent": ["Must be greater than or equal to 0 and less than or equal to 100."]},
        ),
        (
            v1.SaleDocumentDTO_Detail,
            INVOICE | {"items": [{"timeEntriesGuids": "x", "type": "InterestItem", "chartOfAccountId": 5}]},
            {
                "items[0].timeEntriesGuids": ["Not a valid GUID."],
                "items[0].type": ["Must be one of: RegularItem, TimeEntryItem, ExpenseItem."],
                "items[0].chartOfAccountId": ["There is no such account in the chart of accounts."],
            },
        ),
        (
            v1.PaymentDTO_Detail,
            {},
            {name: ["Missing data for required field."] for name in ("bankAccountGuid", "amount", "date")},
        ),
        (
            v1.PaymentDTO_Detail,
            PAYMENT | {"saleDocumentPayments": [{"amount": 5}, {"saleDocument": {"guid": ID}}]},
            {
                "saleDocumentPayments[0].saleDocument": ["Missing data for required field."],
                "saleDocumentPayments[1].amount": ["Missing data for required field."],
            },
        ),
        (
            v1.PaymentDTO_Detail,
            PAYMENT | {"currencyCode": "$", "checkPayee": {"guid": ID}},
            {
                "currencyCode": ["Must be three letters, such as USD."],
                "checkPayee": ["The payee of a check is a name, not an account."],
            },
        ),
        (
            v1.ExpenseDTO_Detail,
            EXPENSE | {"hardCostPaymentNotes": "x", "primaryReceiptGuid": ID},
            {
                "hardCostPaymentNotes": ["How a vendor was paid is not kept with the expense."],
                "primaryReceiptGuid": ["There is no such receipt."],
            },
        ),
    ],
)
def test_a_bad_body_is_told_field_by_field(shape: type[Shape], body: Any, messages: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        shape().load(body)
    assert texts_by_field(caught.value.messages) == messages
