"""Bodies of activities that clients of v1 send: one shape for five types."""

import datetime as dt
from typing import Any

import pytest
from marshmallow import ValidationError

from schemas import v1
from schemas.base import texts_by_field

USER, CONTACT = (f"{number}f6a4c1e-9d1b-4c0a-8f2e-5b7d3a9c1e42" for number in range(1, 3))
SENT, RANG, NOTED = (f"2026-04-{day}T14:00:00" for day in (28, 29, 30))
GROUPS = {
    "emailProperties": {"date": SENT, "from": "a@b.c", "to": "Jo <jo@b.c>, kim@b.c"},
    "callProperties": {"callDateTime": RANG, "callType": "Inbound", "callDuration": 5},
    "noteProperties": {"noteDateTime": NOTED},
}


def load(type: str, **body: Any) -> Any:
    return v1.ActivityDTO_Detail().load({"name": "Hello", "type": type, **body})


@pytest.mark.parametrize(("kind", "day"), [("Email", 28), ("Call", 29), ("Note", 30), ("Task", None)])
def test_the_date_is_that_of_the_properties_of_its_type(kind: str, day: int | None) -> None:
    expected = dt.datetime(2026, 4, day, 14, tzinfo=dt.UTC) if day else None
    assert load(kind, **GROUPS)["date"] == expected


def test_an_email_is_sent_from_and_to_lines_of_addresses() -> None:
    loaded = load("Email", emailProperties=GROUPS["emailProperties"])
    assert (loaded["from_line"], loaded["to_line"]) == ("a@b.c", "Jo <jo@b.c>, kim@b.c")
    assert (loaded["cc_line"], loaded["bcc_line"]) == (None, None)


@pytest.mark.parametrize(
    ("body", "direction"),
    [
        ({"callType": "Outbound"}, "Outbound"),
        ({"callProperties": {"callType": "Inbound"}}, "Inbound"),
        ({"callProperties": {"callType": "Inbound"}, "callType": "Outbound"}, "Inbound"),
        ({"callProperties": {"callDuration": 5}, "callType": "Outbound"}, "Outbound"),
        ({}, None),
    ],
)
def test_a_call_has_its_direction_in_either_place(body: Any, direction: str | None) -> None:
    assert load("Call", **body)["call_direction"] == direction


def test_nothing_but_columns_and_links_is_loaded() -> None:
    loaded = load("Note", **GROUPS)
    assert not {"email_date", "call_date", "note_date", "direction"} & set(loaded)
    assert (loaded["subject"], loaded["duration"], loaded["status"]) == ("Hello", 5, None)


@pytest.mark.parametrize(
    ("body", "link", "members"),
    [
        ({"assignedToUsers": [{"guid": USER}]}, "assigned_users", [USER]),
        ({"assignedToUsersGuids": [USER], "assignedToUsers": []}, "assigned_users", [USER]),
        ({"assignedToContacts": [{"guid": CONTACT}]}, "assigned_contacts", [CONTACT]),
        ({"tagNames": ["hot"]}, "tags", ["hot"]),
        ({"tags": [{"name": "hot"}]}, "tags", ["hot"]),
        (
            {"activityReminders": [{"notificationType": "sms", "timeType": "Day", "time": 1, "guid": USER}]},
            "reminders",
            [{"notification_type": "SMS", "time_type": "Day", "time": 1}],
        ),
    ],
)
def test_lists_load_under_their_links(body: Any, link: str, members: Any) -> None:
    assert load("Task", **body)[link] == members


@pytest.mark.parametrize("name", ["isSendNotificationEmail", "isSendCompletedEmail"])
def test_to_ask_for_an_email_is_no_mistake(name: str) -> None:
    assert load("Task", **{name: True}) == load("Task")


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ({"type": "Fax"}, {"type": ["Must be one of: Call, Task, Event, Email, Note."]}),
        (
            {"recurrence": {"frequency": "Daily"}, "workflowGuid": USER},
            {
                "recurrence": ["Recurring activities are not supported."],
                "workflowGuid": ["There is no such workflow."],
            },
        ),
        (
            {"childTasks": [{"guid": USER}], "numOfDueDate": 3},
            {
                name: ["Tasks that depend on other tasks are not supported."]
                for name in ("childTasks", "numOfDueDate")
            },
        ),
        (
            {"activityReminders": [{"time": -1}]},
            {
                "activityReminders[0].notificationType": ["Missing data for required field."],
                "activityReminders[0].timeType": ["Missing data for required field."],
                "activityReminders[0].time": ["Must be greater than or equal to 0."],
            },
        ),
    ],
)
def test_a_bad_body_is_told_field_by_field(body: Any, messages: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        v1.ActivityDTO_Detail().load({"name": "Hello", "type": "Task", **body})
    assert texts_by_field(caught.value.messages) == messages
