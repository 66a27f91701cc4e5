"""Bodies that clients of v1 send."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from marshmallow import ValidationError

from schemas import v1
from schemas.base import Shape, texts_by_field

ID, ACCOUNT, USER, OTHER = (f"{number}f6a4c1e-9d1b-4c0a-8f2e-5b7d3a9c1e42" for number in range(1, 5))
ENTRY = {"projectGuid": ID, "userGuid": USER, "date": "2026-04-30", "hours": 1.5}


def refusal(shape: Shape, body: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        shape.load(body)
    return texts_by_field(caught.value.messages)


def test_a_time_entry_needs_four_things_and_the_rest_has_defaults() -> None:
    assert v1.TimeEntryDTO_Detail().load(ENTRY) == {
        "id": None,
        "account_id": None,
        "matter_id": ID,
        "billed_by_user_id": USER,
        "item_id": None,
        "activity_id": None,
        "date": dt.datetime(2026, 4, 30, tzinfo=dt.UTC),
        "hours": Decimal("1.5"),
        "rate": None,
        "description": None,
        "private_notes": None,
        "is_billable": True,
        "is_billed": False,
        "task_code": None,
    }
    assert refusal(v1.TimeEntryDTO_Detail(), {}) == {
        name: ["Missing data for required field."] for name in ENTRY
    }


def test_a_time_entry_loads_back_as_it_was_received() -> None:
    user = {"guid": USER, "displayName": "Jo Roe", "name": "Jo Roe", "timeZoneId": None}
    received = {
        "name": "Call",
        "accountGuid": ACCOUNT,
        "projectGuid": ID,
        "lastModifiedDate": "2026-05-01T00:00:00",
        "lastModifiedBy": user,
        "activity": {"guid": OTHER, "name": "Call", "type": "Call"},
        "activityGuid": OTHER,
        "productGuid": None,
        "utbmsCodeId": None,
        "userGuid": USER,
        "isBillable": True,
        "isBilled": False,
        "isTimeEntryDateLimited": False,
        "accountTags": [{"name": "VIP"}],
        "projectTags": [],
        "account": {"nameAndNumber": "Doe (1)", "guid": ACCOUNT, "utbmsIsEnabled": False, "id": 1},
        "project": {"nameAndNumber": "Doe (1)", "guid": ID, "accountGuid": ACCOUNT, "id": 1},
        "user": user,
        "product": None,
        "utbmsCode": {"name": "Fact Investigation", "code": "L110"},
        "description": "Call",
        "notes": "Was long",
        "date": "2026-04-30T07:00:00",
        "hours": 2.0,
        "hourlyRate": 100.0,
        "total": 200.0,
        "createdDate": "2026-05-01T00:00:00",
        "createdBy": user,
        "status": "Billable",
        "saleDocumentItem": {"saleDocument": {"guid": ID, "number": 1}, "guid": ID, "name": "Advice"},
        "guid": ID,
    }
    assert list(received) == [field.data_key for field in v1.TimeEntryDTO_Detail().fields.values()]
    assert v1.TimeEntryDTO_Detail().load(received) == {
        "id": ID,
        "account_id": ACCOUNT,
        "matter_id": ID,
        "billed_by_user_id": USER,
        "item_id": None,
        "activity_id": OTHER,
        "date": dt.datetime(2026, 4, 30, 7, tzinfo=dt.UTC),
        "hours": Decimal(2),
        "rate": Decimal(100),
        "description": "Call",
        "private_notes": "Was long",
        "is_billable": True,
        "is_billed": False,
        "task_code": "L110",
    }


@pytest.mark.parametrize(
    ("sent", "column", "loaded"),
    [
        ({"accountGuid": ACCOUNT}, "account_id", ACCOUNT),
        ({"account": {"guid": ACCOUNT, "nameAndNumber": "Doe (1)"}}, "account_id", ACCOUNT),
        ({"accountGuid": OTHER, "account": {"guid": ACCOUNT}}, "account_id", OTHER),
        ({"accountGuid": None, "account": {"guid": ACCOUNT}}, "account_id", None),
        ({"account": None}, "account_id", None),
        ({"originatedBy": {"guid": USER}}, "originated_by_id", USER),
        ({"assignedTo": [{"guid": USER}]}, "assigned_users", [USER]),
        ({"assignedTo": [{"guid": USER}], "assignedToGuids": [OTHER]}, "assigned_users", [OTHER]),
        ({"assignedTo": [{"guid": USER}], "assignedToGuids": []}, "assigned_users", []),
        ({"assignedTo": [{"guid": USER}], "assignedToGuids": None}, "assigned_users", [USER]),
        ({"tags": [{"name": "VIP"}]}, "tags", ["VIP"]),
        ({"tags": [{"name": "VIP"}], "tagNames": ["Old"]}, "tags", ["Old"]),
        ({"tags": [{"name": "VIP"}], "tagNames": None}, "tags", ["VIP"]),
        ({"tags": None}, "tags", []),
        ({"invoiceMatterRecipients": [{"guid": ID}]}, "invoice_recipients", [ID]),
        ({"usersFollowing": [{"guid": USER}]}, "followers", [USER]),
        ({}, "status", "Open"),
        ({}, "rate_type", "UserRate"),
        ({"accountTags": [{"name": "VIP"}], "tenantRefNumber": 9}, "number", None),
    ],
)
def test_a_project_is_set_by_guid_or_by_what_it_shows(sent: Any, column: str, loaded: Any) -> None:
    assert v1.ProjectDTO_Detail().load({"name": "Doe v. Roe", **sent})[column] == loaded


def test_an_account_keeps_its_addresses_in_its_own_columns() -> None:
    address = {"name": "Home", "address1": "Main St 1", "city": "Miami", "postalCode": "33161"}
    loaded = v1.AccountDTO_Detail().load({"name": "Acme", "billingAddress": address, "currencyCode": "usd"})
    assert loaded["company_name"] == "Acme"
    assert loaded["currency_code"] == "USD"
    assert (loaded["address_name"], loaded["address_street_1"]) == ("Home", "Main St 1")
    assert (loaded["address_zip_code"], loaded["address_state"]) == ("33161", None)
    assert loaded["shipping_city"] is None
    assert loaded["shows_payments"] is False


def test_an_account_carries_its_contacts() -> None:
    contact = {"guid": ID, "firstName": "Jane", "office": "202-555-0101", "ext": "9", "type": "contact"}
    loaded = v1.AccountDTO_Detail().load({"primaryContact": contact, "contacts": [{"lastName": "Roe"}]})
    assert loaded["primary_contact"]["id"] == ID
    assert (loaded["primary_contact"]["phone_work"], loaded["primary_contact"]["phone_extension"]) == (
        "202-555-0101",
        "9",
    )
    assert [other["last_name"] for other in loaded["other_contacts"]] == ["Roe"]


def test_custom_field_values_are_set_by_what_they_show() -> None:
    court = {"guid": ID, "name": "Court", "valueType": "TextBox", "objectType": "Project"}
    shown = {"guid": OTHER, "valueString": "Southern", "valueContact": {"guid": USER}, "customField": court}
    loaded = v1.ProjectDTO_Detail().load({"name": "Doe v. Roe", "customFieldValues": [shown]})
    assert loaded["custom_field_values"] == [
        {
            "custom_field_id": ID,
            "value_string": "Southern",
            "value_number": None,
            "value_date_time": None,
            "value_boolean": False,
            "value_contact_id": USER,
        }
    ]


PROJECT, COMPANY = {"name": "Doe v. Roe"}, {"name": "Acme"}


@pytest.mark.parametrize(
    ("shape", "body", "messages"),
    [
        (
            v1.AccountDTO_Detail,
            {},
            {"primaryContact": ["An account needs at least one contact or a company name."]},
        ),
        (
            v1.AccountDTO_Detail,
            COMPANY | {"currencyCode": "US1"},
            {"currencyCode": ["Must be three letters, such as USD."]},
        ),
        (
            v1.AccountDTO_Detail,
            COMPANY | {"billingAddress": {"city": 5}},
            {"billingAddress.city": ["Not a valid string."]},
        ),
        (
            v1.AccountDTO_Detail,
            COMPANY | {"defaultChartOfAccountGuid": ID},
            {"defaultChartOfAccountGuid": ["There is no such account in the chart of accounts."]},
        ),
        (
            v1.AccountDTO_Detail,
            COMPANY | {"contacts": [{"photoGuid": ID, "type": "Lead"}]},
            {
                "contacts[0].photoGuid": ["There is no such photo."],
                "contacts[0].type": ["Leads are not supported; the type must be Contact."],
            },
        ),
        (
            v1.ProjectDTO_Detail,
            PROJECT | {"customFieldValues": [{"valueString": "x"}], "presetProjectRateGuid": ID},
            {
                "customFieldValues[0].customField": ["Missing data for required field."],
                "presetProjectRateGuid": ["There is no such preset rate."],
            },
        ),
        (
            v1.ProjectDTO_Detail,
            PROJECT | {"saleDocumentTemplateGuid": ID},
            {"saleDocumentTemplateGuid": ["There is no such document template."]},
        ),
        (
            v1.ProjectDTO_Detail,
            PROJECT | {"hourlyRate": -1},
            {"hourlyRate": ["Must be greater than or equal to 0."]},
        ),
        (v1.ProjectDTO_Detail, PROJECT | {"account": {"guid": "x"}}, {"account.guid": ["Not a valid GUID."]}),
        (
            v1.ProjectDTO_Detail,
            PROJECT | {"tags": [{}]},
            {"tags[0].name": ["Missing data for required field."]},
        ),
        (v1.ProjectDTO_Detail, PROJECT | {"assignedTo": 5}, {"assignedTo": ["Not a valid list."]}),
        (
            v1.TimeEntryDTO_Detail,
            ENTRY | {"utbmsCodeId": 5},
            {"utbmsCodeId": ["There is no such UTBMS code; send utbmsCode.code instead."]},
        ),
    ],
)
def test_a_bad_body_is_told_field_by_field(shape: type[Shape], body: Any, messages: Any) -> None:
    assert refusal(shape(), body) == messages
