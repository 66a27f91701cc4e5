"""Accounts contacts and matters"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("legacy_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("display_name", types.PlainText(), nullable=False),
        sa.Column("company_name", types.PlainText(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("notes", types.PlainText(), nullable=True),
        sa.Column("website", types.PlainText(), nullable=True),
        sa.Column("address_name", types.PlainText(), nullable=True),
        sa.Column("address_street_1", types.PlainText(), nullable=True),
        sa.Column("address_street_2", types.PlainText(), nullable=True),
        sa.Column("address_city", types.PlainText(), nullable=True),
        sa.Column("address_state", types.PlainText(), nullable=True),
        sa.Column("address_country", types.PlainText(), nullable=True),
        sa.Column("address_zip_code", types.PlainText(), nullable=True),
        sa.Column("shipping_name", types.PlainText(), nullable=True),
        sa.Column("shipping_street_1", types.PlainText(), nullable=True),
        sa.Column("shipping_street_2", types.PlainText(), nullable=True),
        sa.Column("shipping_city", types.PlainText(), nullable=True),
        sa.Column("shipping_state", types.PlainText(), nullable=True),
        sa.Column("shipping_country", types.PlainText(), nullable=True),
        sa.Column("shipping_zip_code", types.PlainText(), nullable=True),
        sa.Column("currency_code", sa.String(length=3), nullable=True),
        sa.Column("culture_name", types.PlainText(), nullable=True),
        sa.Column("tax_id", types.PlainText(), nullable=True),
        sa.Column("is_1099_eligible", sa.Boolean(), nullable=False),
        sa.Column("surcharges_enabled", sa.Boolean(), nullable=False),
        sa.Column("utbms_is_enabled", sa.Boolean(), nullable=False),
        sa.Column("ledes_client_id", types.PlainText(), nullable=True),
        sa.Column("is_contact_sync", sa.Boolean(), nullable=False),
        sa.Column("is_email_sync", sa.Boolean(), nullable=False),
        sa.Column("is_files_sync", sa.Boolean(), nullable=False),
        sa.Column("shows_outstanding_invoices", sa.Boolean(), nullable=False),
        sa.Column("shows_paid_invoices", sa.Boolean(), nullable=False),
        sa.Column("shows_payments", sa.Boolean(), nullable=False),
        sa.Column("shows_balances", sa.Boolean(), nullable=False),
        sa.Column("sends_payment_reminders", sa.Boolean(), nullable=False),
        sa.Column("sends_quote_reminders", sa.Boolean(), nullable=False),
        sa.Column("is_echeck_disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_accounts_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_accounts")),
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_accounts_display_name",
            ["firm_id", "display_name", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_accounts_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_accounts_updated_at",
            ["firm_id", "updated_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_accounts_number",
            ["firm_id", "number"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "contacts",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("display_name", types.PlainText(), nullable=False),
        sa.Column("prefix", types.PlainText(), nullable=True),
        sa.Column("first_name", types.PlainText(), nullable=True),
        sa.Column("middle_name", types.PlainText(), nullable=True),
        sa.Column("last_name", types.PlainText(), nullable=True),
        sa.Column("salutation", types.PlainText(), nullable=True),
        sa.Column("position", types.PlainText(), nullable=True),
        sa.Column("email", types.PlainText(), nullable=True),
        sa.Column("phone_mobile", types.PlainText(), nullable=True),
        sa.Column("phone_home", types.PlainText(), nullable=True),
        sa.Column("phone_work", types.PlainText(), nullable=True),
        sa.Column("phone_extension", types.PlainText(), nullable=True),
        sa.Column("phone_fax", types.PlainText(), nullable=True),
        sa.Column("notes", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_contacts_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_contacts_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_contacts_account",
            ["firm_id", "account_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_contacts_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_contacts_primary",
            ["firm_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("is_primary AND deleted_at IS NULL"),
            postgresql_where=sa.text("is_primary AND deleted_at IS NULL"),
        )

    op.create_table(
        "matters",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("legacy_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=True),
        sa.Column("originated_by_id", types.Guid(length=36), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("display_name", types.PlainText(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("notes", types.PlainText(), nullable=True),
        sa.Column("open_date", types.UtcDateTime(), nullable=True),
        sa.Column("close_date", types.UtcDateTime(), nullable=True),
        sa.Column("due_date", types.UtcDateTime(), nullable=True),
        sa.Column("statute_of_limitation_date", types.UtcDateTime(), nullable=True),
        sa.Column("rate_type", sa.String(length=20), nullable=False),
        sa.Column("hourly_rate", types.ExactDecimal(precision=12, scale=4), nullable=True),
        sa.Column("flat_rate", types.ExactDecimal(precision=14, scale=2), nullable=True),
        sa.Column("contingency_rate_percent", types.ExactDecimal(precision=7, scale=4), nullable=True),
        sa.Column("is_flat_rate_billed", sa.Boolean(), nullable=False),
        sa.Column("evergreen_is_on", sa.Boolean(), nullable=False),
        sa.Column("evergreen_amount", types.ExactDecimal(precision=14, scale=2), nullable=True),
        sa.Column("adds_evergreen_to_invoice", sa.Boolean(), nullable=False),
        sa.Column("ledes_client_matter_id", types.PlainText(), nullable=True),
        sa.Column("is_contact_sync", sa.Boolean(), nullable=False),
        sa.Column("is_email_sync", sa.Boolean(), nullable=False),
        sa.Column("is_files_sync", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_matters_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "originated_by_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_matters_firm_id_originated_by_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_matters_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_matters")),
    )
    with op.batch_alter_table("matters", schema=None) as batch_op:
        batch_op.create_index(
            "ix_matters_account",
            ["firm_id", "account_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_matters_display_name",
            ["firm_id", "display_name", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_matters_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_matters_updated_at",
            ["firm_id", "updated_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_matters_number",
            ["firm_id", "number"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "relationships",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("contact_id", types.Guid(length=36), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("notes", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "contact_id"],
            ["contacts.firm_id", "contacts.id"],
            name=op.f("fk_relationships_firm_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_relationships_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_relationships_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_relationships")),
    )
    with op.batch_alter_table("relationships", schema=None) as batch_op:
        batch_op.create_index(
            "ix_relationships_contact",
            ["firm_id", "contact_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_relationships_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_relationships_matter",
            ["firm_id", "matter_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
