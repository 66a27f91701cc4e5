"""Lookups and records on matters"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models import types
from app.models.base import now

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

Column = sa.Column[Any]
OWNERS = {
    "assignment_id": "assignments",
    "charge_id": "matter_charges",
    "income_id": "incomes",
    "litigation_id": "litigations",
    "party_id": "parties",
    "service_id": "services",
}

MOMENT = types.UtcDateTime()
TYPES = {"created_at": MOMENT, "updated_at": MOMENT, "start_date": MOMENT, "name": types.PlainText()}


def guid(name: str, *, nullable: bool = True) -> Column:
    return sa.Column(name, types.Guid(length=36), nullable=nullable)


def texts(*names: str, nullable: bool = True) -> list[Column]:
    return [sa.Column(name, types.PlainText(), nullable=nullable) for name in names]


def moments(*names: str, nullable: bool = True) -> list[Column]:
    return [sa.Column(name, types.UtcDateTime(), nullable=nullable) for name in names]


def flags(*names: str) -> list[Column]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def create(table: str, columns: list[Column], refers: dict[str, str]) -> None:
    """A table of a firm's rows with the index that every one has.

    Args:
        refers: the columns that hold the id of a row of another table.
    """
    op.create_table(
        table,
        sa.Column("firm_id", sa.Integer(), nullable=False),
        guid("id", nullable=False),
        *moments("deleted_at"),
        *columns,
        *moments("created_at", "updated_at", nullable=False),
        guid("created_by_id"),
        guid("updated_by_id"),
        *(
            sa.ForeignKeyConstraint(
                ["firm_id", column],
                [f"{target}.firm_id", f"{target}.id"],
                name=op.f(f"fk_{table}_firm_id_{column}"),
            )
            for column, target in refers.items()
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f(f"fk_{table}_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f(f"pk_{table}")),
    )
    index(f"ix_{table}_live", table, "id")


def index(name: str, table: str, *columns: str, unique: bool = False, given: str = "") -> None:
    """An index over the rows that are not deleted, and of which `given` holds."""
    where = sa.text(f"{given} AND deleted_at IS NULL" if given else "deleted_at IS NULL")
    op.create_index(
        name, table, ["firm_id", *columns], unique=unique, sqlite_where=where, postgresql_where=where
    )


def create_record(table: str, columns: list[Column], lookups: list[str], **refers: str) -> None:
    """A table of records on matters; its lookup values are among the columns."""
    chosen = dict.fromkeys(lookups, "lookup_values")
    create(table, [guid("matter_id", nullable=False), *columns], {"matter_id": "matters", **chosen, **refers})
    index(f"ix_{table}_matter", table, "matter_id")
    if any(column.name == "external_id" for column in columns):
        given = "external_id IS NOT NULL"
        index(f"uq_{table}_external_id", table, "external_id", unique=True, given=given)


def create_lookup_values() -> None:
    table = "lookup_values"
    create(
        table,
        [
            sa.Column("lookup_id", sa.Integer(), nullable=False),
            sa.Column("table_name", sa.String(length=40), nullable=True),
            guid("custom_field_id"),
            *texts("name", nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            *flags("is_active"),
            *texts("external_id"),
        ],
        {"custom_field_id": "custom_fields"},
    )
    op.create_index("uq_lookup_values_number", table, ["firm_id", "lookup_id"], unique=True)
    for name, first, last in (
        ("name", "table_name", "name"),
        ("option", "custom_field_id", "name"),
        ("external_id", "table_name", "external_id"),
    ):
        given = " AND ".join(f"{column} IS NOT NULL" for column in (first, last) if column != "name")
        index(f"uq_lookup_values_{name}", table, first, last, unique=True, given=given)


def create_records() -> None:
    kinds = ["relationship_type_id", "business_type_id", "language_id"]
    create_record(
        "parties",
        [
            *flags("is_adverse"),
            *texts("display_name", nullable=False),
            *texts(
                "first_name", "middle_name", "last_name", "suffix", "organization_name", "aliases", "employer"
            ),
            *map(guid, kinds),
            *moments("date_of_birth"),
            *texts("email", "phone_home", "phone_work", "phone_mobile", "phone_fax"),
            *texts(
                "address_street_1", "address_street_2", "address_city", "address_state", "address_zip_code"
            ),
            *flags(
                "is_active", "is_alert", "is_family_member", "is_household_member", "is_potential_conflict"
            ),
            *texts("notes"),
        ],
        kinds,
    )
    kinds = ["charge_id", "charge_category_id", "charge_outcome_id"]
    create_record(
        "matter_charges",
        [
            *map(guid, kinds),
            *texts("statute_number", "penalty_class", "warrant_number"),
            *moments("charge_date", "arraignment_date", "charge_reduction_date", "disposition_date"),
            *flags("is_top_charge"),
            *texts("note", "issue_note", "external_id"),
        ],
        kinds,
    )
    create_record(
        "incomes",
        [
            guid("type_id"),
            sa.Column("amount", types.ExactDecimal(precision=14, scale=2), nullable=False),
            sa.Column("period", sa.String(length=12), nullable=False),
            *texts("other_family"),
            *flags("is_excluded"),
            *texts("notes"),
        ],
        ["type_id"],
    )
    kinds = ["litigation_relationship_id", "filing_type_id"]
    create_record(
        "litigations",
        [
            guid("court_id"),
            *texts("court_text", "court_number", "court_calendar", "caption", "docket", "cause_of_action"),
            *texts("judge", "adverse_party"),
            *map(guid, kinds),
            *moments("application_filing_date", "date_served", "date_proceeding_initiated"),
            *moments("date_proceeding_concluded", "default_date"),
            *texts("outcome"),
            *moments("outcome_date"),
            *flags("lsc_disclosure_required"),
            sa.Column("number_of_people_served", sa.Integer(), nullable=True),
            *texts("notes", "external_id"),
        ],
        kinds,
        court_id="accounts",
    )
    kinds = ["type_id", "decision_id", "funding_code_id"]
    create_record(
        "services",
        [
            *texts("title"),
            *map(guid, kinds),
            *moments("start_date", "end_date"),
            *flags("is_closed"),
            guid("closed_by_id"),
            *flags("is_active"),
            *texts("note", "external_id"),
        ],
        kinds,
        closed_by_id="users",
    )
    kinds = ["type_id", "office_id", "program_id"]
    create_record(
        "assignments",
        [
            guid("user_id", nullable=False),
            *map(guid, kinds),
            *moments("start_date", nullable=False),
            *moments("end_date", "date_requested"),
            *flags("is_confirmed"),
            *texts("notes"),
        ],
        kinds,
        user_id="users",
    )


def widen_values() -> None:
    """The records on matters have fields of the firm's own, too."""
    table = "custom_field_values"
    with op.batch_alter_table(table) as batch_op:
        for column, target in OWNERS.items():
            batch_op.add_column(guid(column))
            name = batch_op.f(f"fk_{table}_firm_id_{column}")
            batch_op.create_foreign_key(name, target, ["firm_id", column], ["firm_id", "id"])
    for column in OWNERS:
        unique = f"uq_{table}_{column.removesuffix('_id')}"
        index(unique, table, column, "custom_field_id", unique=True, given=f"{column} IS NOT NULL")


def fill(table: str, rows: Iterator[dict[str, Any]]) -> None:
    made = now()
    listed = [{"id": str(uuid.uuid4()), "created_at": made, "updated_at": made, **row} for row in rows]
    if listed:
        kinds: dict[str, Any] = {name: TYPES.get(name) or guess(value) for name, value in listed[0].items()}
        columns = (sa.column(name, kind) for name, kind in kinds.items())
        op.bulk_insert(sa.table(table, *columns), listed)


def guess(value: Any) -> Any:
    return (
        types.Guid() if isinstance(value, str) else sa.Boolean() if isinstance(value, bool) else sa.Integer()
    )


def options() -> Iterator[dict[str, Any]]:
    """What drop-down lists offered as one text becomes lookup values."""
    found = op.get_bind().execute(
        sa.text(
            "SELECT firm_id, id, dropdown_list_values FROM custom_fields WHERE dropdown_list_values <> ''"
        )
    )
    numbers: dict[int, int] = {}
    for firm_id, field_id, text in found.all():
        names = dict.fromkeys(name.strip() for name in text.split(",") if name.strip())
        for position, name in enumerate(names):
            numbers[firm_id] = numbers.get(firm_id, 0) + 1
            yield {
                "firm_id": firm_id,
                "lookup_id": numbers[firm_id],
                "custom_field_id": str(field_id),
                "name": name,
                "position": position,
                "is_active": True,
            }
    counter = sa.text("INSERT INTO counters (firm_id, name, value) VALUES (:firm, 'LookupValue', :value)")
    for firm_id, value in numbers.items():
        op.get_bind().execute(counter, {"firm": firm_id, "value": value})


def assignees() -> Iterator[dict[str, Any]]:
    """Whoever is assigned to a matter has an assignment there from now on."""
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    found = op.get_bind().execute(sa.text("SELECT firm_id, matter_id, user_id FROM matter_assignees"))
    for firm_id, matter_id, user_id in found.all():
        yield {
            "firm_id": firm_id,
            "matter_id": str(matter_id),
            "user_id": str(user_id),
            "start_date": today,
            "is_confirmed": False,
        }


def upgrade() -> None:
    create_lookup_values()
    create_records()
    widen_values()
    fill("lookup_values", options())
    fill("assignments", assignees())
    op.drop_column("custom_fields", "dropdown_list_values")
