"""Clients: accounts, and the contacts in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Index,
    String,
    cast,
    literal,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.balances import balances
from app.models.base import (
    AUTHORS,
    FirmRow,
    Link,
    known_elsewhere,
    live,
    parts_of,
    refers,
    through,
    to_itself,
    to_one,
    to_row_of,
)
from app.models.tags_and_links import (
    account_assignees,
    account_followers,
    account_recipients,
    account_tags,
)
from app.models.types import Guid, PlainText

ACTIVE, ARCHIVED = "Active", "Archived"


def name_and_number(name: str) -> Any:
    """The label that v1 gives a numbered record, such as `Doe, Jane (1042)`."""

    def label(row: FromClause) -> ColumnElement[str]:
        return row.c[name].concat(literal(" (")).concat(cast(row.c.number, String)).concat(literal(")"))

    return label


def records_of(column: str) -> dict[str, Link]:
    """The records that name an account, or a matter, in this column."""
    return {
        "time_entries": to_row_of("TimeEntry", column),
        "expenses": to_row_of("Expense", column),
        "flat_fees": to_row_of("FlatFee", column),
        "invoices": to_row_of("Invoice", column),
        "payments": to_row_of("Payment", column),
        "activities": to_row_of("Activity", column),
        "messages": to_row_of("Message", column),
        "files": to_row_of("File", column),
    }


class Account(FirmRow):
    """A client of the firm: a person, or a company with the people in it."""

    __tablename__ = "accounts"

    legacy_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    display_name: Mapped[str] = mapped_column(PlainText, default="")
    company_name: Mapped[str | None] = mapped_column(PlainText)
    status: Mapped[str] = mapped_column(String(10), default=ACTIVE)
    notes: Mapped[str | None] = mapped_column(PlainText)
    website: Mapped[str | None] = mapped_column(PlainText)
    address_name: Mapped[str | None] = mapped_column(PlainText)
    address_street_1: Mapped[str | None] = mapped_column(PlainText)
    address_street_2: Mapped[str | None] = mapped_column(PlainText)
    address_city: Mapped[str | None] = mapped_column(PlainText)
    address_state: Mapped[str | None] = mapped_column(PlainText)
    address_country: Mapped[str | None] = mapped_column(PlainText)
    address_zip_code: Mapped[str | None] = mapped_column(PlainText)
    shipping_name: Mapped[str | None] = mapped_column(PlainText)
    shipping_street_1: Mapped[str | None] = mapped_column(PlainText)
    shipping_street_2: Mapped[str | None] = mapped_column(PlainText)
    shipping_city: Mapped[str | None] = mapped_column(PlainText)
    shipping_state: Mapped[str | None] = mapped_column(PlainText)
    shipping_country: Mapped[str | None] = mapped_column(PlainText)
    shipping_zip_code: Mapped[str | None] = mapped_column(PlainText)
    currency_code: Mapped[str | None] = mapped_column(String(3))
    culture_name: Mapped[str | None] = mapped_column(PlainText)
    tax_id: Mapped[str | None] = mapped_column(PlainText)
    is_1099_eligible: Mapped[bool] = mapped_column(default=False)
    surcharges_enabled: Mapped[bool] = mapped_column(default=False)
    utbms_is_enabled: Mapped[bool] = mapped_column(default=False)
    ledes_client_id: Mapped[str | None] = mapped_column(PlainText)
    is_contact_sync: Mapped[bool] = mapped_column(default=False)
    is_email_sync: Mapped[bool] = mapped_column(default=False)
    is_files_sync: Mapped[bool] = mapped_column(default=False)
    shows_outstanding_invoices: Mapped[bool] = mapped_column(default=False)
    shows_paid_invoices: Mapped[bool] = mapped_column(default=False)
    shows_payments: Mapped[bool] = mapped_column(default=False)
    shows_balances: Mapped[bool] = mapped_column(default=False)
    sends_payment_reminders: Mapped[bool] = mapped_column(default=False)
    sends_quote_reminders: Mapped[bool] = mapped_column(default=False)
    is_echeck_disabled: Mapped[bool] = mapped_column(default=False)
    external_unique_id: Mapped[str | None] = mapped_column(PlainText)

    links = {
        "contacts": to_row_of("Contact", "account_id"),
        "primary_contact": to_row_of("Contact", "account_id", many=False, is_primary=True),
        "other_contacts": to_row_of("Contact", "account_id", is_primary=False),
        "matters": to_row_of("Matter", "account_id"),
        "balance": to_itself("Account"),
        **records_of("account_id"),
        "custom_field_values": parts_of("CustomFieldValue", "account_id"),
        "tags": through("Tag", account_tags),
        "assigned_users": through("User", account_assignees),
        "followers": through("User", account_followers),
        "invoice_recipients": through("Contact", account_recipients),
        **AUTHORS,
    }
    computed = {
        "name_and_number": name_and_number("display_name"),
        **balances("account_id"),
    }

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            Index("uq_accounts_number", "firm_id", "number", unique=True, **live()),
            Index("ix_accounts_display_name", "firm_id", "display_name", "id", **live()),
            Index("ix_accounts_updated_at", "firm_id", "updated_at", **live()),
            known_elsewhere("accounts", "external_unique_id", unique=True),
        )


def account_status(contact: FromClause) -> ColumnElement[str]:
    """A contact is active or archived with its account."""
    account = Account.__table__.alias()
    return (
        select(account.c.status)
        .where(account.c.firm_id == contact.c.firm_id, account.c.id == contact.c.account_id)
        .correlate_except(account)
        .scalar_subquery()
    )


class Contact(FirmRow):
    """A person in an account; exactly one in each account is its primary contact."""

    __tablename__ = "contacts"

    account_id: Mapped[str] = mapped_column(Guid)
    is_primary: Mapped[bool] = mapped_column(default=False)
    display_name: Mapped[str] = mapped_column(PlainText, default="")
    prefix: Mapped[str | None] = mapped_column(PlainText)
    first_name: Mapped[str | None] = mapped_column(PlainText)
    middle_name: Mapped[str | None] = mapped_column(PlainText)
    last_name: Mapped[str | None] = mapped_column(PlainText)
    salutation: Mapped[str | None] = mapped_column(PlainText)
    position: Mapped[str | None] = mapped_column(PlainText)
    email: Mapped[str | None] = mapped_column(PlainText)
    phone_mobile: Mapped[str | None] = mapped_column(PlainText)
    phone_home: Mapped[str | None] = mapped_column(PlainText)
    phone_work: Mapped[str | None] = mapped_column(PlainText)
    phone_extension: Mapped[str | None] = mapped_column(PlainText)
    phone_fax: Mapped[str | None] = mapped_column(PlainText)
    notes: Mapped[str | None] = mapped_column(PlainText)

    links = {
        "account": to_one("Account", "account_id"),
        "relationships": to_row_of("Relationship", "contact_id"),
        "custom_field_values": parts_of("CustomFieldValue", "contact_id"),
        **AUTHORS,
    }
    listed_by = ("created_at",)
    computed = {"status": account_status}

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        primary = text("is_primary AND deleted_at IS NULL")
        return (
            refers("account_id", "accounts"),
            Index("ix_contacts_account", "firm_id", "account_id", **live()),
            Index(
                "uq_contacts_primary",
                "firm_id",
                "account_id",
                unique=True,
                sqlite_where=primary,
                postgresql_where=primary,
            ),
        )
