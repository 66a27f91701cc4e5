"""First tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "firms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firms")),
    )
    op.create_table(
        "accounts",
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
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
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
        "changes",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", types.Guid(length=36), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=True),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_changes_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "number", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index("ix_changes_entity", ["firm_id", "entity", "entity_id"], unique=False)

    op.create_table(
        "counters",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_counters_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "name", name=op.f("pk_counters")),
    )
    op.create_table(
        "items",
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("code", types.PlainText(), nullable=True),
        sa.Column("description", types.PlainText(), nullable=True),
        sa.Column("rate", types.ExactDecimal(precision=12, scale=4), nullable=True),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_items_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_items")),
    )
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.create_index(
            "ix_items_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_items_name",
            ["firm_id", "name", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "oauth_clients",
        sa.Column("client_id", types.PlainText(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("secret_hash", types.PlainText(), nullable=True),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("redirect_uris", sa.JSON(), nullable=False),
        sa.Column("scope", types.PlainText(), nullable=False),
        sa.Column("requires_pkce", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_oauth_clients_firm_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_oauth_clients")),
    )
    with op.batch_alter_table("oauth_clients", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_oauth_clients_firm_id"), ["firm_id"], unique=False)

    op.create_table(
        "tags",
        sa.Column("tag_for", sa.String(length=10), nullable=False),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_tags_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_tags")),
    )
    with op.batch_alter_table("tags", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tags_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index("uq_tags_name", ["firm_id", "tag_for", "name"], unique=True)

    op.create_table(
        "users",
        sa.Column("email", types.PlainText(), nullable=False),
        sa.Column("login", types.PlainText(), nullable=True),
        sa.Column("password_hash", types.PlainText(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("first_name", types.PlainText(), nullable=True),
        sa.Column("middle_name", types.PlainText(), nullable=True),
        sa.Column("last_name", types.PlainText(), nullable=True),
        sa.Column("display_name", types.PlainText(), nullable=False),
        sa.Column("hourly_rate", types.ExactDecimal(precision=12, scale=4), nullable=True),
        sa.Column("time_zone_id", types.PlainText(), nullable=True),
        sa.Column("last_login_at", types.UtcDateTime(), nullable=True),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_users_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_users")),
        sa.UniqueConstraint("login", name=op.f("uq_users_login")),
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index("ix_users_display_name", ["firm_id", "display_name"], unique=False)
        batch_op.create_index(
            "ix_users_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "account_assignees",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_account_assignees_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_account_assignees_firm_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_account_assignees_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "account_id", "user_id", name=op.f("pk_account_assignees")),
    )
    with op.batch_alter_table("account_assignees", schema=None) as batch_op:
        batch_op.create_index(
            "ix_account_assignees_user_id", ["firm_id", "user_id", "account_id"], unique=False
        )

    op.create_table(
        "account_followers",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_account_followers_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_account_followers_firm_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_account_followers_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "account_id", "user_id", name=op.f("pk_account_followers")),
    )
    with op.batch_alter_table("account_followers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_account_followers_user_id", ["firm_id", "user_id", "account_id"], unique=False
        )

    op.create_table(
        "account_tags",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("tag_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_account_tags_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "tag_id"], ["tags.firm_id", "tags.id"], name=op.f("fk_account_tags_firm_id_tag_id")
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_account_tags_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "account_id", "tag_id", name=op.f("pk_account_tags")),
    )
    with op.batch_alter_table("account_tags", schema=None) as batch_op:
        batch_op.create_index("ix_account_tags_tag_id", ["firm_id", "tag_id", "account_id"], unique=False)

    op.create_table(
        "contacts",
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
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
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
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
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
        "oauth_grants",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.Column("client_id", types.PlainText(), nullable=False),
        sa.Column("scope", types.PlainText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("revoked_at", types.UtcDateTime(), nullable=True),
        sa.Column("revoked_for", types.PlainText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["oauth_clients.client_id"], name=op.f("fk_oauth_grants_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_oauth_grants_firm_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_oauth_grants")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("oauth_grants", schema=None) as batch_op:
        batch_op.create_index("ix_oauth_grants_user", ["firm_id", "user_id", "client_id"], unique=False)

    op.create_table(
        "account_recipients",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("contact_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_account_recipients_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "contact_id"],
            ["contacts.firm_id", "contacts.id"],
            name=op.f("fk_account_recipients_firm_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_account_recipients_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "account_id", "contact_id", name=op.f("pk_account_recipients")),
    )
    with op.batch_alter_table("account_recipients", schema=None) as batch_op:
        batch_op.create_index(
            "ix_account_recipients_contact_id", ["firm_id", "contact_id", "account_id"], unique=False
        )

    op.create_table(
        "matter_assignees",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_matter_assignees_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_matter_assignees_firm_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_matter_assignees_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "matter_id", "user_id", name=op.f("pk_matter_assignees")),
    )
    with op.batch_alter_table("matter_assignees", schema=None) as batch_op:
        batch_op.create_index(
            "ix_matter_assignees_user_id", ["firm_id", "user_id", "matter_id"], unique=False
        )

    op.create_table(
        "matter_followers",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_matter_followers_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_matter_followers_firm_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_matter_followers_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "matter_id", "user_id", name=op.f("pk_matter_followers")),
    )
    with op.batch_alter_table("matter_followers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_matter_followers_user_id", ["firm_id", "user_id", "matter_id"], unique=False
        )

    op.create_table(
        "matter_recipients",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("contact_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "contact_id"],
            ["contacts.firm_id", "contacts.id"],
            name=op.f("fk_matter_recipients_firm_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_matter_recipients_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_matter_recipients_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "matter_id", "contact_id", name=op.f("pk_matter_recipients")),
    )
    with op.batch_alter_table("matter_recipients", schema=None) as batch_op:
        batch_op.create_index(
            "ix_matter_recipients_contact_id", ["firm_id", "contact_id", "matter_id"], unique=False
        )

    op.create_table(
        "matter_tags",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("tag_id", types.Guid(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_matter_tags_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "tag_id"], ["tags.firm_id", "tags.id"], name=op.f("fk_matter_tags_firm_id_tag_id")
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_matter_tags_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "matter_id", "tag_id", name=op.f("pk_matter_tags")),
    )
    with op.batch_alter_table("matter_tags", schema=None) as batch_op:
        batch_op.create_index("ix_matter_tags_tag_id", ["firm_id", "tag_id", "matter_id"], unique=False)

    op.create_table(
        "oauth_access_tokens",
        sa.Column("scope", types.PlainText(), nullable=False),
        sa.Column("hash", types.PlainText(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "grant_id"],
            ["oauth_grants.firm_id", "oauth_grants.id"],
            name=op.f("fk_oauth_access_tokens_firm_id_grant_id"),
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_oauth_access_tokens")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("oauth_access_tokens", schema=None) as batch_op:
        batch_op.create_index("ix_oauth_access_tokens_grant", ["firm_id", "grant_id"], unique=False)

    op.create_table(
        "oauth_codes",
        sa.Column("redirect_uri", types.PlainText(), nullable=True),
        sa.Column("code_challenge", types.PlainText(), nullable=True),
        sa.Column("used_at", types.UtcDateTime(), nullable=True),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("hash", types.PlainText(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "grant_id"],
            ["oauth_grants.firm_id", "oauth_grants.id"],
            name=op.f("fk_oauth_codes_firm_id_grant_id"),
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_oauth_codes")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("oauth_codes", schema=None) as batch_op:
        batch_op.create_index("ix_oauth_codes_grant", ["firm_id", "grant_id"], unique=False)

    op.create_table(
        "oauth_refresh_tokens",
        sa.Column("used_at", types.UtcDateTime(), nullable=True),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("hash", types.PlainText(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "grant_id"],
            ["oauth_grants.firm_id", "oauth_grants.id"],
            name=op.f("fk_oauth_refresh_tokens_firm_id_grant_id"),
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_oauth_refresh_tokens")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("oauth_refresh_tokens", schema=None) as batch_op:
        batch_op.create_index("ix_oauth_refresh_tokens_grant", ["firm_id", "grant_id"], unique=False)

    op.create_table(
        "time_entries",
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("billed_by_user_id", types.Guid(length=36), nullable=False),
        sa.Column("item_id", types.Guid(length=36), nullable=True),
        sa.Column("date", types.UtcDateTime(), nullable=False),
        sa.Column("hours", types.ExactDecimal(precision=12, scale=4), nullable=False),
        sa.Column("rate", types.ExactDecimal(precision=12, scale=4), nullable=False),
        sa.Column("total", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("description", types.PlainText(), nullable=True),
        sa.Column("private_notes", types.PlainText(), nullable=True),
        sa.Column("is_billable", sa.Boolean(), nullable=False),
        sa.Column("is_billed", sa.Boolean(), nullable=False),
        sa.Column("task_code", types.PlainText(), nullable=True),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_time_entries_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "billed_by_user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_time_entries_firm_id_billed_by_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "item_id"],
            ["items.firm_id", "items.id"],
            name=op.f("fk_time_entries_firm_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_time_entries_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_time_entries_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_time_entries")),
    )
    with op.batch_alter_table("time_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_time_entries_account",
            ["firm_id", "account_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_time_entries_date",
            ["firm_id", sa.literal_column("date DESC"), "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_time_entries_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_time_entries_matter",
            ["firm_id", "matter_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_time_entries_user",
            ["firm_id", "billed_by_user_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
