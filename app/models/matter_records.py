"""What is recorded on matters besides the work: parties, charges, incomes, litigations, services, assignments.

The names are those of LegalServer's Core API v2, but for those that this API has a word for already.
"""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any, ClassVar

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models import lookup_tables as lookups
from app.models.base import AUTHORS, FirmRow, Link, known_elsewhere, live, parts_of, refers, to_one
from app.models.types import CENTS, Guid, PlainText, UtcDateTime

LOOKUP = "LookupValue"


def links_of(values_column: str, **more: Link) -> dict[str, Link]:
    """The links that each kind of record has.

    Args:
        values_column: the column of a custom field's value that names such a record.
    """
    return {
        "matter": to_one("Matter", "matter_id"),
        **more,
        "custom_field_values": parts_of("CustomFieldValue", values_column),
        **AUTHORS,
    }


class OnMatter(FirmRow):
    """What all of them have."""

    __abstract__ = True

    matter_id: Mapped[str] = mapped_column(Guid)

    listed_by = ("created_at",)
    references: ClassVar[dict[str, str]] = {}
    """The columns besides that hold another row's id, with its table."""

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        table = cls.__tablename__
        found = [
            refers("matter_id", "matters"),
            Index(f"ix_{table}_matter", "firm_id", "matter_id", **live()),
        ]
        found += [refers(column, "lookup_values") for column in cls.lookups]
        found += [refers(column, target) for column, target in cls.references.items()]
        if hasattr(cls, "external_id"):
            found.append(known_elsewhere(table, "external_id", unique=True))
        return tuple(found)


class Party(OnMatter):
    """A person or an organization on the other side of a matter, or on neither side."""

    __tablename__ = "parties"

    is_adverse: Mapped[bool]
    display_name: Mapped[str] = mapped_column(PlainText, default="")
    first_name: Mapped[str | None] = mapped_column(PlainText)
    middle_name: Mapped[str | None] = mapped_column(PlainText)
    last_name: Mapped[str | None] = mapped_column(PlainText)
    suffix: Mapped[str | None] = mapped_column(PlainText)
    organization_name: Mapped[str | None] = mapped_column(PlainText)
    aliases: Mapped[str | None] = mapped_column(PlainText)
    """Other names that the party goes by, with commas between."""
    employer: Mapped[str | None] = mapped_column(PlainText)
    relationship_type_id: Mapped[str | None] = mapped_column(Guid)
    business_type_id: Mapped[str | None] = mapped_column(Guid)
    language_id: Mapped[str | None] = mapped_column(Guid)
    date_of_birth: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    email: Mapped[str | None] = mapped_column(PlainText)
    phone_home: Mapped[str | None] = mapped_column(PlainText)
    phone_work: Mapped[str | None] = mapped_column(PlainText)
    phone_mobile: Mapped[str | None] = mapped_column(PlainText)
    phone_fax: Mapped[str | None] = mapped_column(PlainText)
    address_street_1: Mapped[str | None] = mapped_column(PlainText)
    address_street_2: Mapped[str | None] = mapped_column(PlainText)
    address_city: Mapped[str | None] = mapped_column(PlainText)
    address_state: Mapped[str | None] = mapped_column(PlainText)
    address_zip_code: Mapped[str | None] = mapped_column(PlainText)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_alert: Mapped[bool] = mapped_column(default=False)
    """Whether those who work on the matter are to be warned of the party."""
    is_family_member: Mapped[bool] = mapped_column(default=False)
    is_household_member: Mapped[bool] = mapped_column(default=False)
    is_potential_conflict: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str | None] = mapped_column(PlainText)

    lookups = {
        "relationship_type_id": lookups.RELATIONSHIP_TYPE,
        "business_type_id": lookups.BUSINESS_TYPE,
        "language_id": lookups.LANGUAGE,
    }
    links = links_of(
        "party_id",
        relationship_type=to_one(LOOKUP, "relationship_type_id"),
        business_type=to_one(LOOKUP, "business_type_id"),
        language=to_one(LOOKUP, "language_id"),
    )


class MatterCharge(OnMatter):
    """An offence that somebody is charged with in a matter. What the client is charged is an `Expense` or such."""

    __tablename__ = "matter_charges"

    charge_id: Mapped[str | None] = mapped_column(Guid)
    charge_category_id: Mapped[str | None] = mapped_column(Guid)
    charge_outcome_id: Mapped[str | None] = mapped_column(Guid)
    statute_number: Mapped[str | None] = mapped_column(PlainText)
    penalty_class: Mapped[str | None] = mapped_column(PlainText)
    warrant_number: Mapped[str | None] = mapped_column(PlainText)
    charge_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    arraignment_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    charge_reduction_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    disposition_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    is_top_charge: Mapped[bool] = mapped_column(default=False)
    """Whether it is the gravest of the matter; at most one is."""
    note: Mapped[str | None] = mapped_column(PlainText)
    issue_note: Mapped[str | None] = mapped_column(PlainText)
    external_id: Mapped[str | None] = mapped_column(PlainText)

    lookups = {
        "charge_id": lookups.CHARGE,
        "charge_category_id": lookups.CHARGE_CATEGORY,
        "charge_outcome_id": lookups.CHARGE_OUTCOME,
    }
    links = links_of(
        "charge_id",
        charge=to_one(LOOKUP, "charge_id"),
        charge_category=to_one(LOOKUP, "charge_category_id"),
        charge_outcome=to_one(LOOKUP, "charge_outcome_id"),
    )


class Income(OnMatter):
    """What the client of a matter, or somebody in the household, lives on."""

    __tablename__ = "incomes"

    type_id: Mapped[str | None] = mapped_column(Guid)
    amount: Mapped[decimal.Decimal] = mapped_column(CENTS)
    """In dollars a period."""
    period: Mapped[str] = mapped_column(String(12))
    other_family: Mapped[str | None] = mapped_column(PlainText)
    """Whose it is, where it is not the client's."""
    is_excluded: Mapped[bool] = mapped_column(default=False)
    """Whether it does not count when it is decided whom the firm may help."""
    notes: Mapped[str | None] = mapped_column(PlainText)

    lookups = {"type_id": lookups.INCOME_TYPE}
    links = links_of("income_id", type=to_one(LOOKUP, "type_id"))


class Litigation(OnMatter):
    """A proceeding before a court or an agency."""

    __tablename__ = "litigations"

    court_id: Mapped[str | None] = mapped_column(Guid)
    """The account that the court is kept as."""
    court_text: Mapped[str | None] = mapped_column(PlainText)
    court_number: Mapped[str | None] = mapped_column(PlainText)
    court_calendar: Mapped[str | None] = mapped_column(PlainText)
    caption: Mapped[str | None] = mapped_column(PlainText)
    docket: Mapped[str | None] = mapped_column(PlainText)
    """The case number that the court gave."""
    cause_of_action: Mapped[str | None] = mapped_column(PlainText)
    judge: Mapped[str | None] = mapped_column(PlainText)
    adverse_party: Mapped[str | None] = mapped_column(PlainText)
    litigation_relationship_id: Mapped[str | None] = mapped_column(Guid)
    filing_type_id: Mapped[str | None] = mapped_column(Guid)
    application_filing_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    date_served: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    date_proceeding_initiated: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    date_proceeding_concluded: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    default_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(PlainText)
    outcome_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    lsc_disclosure_required: Mapped[bool] = mapped_column(default=False)
    number_of_people_served: Mapped[int | None]
    notes: Mapped[str | None] = mapped_column(PlainText)
    external_id: Mapped[str | None] = mapped_column(PlainText)

    lookups = {
        "litigation_relationship_id": lookups.LITIGATION_RELATIONSHIP,
        "filing_type_id": lookups.FILING_TYPE,
    }
    references = {"court_id": "accounts"}
    links = links_of(
        "litigation_id",
        court=to_one("Account", "court_id"),
        litigation_relationship=to_one(LOOKUP, "litigation_relationship_id"),
        filing_type=to_one(LOOKUP, "filing_type_id"),
    )


class Service(OnMatter):
    """A piece of help that a client got, such as advice, or an application that was filed."""

    __tablename__ = "services"

    title: Mapped[str | None] = mapped_column(PlainText)
    type_id: Mapped[str | None] = mapped_column(Guid)
    decision_id: Mapped[str | None] = mapped_column(Guid)
    funding_code_id: Mapped[str | None] = mapped_column(Guid)
    start_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    end_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    is_closed: Mapped[bool] = mapped_column(default=False)
    closed_by_id: Mapped[str | None] = mapped_column(Guid)
    is_active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str | None] = mapped_column(PlainText)
    external_id: Mapped[str | None] = mapped_column(PlainText)

    lookups = {
        "type_id": lookups.SERVICE_TYPE,
        "decision_id": lookups.SERVICE_DECISION,
        "funding_code_id": lookups.FUNDING_CODE,
    }
    references = {"closed_by_id": "users"}
    links = links_of(
        "service_id",
        type=to_one(LOOKUP, "type_id"),
        decision=to_one(LOOKUP, "decision_id"),
        funding_code=to_one(LOOKUP, "funding_code_id"),
        closed_by=to_one("User", "closed_by_id"),
    )


class Assignment(OnMatter):
    """Somebody's work on a matter, from a day on and, once it has ended, until a day.

    Whoever has an assignment that has not ended is among the matter's assigned users, and nobody else is
    (`app/services/assignments.py`).
    """

    __tablename__ = "assignments"

    user_id: Mapped[str] = mapped_column(Guid)
    type_id: Mapped[str | None] = mapped_column(Guid)
    office_id: Mapped[str | None] = mapped_column(Guid)
    program_id: Mapped[str | None] = mapped_column(Guid)
    start_date: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    end_date: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    date_requested: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    is_confirmed: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str | None] = mapped_column(PlainText)

    lookups = {
        "type_id": lookups.ASSIGNMENT_TYPE,
        "office_id": lookups.OFFICE,
        "program_id": lookups.PROGRAM,
    }
    references = {"user_id": "users"}
    links = links_of(
        "assignment_id",
        user=to_one("User", "user_id"),
        type=to_one(LOOKUP, "type_id"),
        office=to_one(LOOKUP, "office_id"),
        program=to_one(LOOKUP, "program_id"),
    )
