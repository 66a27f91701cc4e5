"""Whole objects of v2 as a GET gives them, and what they load as when they come back."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from schemas import v2
from schemas.base import Shape
from schemas.fields import wire_name

ID, ACCOUNT, MATTER, USER, OTHER = (f"{number}f6a4c1e-9d1b-4c0a-8f2e-5b7d3a9c1e42" for number in range(1, 6))
DAY, MOMENT = "2026-04-30T07:00:00", dt.datetime(2026, 4, 30, 7, tzinfo=dt.UTC)

ACCOUNT_REF = {"id": ACCOUNT, "display_name": "Doe, Jane"}
MATTER_REF = {"id": MATTER, "display_name": "1 - Doe"}
USER_REF = {"id": USER, "display_name": "Jo Roe", "email_address": "jo@example.com"}
CONTACT_REF = {"account_ref": ACCOUNT_REF, "id": OTHER, "display_name": "Doe, Jane"}
STAMPS = {"created_at": DAY, "updated_at": DAY}
WHERE = {"account_ref": ACCOUNT_REF, "matter_ref": MATTER_REF}
WHERE_COLUMNS = {"id": ID, "account_id": ACCOUNT, "matter_id": MATTER}
BILLING = {"is_billable": True, "is_billed": False, "description": "Copies", "private_notes": None}
SENDER = {"address": "jo@example.com", "display_name": "Jo Roe"}
SUBJECT = {"id": ID, **WHERE, "subject": "Lease", "tags": ["hot"], **STAMPS}
SUBJECT_COLUMNS = {**WHERE_COLUMNS, "subject": "Lease", "tags": ["hot"]}

UNSET_IN_MESSAGE = dict.fromkeys(
    ["external_conversation_id", "firm_text_phone_number", "firm_location_name", "user_name", "user_email"]
)
FIELD = {"value_type": "DropDownList", "dropdown_list_values": "N,S", "help_text": None, "tooltip": "?"}
JUDGE = {"id": ID, "name": "Judge", "notes": None}
CARD = {"id": ID, "type": "CreditCard", "name": "Visa"}
UNSET_VALUES = dict.fromkeys(("value_date_time", "value_number", "value_string"))

ROUND_TRIPS: list[tuple[type[Shape], dict[str, Any], dict[str, Any]]] = [
    (
        v2.CallLog,
        {
            **SUBJECT,
            "duration": 0.5,
            "notes": "He agrees",
            "date": DAY,
            "call_direction": "Inbound",
            "assigned_to_users": [USER_REF],
        },
        {
            **SUBJECT_COLUMNS,
            "duration": Decimal("0.5"),
            "description": "He agrees",
            "date": MOMENT,
            "call_direction": "Inbound",
            "assigned_users": [USER],
        },
    ),
    (
        v2.Event,
        {
            **SUBJECT,
            "location": "Court",
            "notes": None,
            "is_all_day": False,
            "start_date_time": DAY,
            "end_date_time": DAY,
            "assigned_to_users": [],
            "assigned_to_contacts": [CONTACT_REF],
        },
        {
            **SUBJECT_COLUMNS,
            "location": "Court",
            "description": None,
            "is_all_day": False,
            "starts_at": MOMENT,
            "ends_at": MOMENT,
            "assigned_users": [],
            "assigned_contacts": [OTHER],
        },
    ),
    (
        v2.Email,
        {
            **SUBJECT,
            "cc": [],
            "to": [{"address": "jane@example.com", "display_name": None}],
            "from": SENDER,
            "body_text": "Dear Jane",
            "body_html": "<p>Dear Jane</p>",
            "external_message_id": None,
            "external_thread_id": "t-1",
            "date": DAY,
            "attachments": [{"id": OTHER, "file_name": "lease.pdf"}],
        },
        {
            **SUBJECT_COLUMNS,
            "copied": [],
            "recipients": [{"address": "jane@example.com", "display_name": None}],
            "sender": SENDER,
            "description": "Dear Jane",
            "body_html": "<p>Dear Jane</p>",
            "external_message_id": None,
            "external_thread_id": "t-1",
            "date": MOMENT,
            "files": [OTHER],
        },
    ),
    (
        v2.Note,
        {**SUBJECT, "note": "Signed", "date": None, "assigned_to_users": [USER_REF]},
        {**SUBJECT_COLUMNS, "description": "Signed", "date": None, "assigned_users": [USER]},
    ),
    (
        v2.Task,
        {
            **SUBJECT,
            "notes": None,
            "priority": None,
            "status": "InProgress",
            "due_date": DAY,
            "assigned_to_users": [],
            "assigned_to_contacts": [],
        },
        {
            **SUBJECT_COLUMNS,
            "description": None,
            "priority": None,
            "status": "InProgress",
            "due_date": MOMENT,
            "assigned_users": [],
            "assigned_contacts": [],
        },
    ),
    (
        v2.Expense,
        {
            "id": ID,
            **BILLING,
            **WHERE,
            "date": DAY,
            "qty": 3.0,
            "price": 0.25,
            "amount": 0.75,
            "billed_by_user_ref": None,
            "expense_category_ref": {"id": OTHER, "name": "Copies", **STAMPS},
            "task_code": "E101",
            **STAMPS,
        },
        {
            **WHERE_COLUMNS,
            **BILLING,
            "date": MOMENT,
            "quantity": Decimal(3),
            "price": Decimal("0.25"),
            "billed_by_user_id": None,
            "expense_category_id": OTHER,
            "task_code": "E101",
        },
    ),
    (
        v2.FlatFee,
        {
            "id": ID,
            **BILLING,
            **WHERE,
            "date": DAY,
            "qty": 1.0,
            "price": 500.0,
            "billed_by_user_ref": USER_REF,
            "item_ref": {"id": OTHER, "name": "Will"},
            **STAMPS,
        },
        {
            **WHERE_COLUMNS,
            **BILLING,
            "date": MOMENT,
            "quantity": Decimal(1),
            "price": Decimal(500),
            "billed_by_user_id": USER,
            "item_id": OTHER,
        },
    ),
    (
        v2.Payment_Detail,
        {
            "refundedAmount": 10.0,
            "id": ID,
            **WHERE,
            "number": 4,
            "date": DAY,
            "total_amount": 100.0,
            "unapplied_amount": 90.0,
            "notes": None,
            "payee": None,
            "to_print": False,
            "check_number": 12,
            "bank_account": {"id": OTHER, "type": "Trust", "name": "IOLTA"},
            **STAMPS,
            "status": "Success",
        },
        {
            **WHERE_COLUMNS,
            "number": 4,
            "date": MOMENT,
            "amount": Decimal(100),
            "notes": None,
            "payee": None,
            "is_to_print": False,
            "check_number": 12,
            "bank_account_id": OTHER,
        },
    ),
    (
        v2.Message,
        {
            "id": ID,
            "sender": USER_REF,
            "contact_id": OTHER,
            "contact": CONTACT_REF,
            **STAMPS,
            "type": "Text",
            "matter_id": MATTER,
            "account_id": ACCOUNT,
            "subject": None,
            "body": "On my way",
            "sent_date": DAY,
            "conversation_id": ID,
            **UNSET_IN_MESSAGE,
            "sent_by_contact": True,
        },
        {
            **WHERE_COLUMNS,
            "sender_id": USER,
            "contact_id": OTHER,
            "type": "Text",
            "subject": None,
            "body": "On my way",
            "sent_at": MOMENT,
            "conversation_id": ID,
            **UNSET_IN_MESSAGE,
            "sent_by_contact": True,
        },
    ),
    (
        v2.File,
        {
            "id": ID,
            **WHERE,
            "activity_ref": {"id": OTHER, "subject": "Lease"},
            "description": None,
            "file_name": "lease.pdf",
            "size": 12,
            "content_type": "application/pdf",
            **STAMPS,
        },
        {**WHERE_COLUMNS, "activity_id": OTHER, "description": None, "file_name": "lease.pdf"},
    ),
    (
        v2.Relationship,
        {**JUDGE, "contact_ref": CONTACT_REF, "matter_ref": MATTER_REF},
        {**JUDGE, "contact_id": OTHER, "matter_id": MATTER},
    ),
    (v2.BankAccount, CARD, CARD),
    (
        v2.Item,
        {"id": ID, "name": "Will", "code": None, "description": None, "rate": 500.0, **STAMPS},
        {"id": ID, "name": "Will", "code": None, "description": None, "rate": Decimal(500)},
    ),
    (v2.ExpenseCategory, {"id": ID, "name": "Copies", **STAMPS}, {"id": ID, "name": "Copies"}),
    (
        v2.CustomField,
        {"id": ID, "label": "Court", **FIELD},
        {"id": ID, "name": "Court", **FIELD},
    ),
    (
        v2.CustomFieldValue,
        {
            "custom_field_ref": {"id": ID, "label": "Judge", "value_type": "Contact"},
            "value_boolean": False,
            "contact_ref": CONTACT_REF,
            **UNSET_VALUES,
        },
        {
            "custom_field_id": ID,
            "value_boolean": False,
            "value_contact_id": OTHER,
            **UNSET_VALUES,
        },
    ),
]


@pytest.mark.parametrize(
    ("shape", "received", "columns"), ROUND_TRIPS, ids=[shape.__name__ for shape, _, _ in ROUND_TRIPS]
)
def test_what_was_received_loads_back(
    shape: type[Shape], received: dict[str, Any], columns: dict[str, Any]
) -> None:
    known = {wire_name(field) for field in shape().fields.values()}
    assert set(received) == known - {"external_id", "external_unique_id"}  # what was there before them
    assert shape().load(received) == columns
