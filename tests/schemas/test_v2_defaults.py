"""Bodies that clients of v2 send for the other resources: their defaults, and what is refused."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from marshmallow import ValidationError

from schemas import v2
from schemas.base import Shape, texts_by_field

ID, OTHER = (f"{number}f6a4c1e-9d1b-4c0a-8f2e-5b7d3a9c1e42" for number in range(1, 3))
DAY, MOMENT = "2026-04-30T07:00:00", dt.datetime(2026, 4, 30, 7, tzinfo=dt.UTC)
CONTACT_REF = {"account_ref": {"id": ID}, "id": OTHER, "display_name": "Doe, Jane"}


def test_a_new_invoice_says_only_what_to_bill() -> None:
    assert v2.Invoice().load({"matter_ref": {"id": OTHER}, "total": 5, "items_expenses": [{}]}) == {
        "account_id": None,
        "matter_id": OTHER,
        "id": None,
        "issue_date": None,
        "due_date": None,
        "invoice_type": "Sale",
    }


def test_a_list_has_the_properties_of_one_by_itself_in_the_same_order() -> None:
    assert list(v2.InvoiceInList().fields) == list(v2.Invoice().fields)
    assert list(v2.EmailInList().fields) == list(v2.Email().fields)


def test_an_email_without_attachments_keeps_its_files() -> None:
    body = {"subject": "Lease", "body_text": ""}
    assert "files" not in v2.Email().load(body)
    assert "files" not in v2.Email().load({**body, "attachments": None})
    assert v2.Email().load({**body, "attachments": []})["files"] == []


def test_the_contact_of_a_message_may_be_given_as_an_object() -> None:
    assert v2.Message().load({"contact": CONTACT_REF})["contact_id"] == OTHER
    assert v2.Message().load({"contact": CONTACT_REF, "contact_id": ID})["contact_id"] == ID


def test_what_is_left_out_has_a_default() -> None:
    assert v2.Task().load({"subject": "Call"})["status"] == "NotCompleted"
    assert v2.Message().load({})["type"] == "Secure"
    assert v2.Payment().load(
        {"date": DAY, "total_amount": "10.005", "bank_account": {"id": ID}, "matter_ref": {"id": OTHER}}
    ) == {
        "id": None,
        "account_id": None,
        "matter_id": OTHER,
        "number": None,
        "date": MOMENT,
        "amount": Decimal("10.00"),
        "notes": None,
        "payee": None,
        "is_to_print": False,
        "check_number": None,
        "bank_account_id": ID,
    }


MISSING = ["Missing data for required field."]


@pytest.mark.parametrize(
    ("shape", "body", "messages"),
    [
        (v2.CallLog, {}, {"subject": MISSING}),
        (v2.CallLog, {"subject": " "}, {"subject": ["Must not be blank."]}),
        (v2.Note, {"subject": "x" * 256}, {"subject": ["Longer than maximum length 255."]}),
        (
            v2.Task,
            {"subject": "x", "status": "Done"},
            {"status": ["Must be one of: NotCompleted, InProgress, Completed, Conditional."]},
        ),
        (
            v2.Event,
            {"subject": "x"},
            {"is_all_day": MISSING, "start_date_time": MISSING, "end_date_time": MISSING},
        ),
        (
            v2.Email,
            {"subject": "x", "body_text": "y", "to": [{"address": ""}], "from": {}},
            {"to[0].address": ["Must not be blank."], "from.address": MISSING},
        ),
        (v2.Expense, {}, {"qty": MISSING, "price": MISSING, "matter_ref": MISSING}),
        (
            v2.FlatFee,
            {"date": DAY, "qty": 100_000, "price": -1, "matter_ref": {"id": ID}},
            {
                "qty": ["Must be less than 100000."],
                "price": ["Must be greater than or equal to 0."],
                "billed_by_user_ref": MISSING,
                "item_ref": MISSING,
            },
        ),
        (
            v2.BankAccount,
            {"type": "Cash", "name": "x"},
            {"type": ["Must be one of: Operating, Trust, CreditCard."]},
        ),
        (v2.Payment_Detail, {}, {"date": MISSING, "total_amount": MISSING, "bank_account": MISSING}),
        (v2.Relationship, {}, {"contact_ref": MISSING, "matter_ref": MISSING, "name": MISSING}),
        (v2.File, {"file_name": "a\0b"}, {"file_name": ["Null characters are not allowed."]}),
        (v2.CustomField, {"label": ""}, {"label": ["Must not be blank."], "value_type": MISSING}),
        (v2.Message, {"contact": {"id": 5}}, {"contact.id": ["Not a valid GUID."]}),
    ],
)
def test_a_bad_body_is_told_field_by_field(shape: type[Shape], body: Any, messages: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        shape().load(body)
    assert texts_by_field(caught.value.messages) == messages
