"""What happens around matters: tasks, events, emails, calls and notes, and the people they are for."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Index, String, case, false, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    AUTHORS,
    FirmRow,
    known_elsewhere,
    live,
    parts_of,
    refers,
    through,
    to_one,
    to_row_of,
)
from app.models.charges import TimeEntry
from app.models.moments import is_past_due, utc_today, whole_days
from app.models.rollups import over
from app.models.tags_and_links import activity_assignees, activity_contacts, activity_tags
from app.models.types import ExactDecimal, Guid, PlainText, UtcDateTime

CALL, TASK, EVENT, EMAIL, NOTE = "Call", "Task", "Event", "Email", "Note"
COMPLETED, NOT_COMPLETED = "Completed", "NotCompleted"
MEDIUM = "Medium"


def is_overdue(activity: FromClause) -> ColumnElement[bool]:
    late = (activity.c.type == TASK) & is_past_due(activity.c.due_date)
    return func.coalesce(late & (activity.c.status != COMPLETED), false())


def days_overdue(activity: FromClause) -> ColumnElement[int]:
    """For how many days a task is overdue; null where it is not."""
    return case((is_overdue(activity), whole_days(activity.c.due_date, utc_today())))


def has_due_date(activity: FromClause) -> ColumnElement[bool]:
    return activity.c.due_date.is_not(None)


def only(kind: str) -> Any:
    """The type where it is this one, else null: what such activities alone have goes by it."""
    return lambda activity: case((activity.c.type == kind, activity.c.type))


def of_time_entries(value: Any) -> Any:
    """A value over the hours that were recorded for the activity."""

    def worked_out(activity: FromClause) -> ColumnElement[Any]:
        entry = TimeEntry.__table__.alias()
        return over(entry, "activity_id", activity, value(entry))

    return worked_out


class Activity(FirmRow):
    """A task, an event, an email, a call or a note."""

    __tablename__ = "activities"

    type: Mapped[str] = mapped_column(String(5))
    subject: Mapped[str] = mapped_column(PlainText)
    description: Mapped[str | None] = mapped_column(PlainText)
    """Of an email its plain text, of a note the note."""
    account_id: Mapped[str | None] = mapped_column(Guid)
    matter_id: Mapped[str | None] = mapped_column(Guid)
    contact_id: Mapped[str | None] = mapped_column(Guid)
    is_private: Mapped[bool] = mapped_column(default=False)
    date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When a call was made, an email sent, a note taken."""
    location: Mapped[str | None] = mapped_column(PlainText)
    is_all_day: Mapped[bool] = mapped_column(default=False)
    starts_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    event_color: Mapped[str | None] = mapped_column(PlainText)
    status: Mapped[str | None] = mapped_column(String(12))
    priority: Mapped[str | None] = mapped_column(String(6))
    due_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    completed_by_user_id: Mapped[str | None] = mapped_column(Guid)
    completed_by_contact_id: Mapped[str | None] = mapped_column(Guid)
    call_direction: Mapped[str | None] = mapped_column(String(8))
    duration: Mapped[decimal.Decimal | None] = mapped_column(ExactDecimal(12, 4))
    """Of a call, in the client's own unit; the contract names none."""
    body_html: Mapped[str | None] = mapped_column(PlainText)
    """As it was sent: no page of ours shows it."""
    from_line: Mapped[str | None] = mapped_column(PlainText)
    to_line: Mapped[str | None] = mapped_column(PlainText)
    cc_line: Mapped[str | None] = mapped_column(PlainText)
    bcc_line: Mapped[str | None] = mapped_column(PlainText)
    """The addresses as RFC 5322 writes them; the same are in `email_addresses`, one a row."""
    external_message_id: Mapped[str | None] = mapped_column(PlainText)
    external_thread_id: Mapped[str | None] = mapped_column(PlainText)
    external_id: Mapped[str | None] = mapped_column(PlainText)
    is_hours_logged_manually: Mapped[bool] = mapped_column(default=False)

    @hybrid_property
    def is_dated(self) -> bool:
        """Whether it is due on some day."""
        return self.due_date is not None

    @is_dated.inplace.expression
    @classmethod
    def _is_dated(cls) -> ColumnElement[bool]:
        return cls.due_date.is_not(None)

    links = {
        "account": to_one("Account", "account_id"),
        "matter": to_one("Matter", "matter_id"),
        "contact": to_one("Contact", "contact_id"),
        "completed_by_user": to_one("User", "completed_by_user_id"),
        "completed_by_contact": to_one("Contact", "completed_by_contact_id"),
        "assigned_users": through("User", activity_assignees),
        "assigned_contacts": through("Contact", activity_contacts),
        "tags": through("Tag", activity_tags),
        "files": to_row_of("File", "activity_id"),
        "time_entries": to_row_of("TimeEntry", "activity_id"),
        "reminders": parts_of("Reminder", "activity_id"),
        "sender": parts_of("EmailAddress", "activity_id", many=False, role="From"),
        "recipients": parts_of("EmailAddress", "activity_id", role="To"),
        "copied": parts_of("EmailAddress", "activity_id", role="Cc"),
        "blind_copied": parts_of("EmailAddress", "activity_id", role="Bcc"),
        **AUTHORS,
    }
    listed_by = ("created_at",)
    computed = {
        "is_overdue": is_overdue,
        "days_overdue": days_overdue,
        "is_dated": has_due_date,
        "email": only(EMAIL),
        "call": only(CALL),
        "note": only(NOTE),
        "hours_logged": of_time_entries(lambda entry: func.coalesce(func.sum(entry.c.hours), 0)),
        "number_of_time_entries": of_time_entries(lambda entry: func.count()),
    }

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("account_id", "accounts"),
            refers("matter_id", "matters"),
            refers("contact_id", "contacts"),
            refers("completed_by_user_id", "users"),
            refers("completed_by_contact_id", "contacts"),
            Index("ix_activities_type", "firm_id", "type", "id", **live()),
            Index("ix_activities_account", "firm_id", "account_id", **live()),
            Index("ix_activities_matter", "firm_id", "matter_id", **live()),
            Index("ix_activities_due_date", "firm_id", "due_date", **live("type = 'Task'")),
            Index("ix_activities_starts_at", "firm_id", "starts_at", **live("type = 'Event'")),
            Index("ix_activities_updated_at", "firm_id", "updated_at", **live()),
            known_elsewhere("activities", "external_id"),
        )


class Reminder(FirmRow):
    """How long before an activity somebody is to be told of it, and how."""

    __tablename__ = "reminders"

    activity_id: Mapped[str] = mapped_column(Guid)
    position: Mapped[int]
    notification_type: Mapped[str] = mapped_column(String(5))
    time_type: Mapped[str] = mapped_column(String(6))
    time: Mapped[int]

    links = {"activity": to_one("Activity", "activity_id")}
    listed_by = ("position",)

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("activity_id", "activities"),
            Index("ix_reminders_activity", "firm_id", "activity_id", **live()),
        )


class EmailAddress(FirmRow):
    """Who sent or received an email."""

    __tablename__ = "email_addresses"

    activity_id: Mapped[str] = mapped_column(Guid)
    role: Mapped[str] = mapped_column(String(4))
    position: Mapped[int]
    address: Mapped[str] = mapped_column(PlainText)
    display_name: Mapped[str | None] = mapped_column(PlainText)
    mailbox: Mapped[str] = mapped_column(PlainText)
    host: Mapped[str] = mapped_column(PlainText)
    """The parts of the address on either side of its last @."""

    links = {"activity": to_one("Activity", "activity_id")}
    listed_by = ("position",)

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("activity_id", "activities"),
            Index("ix_email_addresses_activity", "firm_id", "activity_id", **live()),
        )
