"""The fields that a firm adds to its companies, contacts, matters and the records on them, and their values."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Index,
    String,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import Mapped, mapped_column, object_session

from app.models.base import AUTHORS, FirmRow, live, refers, to_one
from app.models.lookups import LookupValue
from app.models.types import ExactDecimal, Guid, PlainText, UtcDateTime

COMPANY, CONTACT, MATTER = "Account", "Contact", "Matter"
OWNERS = {
    COMPANY: ("account_id", "accounts"),
    CONTACT: ("contact_id", "contacts"),
    MATTER: ("matter_id", "matters"),
    "Assignment": ("assignment_id", "assignments"),
    "Charge": ("charge_id", "matter_charges"),
    "Income": ("income_id", "incomes"),
    "Litigation": ("litigation_id", "litigations"),
    "Party": ("party_id", "parties"),
    "Service": ("service_id", "services"),
}
"""The kinds of records that have fields: for each the column of a value that names its record, and its table."""


def options(field: FromClause) -> ColumnElement[str]:
    """The values that can be chosen in a field, with commas between; null where there are none."""
    value = LookupValue.__table__.alias()
    # A window, because SQLite cannot put the values of a plain aggregate in order; it says the same on every row.
    comma: Any = literal_column("','")
    joined = func.aggregate_strings(value.c.name, comma).over(
        order_by=(value.c.position, value.c.lookup_id), rows=(None, None)
    )
    return (
        select(type_coerce(joined, PlainText))
        .where(
            value.c.firm_id == field.c.firm_id,
            value.c.custom_field_id == field.c.id,
            value.c.is_active,
            value.c.deleted_at.is_(None),
        )
        .distinct()
        .correlate_except(value)
        .scalar_subquery()
    )


class CustomField(FirmRow):
    """A field that the firm defined. What a drop-down list offers are lookup values."""

    __tablename__ = "custom_fields"

    object_type: Mapped[str] = mapped_column(String(10))
    """What kind of record has it: one of `OWNERS`, or as the published API has it besides, `User` or `Address`."""
    name: Mapped[str] = mapped_column(PlainText)
    value_type: Mapped[str] = mapped_column(String(12))
    help_text: Mapped[str | None] = mapped_column(PlainText)
    tooltip: Mapped[str | None] = mapped_column(PlainText)
    row_index: Mapped[int] = mapped_column(default=0)
    is_default: Mapped[bool] = mapped_column(default=False)
    is_in_lists: Mapped[bool] = mapped_column(default=False)
    is_exported_to_ledes: Mapped[bool] = mapped_column(default=False)

    links = {**AUTHORS}
    listed_by = ("row_index", "name")
    computed = {"dropdown_list_values": options}

    @property
    def dropdown_list_values(self) -> str | None:
        """What a DropDownList offers now, with commas between."""
        session, field = object_session(self), CustomField.__table__
        if session is None:
            return None
        mine = select(options(field)).where(field.c.firm_id == self.firm_id, field.c.id == self.id)
        return session.scalar(mine)

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (Index("uq_custom_fields_name", "firm_id", "object_type", "name", unique=True, **live()),)


def day(value: FromClause) -> ColumnElement[str]:
    """The date alone, as text."""
    return func.substr(cast(value.c.value_date_time, String), 1, 10, type_=String())


class CustomFieldValue(FirmRow):
    """What one record has in one of the firm's fields; one of its owners is set."""

    __tablename__ = "custom_field_values"

    custom_field_id: Mapped[str] = mapped_column(Guid)
    account_id: Mapped[str | None] = mapped_column(Guid)
    contact_id: Mapped[str | None] = mapped_column(Guid)
    matter_id: Mapped[str | None] = mapped_column(Guid)
    assignment_id: Mapped[str | None] = mapped_column(Guid)
    charge_id: Mapped[str | None] = mapped_column(Guid)
    income_id: Mapped[str | None] = mapped_column(Guid)
    litigation_id: Mapped[str | None] = mapped_column(Guid)
    party_id: Mapped[str | None] = mapped_column(Guid)
    service_id: Mapped[str | None] = mapped_column(Guid)
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
        return (
            refers("custom_field_id", "custom_fields"),
            refers("value_contact_id", "contacts"),
            *(refers(column, table) for column, table in OWNERS.values()),
            *(
                Index(
                    f"uq_custom_field_values_{column.removesuffix('_id')}",
                    "firm_id",
                    column,
                    "custom_field_id",
                    unique=True,
                    **live(f"{column} IS NOT NULL"),
                )
                for column, _ in OWNERS.values()
            ),
            Index("ix_custom_field_values_field", "firm_id", "custom_field_id", **live()),
        )
