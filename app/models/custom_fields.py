"""The fields that a firm adds to its companies, contacts and matters, and their values."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Index, String, cast, func
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, FirmRow, live, refers, to_one
from app.models.types import ExactDecimal, Guid, PlainText, UtcDateTime

COMPANY, CONTACT, MATTER = "Account", "Contact", "Matter"


class CustomField(FirmRow):
    """A field that the firm defined."""

    __tablename__ = "custom_fields"

    object_type: Mapped[str] = mapped_column(String(10))
    """What kind of record has it: `Account` (a company), `Contact`, `Matter`, `User` or `Address`."""
    name: Mapped[str] = mapped_column(PlainText)
    value_type: Mapped[str] = mapped_column(String(12))
    dropdown_list_values: Mapped[str | None] = mapped_column(PlainText)
    """What a DropDownList offers, with commas between."""
    help_text: Mapped[str | None] = mapped_column(PlainText)
    tooltip: Mapped[str | None] = mapped_column(PlainText)
    row_index: Mapped[int] = mapped_column(default=0)
    is_default: Mapped[bool] = mapped_column(default=False)
    is_in_lists: Mapped[bool] = mapped_column(default=False)
    is_exported_to_ledes: Mapped[bool] = mapped_column(default=False)

    links = {**AUTHORS}
    listed_by = ("row_index", "name")

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (Index("uq_custom_fields_name", "firm_id", "object_type", "name", unique=True, **live()),)


def day(value: FromClause) -> ColumnElement[str]:
    """The date alone, as text."""
    return func.substr(cast(value.c.value_date_time, String), 1, 10, type_=String())


class CustomFieldValue(FirmRow):
    """What one record has in one of the firm's fields; one of its three owners is set."""

    __tablename__ = "custom_field_values"

    custom_field_id: Mapped[str] = mapped_column(Guid)
    account_id: Mapped[str | None] = mapped_column(Guid)
    contact_id: Mapped[str | None] = mapped_column(Guid)
    matter_id: Mapped[str | None] = mapped_column(Guid)
    value_string: Mapped[str | None] = mapped_column(PlainText)
    value_number: Mapped[decimal.Decimal | None] = mapped_column(ExactDecimal(16, 4))
    value_date_time: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    value_boolean: Mapped[bool] = mapped_column(default=False)
    value_contact_id: Mapped[str | None] = mapped_column(Guid)

    links = {
        "custom_field": to_one("CustomField", "custom_field_id"),
        "value_contact": to_one("Contact", "value_contact_id"),
    }
    listed_by = ("created_at",)
    part_key = "custom_field_id"
    computed = {"value_day": day}

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        owners = ("account", "contact", "matter")
        return (
            refers("custom_field_id", "custom_fields"),
            refers("value_contact_id", "contacts"),
            *(refers(f"{owner}_id", f"{owner}s") for owner in owners),
            *(
                Index(
                    f"uq_custom_field_values_{owner}",
                    "firm_id",
                    f"{owner}_id",
                    "custom_field_id",
                    unique=True,
                    **live(f"{owner}_id IS NOT NULL"),
                )
                for owner in owners
            ),
            Index("ix_custom_field_values_field", "firm_id", "custom_field_id", **live()),
        )
