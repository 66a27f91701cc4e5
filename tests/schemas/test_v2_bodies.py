"""Bodies that clients of v2 send."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from marshmallow import ValidationError

from schemas import v2
from schemas.base import Shape, texts_by_field

ID, ACCOUNT, USER, ITEM = (f"{number}f6a4c1e-9d1b-4c0a-8f2e-5b7d3a9c1e42" for number in range(1, 5))

ENTRY = {
    "date": "2026-04-30T07:00:00",
    "hours": 1.25,
    "matter_ref": {"id": ID},
    "billed_by_user_ref": {"id": USER},
}
CONTACT = {
    "id": ID,
    "account_ref": {"id": ACCOUNT, "display_name": "Doe, Jane"},
    "is_primary_contact": True,
    "display_name": "Doe, Jane",
    "first_name": "Jane",
    "middle_name": None,
    "last_name": "Doe",
    "phone_mobile": "202-555-0197",
    "phone_home": None,
    "phone_fax": None,
    "phone_work": None,
    "email": "jane@example.com",
    "notes": "<p>VIP</p>",
    "custom_field_values": [],
    "status": "Active",
}
CONTACT_COLUMNS = {
    "id": ID,
    "first_name": "Jane",
    "middle_name": None,
    "last_name": "Doe",
    "phone_mobile": "202-555-0197",
    "phone_home": None,
    "phone_fax": None,
    "phone_work": None,
    "email": "jane@example.com",
    "notes": "<p>VIP</p>",
    "custom_field_values": [],
}


def refusal(shape: Shape, body: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        shape.load(body)
    return texts_by_field(caught.value.messages)


def test_a_time_entry_needs_four_things_and_the_rest_has_defaults() -> None:
    assert v2.TimeEntry().load(ENTRY) == {
        "id": None,
        "is_billable": True,
        "is_billed": False,
        "date": dt.datetime(2026, 4, 30, 7, tzinfo=dt.UTC),
        "hours": Decimal("1.25"),
        "rate": None,
        "description": None,
        "private_notes": None,
        "account_id": None,
        "matter_id": ID,
        "billed_by_user_id": USER,
        "item_id": None,
        "task_code": None,
    }
    assert refusal(v2.TimeEntry(), {}) == {name: ["Missing data for required field."] for name in ENTRY}


def test_a_time_entry_loads_back_as_it_was_received() -> None:
    received = {
        "id": ID,
        "is_billable": False,
        "is_billed": True,
        "date": "2026-04-30T07:00:00.25",
        "hours": 1.5,
        "rate": 250.0,
        "description": "Call",
        "private_notes": None,
        "account_ref": {"id": ACCOUNT, "display_name": "Doe, Jane"},
        "matter_ref": {"id": ID, "display_name": "1 - Doe"},
        "billed_by_user_ref": {"id": USER, "display_name": "Jo Roe", "email_address": "jo@example.com"},
        "item_ref": {"id": ITEM, "name": "Research"},
        "task_code": "L110",
        "created_at": "2026-05-01T00:00:00",
        "updated_at": "2026-05-01T00:00:00",
    }
    assert v2.TimeEntry().load(received) == {
        "id": ID,
        "is_billable": False,
        "is_billed": True,
        "date": dt.datetime(2026, 4, 30, 7, 0, 0, 250_000, tzinfo=dt.UTC),
        "hours": Decimal("1.5"),
        "rate": Decimal(250),
        "description": "Call",
        "private_notes": None,
        "account_id": ACCOUNT,
        "matter_id": ID,
        "billed_by_user_id": USER,
        "item_id": ITEM,
        "task_code": "L110",
    }


def test_a_matter_loads_back_as_it_was_received() -> None:
    received = {
        "id": ID,
        "account_ref": {"id": ACCOUNT, "display_name": "Doe, Jane"},
        "number": 7,
        "display_name": "7 - Doe v. Roe",
        "name": "Doe v. Roe",
        "notes": None,
        "rate": "Flat Rate",
        "open_date": "2026-04-30T07:00:00",
        "close_date": None,
        "statute_of_limitation_date": None,
        "tags": ["Urgent"],
        "status": "Open",
        "assigned_to_users": [{"id": USER, "display_name": "Jo Roe", "email_address": "jo@example.com"}],
        "custom_field_values": [],
        "created_at": "2026-05-01T00:00:00",
        "updated_at": "2026-05-01T00:00:00",
    }
    assert v2.Matter().load(received) == {
        "id": ID,
        "account_id": ACCOUNT,
        "number": 7,
        "name": "Doe v. Roe",
        "notes": None,
        "rate_type": "FlatRate",
        "open_date": dt.datetime(2026, 4, 30, 7, tzinfo=dt.UTC),
        "close_date": None,
        "statute_of_limitation_date": None,
        "tags": ["Urgent"],
        "status": "Open",
        "assigned_users": [USER],
        "custom_field_values": [],
    }


def test_a_short_matter_is_filled_with_defaults() -> None:
    loaded = v2.Matter().load({"name": "Doe v. Roe", "status": "open", "rate": None, "tags": None})
    assert loaded["rate_type"] == "UserRate"
    assert loaded["status"] == "Open"
    assert loaded["tags"] == loaded["assigned_users"] == []


def test_an_account_carries_its_contacts() -> None:
    loaded = v2.Account().load({"number": 3, "primary_contact": CONTACT, "other_contacts": [CONTACT]})
    assert loaded["primary_contact"] == CONTACT_COLUMNS
    assert loaded["other_contacts"] == [CONTACT_COLUMNS]
    assert set(loaded) == {
        *(
            "id",
            "number",
            "company_name",
            "notes",
            "tags",
            "assigned_users",
            "primary_contact",
            "other_contacts",
            "custom_field_values",
        ),
        *(f"address_{part}" for part in ("street_1", "street_2", "city", "state", "country", "zip_code")),
    }


@pytest.mark.parametrize("body", [{}, {"company_name": "  "}, {"primary_contact": None, "number": 5}])
def test_an_account_needs_somebody(body: Any) -> None:
    text = "An account needs at least one contact or a company name."
    assert refusal(v2.Account(), body) == {"primary_contact": [text]}


@pytest.mark.parametrize(
    ("shape", "body", "messages"),
    [
        (v2.TimeEntry, ENTRY | {"hours": -1}, {"hours": ["Must be greater than or equal to 0."]}),
        (v2.TimeEntry, ENTRY | {"hours": 10000}, {"hours": ["Must be less than 10000."]}),
        (v2.TimeEntry, ENTRY | {"rate": "much"}, {"rate": ["Not a valid number."]}),
        (v2.TimeEntry, ENTRY | {"matter_ref": {"id": 5}}, {"matter_ref.id": ["Not a valid GUID."]}),
        (v2.TimeEntry, ENTRY | {"matter_ref": None}, {"matter_ref": ["Field may not be null."]}),
        (v2.TimeEntry, ENTRY | {"item_ref": {}}, {"item_ref.id": ["Missing data for required field."]}),
        (v2.Matter, {"name": "", "status": "Open"}, {"name": ["Must not be blank."]}),
        (
            v2.Matter,
            {"name": "x" * 256, "status": "Gone"},
            {
                "name": ["Longer than maximum length 255."],
                "status": ["Must be one of: Closed, Pending, Open, Archived."],
            },
        ),
        (
            v2.Matter,
            {"name": "x", "status": "Open", "rate": "Free"},
            {
                "rate": [
                    "Must be one of: Item Price, User Hourly Rate, Matter Hourly Rate, Flat Rate, "
                    "Contingency, Preset Matter Rate."
                ]
            },
        ),
        (
            v2.Account,
            {"company_name": "Acme", "other_contacts": [{"email": "x"}]},
            {"other_contacts[0].email": ["Must be a valid email address."]},
        ),
        (
            v2.Account,
            {"company_name": "Acme", "company_custom_field_values": [{"value_number": "much"}]},
            {
                "company_custom_field_values[0].custom_field_ref": ["Missing data for required field."],
                "company_custom_field_values[0].value_number": ["Not a valid number."],
            },
        ),
        (
            v2.Account,
            {"primary_contact": {"custom_field_values": [5]}},
            {"primary_contact.custom_field_values[0]": ["Must be a JSON object."]},
        ),
        (v2.Account, {"primary_contact": 5}, {"primary_contact": ["Must be a JSON object."]}),
        (v2.Matter, [], {"body": ["Must be a JSON object."]}),
        (v2.Matter, None, {"body": ["Must be a JSON object."]}),
    ],
)
def test_a_bad_body_is_told_field_by_field(shape: type[Shape], body: Any, messages: Any) -> None:
    assert refusal(shape(), body) == messages
