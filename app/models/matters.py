"""Matters: the cases that the firm works on."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Index,
    String,
    case,
    func,
    literal,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models import lookup_tables
from app.models.balances import balances
from app.models.base import (
    AUTHORS,
    FirmRow,
    known_elsewhere,
    live,
    parts_of,
    refers,
    through,
    to_itself,
    to_one,
    to_row_of,
)
from app.models.clients import name_and_number, records_of
from app.models.moments import utc_today, whole_days
from app.models.tags_and_links import (
    matter_assignees,
    matter_exclusions,
    matter_followers,
    matter_recipients,
    matter_tags,
)
from app.models.types import CENTS, ExactDecimal, Guid, PlainText, UtcDateTime

AGES = {30: "0-30 days", 90: "31-90 days", 180: "91-180 days", 365: "181-365 days"}
OLDEST = "over 365 days"


def age_in_days(matter: FromClause) -> ColumnElement[int]:
    """From the day on which it was opened, or else recorded, until it was closed, or else today."""
    opened = func.coalesce(matter.c.open_date, matter.c.created_at)
    return whole_days(opened, func.coalesce(matter.c.close_date, utc_today()))


def age(matter: FromClause) -> ColumnElement[str]:
    """The same in a few brackets."""
    days = age_in_days(matter)
    return case(*((days <= most, literal(words)) for most, words in AGES.items()), else_=literal(OLDEST))


class Matter(FirmRow):
    """A case that the firm works on for an account."""

    __tablename__ = "matters"

    legacy_id: Mapped[int] = mapped_column(BigInteger)
    account_id: Mapped[str | None] = mapped_column(Guid)
    originated_by_id: Mapped[str | None] = mapped_column(Guid)
    office_id: Mapped[str | None] = mapped_column(Guid)
    program_id: Mapped[str | None] = mapped_column(Guid)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(PlainText)
    display_name: Mapped[str] = mapped_column(PlainText, default="")
    status: Mapped[str] = mapped_column(String(10))
    practice_area: Mapped[str | None] = mapped_column(PlainText)
    notes: Mapped[str | None] = mapped_column(PlainText)
    open_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    close_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    due_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    statute_of_limitation_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    rate_type: Mapped[str] = mapped_column(String(20), default="UserRate")
    hourly_rate: Mapped[decimal.Decimal | None] = mapped_column(ExactDecimal(12, 4))
    flat_rate: Mapped[decimal.Decimal | None] = mapped_column(CENTS)
    contingency_rate_percent: Mapped[decimal.Decimal | None] = mapped_column(ExactDecimal(7, 4))
    is_flat_rate_billed: Mapped[bool] = mapped_column(default=False)
    evergreen_is_on: Mapped[bool] = mapped_column(default=False)
    evergreen_amount: Mapped[decimal.Decimal | None] = mapped_column(CENTS)
    adds_evergreen_to_invoice: Mapped[bool] = mapped_column(default=False)
    ledes_client_matter_id: Mapped[str | None] = mapped_column(PlainText)
    is_contact_sync: Mapped[bool] = mapped_column(default=False)
    is_email_sync: Mapped[bool] = mapped_column(default=False)
    is_files_sync: Mapped[bool] = mapped_column(default=False)
    external_id: Mapped[str | None] = mapped_column(PlainText)

    links = {
        "account": to_one("Account", "account_id"),
        "originated_by": to_one("User", "originated_by_id"),
        "office": to_one("LookupValue", "office_id"),
        "program": to_one("LookupValue", "program_id"),
        "balance": to_itself("Matter"),
        **records_of("matter_id"),
        "relationships": to_row_of("Relationship", "matter_id"),
        "parties": to_row_of("Party", "matter_id"),
        "adverse_parties": to_row_of("Party", "matter_id", is_adverse=True),
        "non_adverse_parties": to_row_of("Party", "matter_id", is_adverse=False),
        **{
            name: to_row_of(kind, "matter_id")
            for name, kind in {
                "assignments": "Assignment",
                "charges": "MatterCharge",
                "incomes": "Income",
                "litigations": "Litigation",
                "services": "Service",
            }.items()
        },
        "custom_field_values": parts_of("CustomFieldValue", "matter_id"),
        "tags": through("Tag", matter_tags),
        "assigned_users": through("User", matter_assignees),
        "followers": through("User", matter_followers),
        "excluded_users": through("User", matter_exclusions),
        "invoice_recipients": through("Contact", matter_recipients),
        **AUTHORS,
    }
    lookups = {"office_id": lookup_tables.OFFICE, "program_id": lookup_tables.PROGRAM}
    computed = {
        "name_and_number": name_and_number("name"),
        "age_in_days": age_in_days,
        "age": age,
        **balances("matter_id"),
    }

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("account_id", "accounts"),
            refers("originated_by_id", "users"),
            refers("office_id", "lookup_values"),
            refers("program_id", "lookup_values"),
            Index("uq_matters_number", "firm_id", "number", unique=True, **live()),
            Index("ix_matters_account", "firm_id", "account_id", **live()),
            Index("ix_matters_display_name", "firm_id", "display_name", "id", **live()),
            Index("ix_matters_updated_at", "firm_id", "updated_at", **live()),
            known_elsewhere("matters", "external_id"),
        )
