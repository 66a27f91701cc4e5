"""Custom fields"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "custom_fields",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("object_type", sa.String(length=10), nullable=False),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("value_type", sa.String(length=12), nullable=False),
        sa.Column("dropdown_list_values", types.PlainText(), nullable=True),
        sa.Column("help_text", types.PlainText(), nullable=True),
        sa.Column("tooltip", types.PlainText(), nullable=True),
        sa.Column("row_index", sa.Integer(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("is_in_lists", sa.Boolean(), nullable=False),
        sa.Column("is_exported_to_ledes", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_custom_fields_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_custom_fields")),
    )
    with op.batch_alter_table("custom_fields", schema=None) as batch_op:
        batch_op.create_index(
            "ix_custom_fields_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_custom_fields_name",
            ["firm_id", "object_type", "name"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "custom_field_values",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("custom_field_id", types.Guid(length=36), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=True),
        sa.Column("contact_id", types.Guid(length=36), nullable=True),
        sa.Column("matter_id", types.Guid(length=36), nullable=True),
        sa.Column("value_string", types.PlainText(), nullable=True),
        sa.Column("value_number", types.ExactDecimal(precision=16, scale=4), nullable=True),
        sa.Column("value_date_time", types.UtcDateTime(), nullable=True),
        sa.Column("value_boolean", sa.Boolean(), nullable=False),
        sa.Column("value_contact_id", types.Guid(length=36), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_custom_field_values_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "contact_id"],
            ["contacts.firm_id", "contacts.id"],
            name=op.f("fk_custom_field_values_firm_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "custom_field_id"],
            ["custom_fields.firm_id", "custom_fields.id"],
            name=op.f("fk_custom_field_values_firm_id_custom_field_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_custom_field_values_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "value_contact_id"],
            ["contacts.firm_id", "contacts.id"],
            name=op.f("fk_custom_field_values_firm_id_value_contact_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_custom_field_values_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_custom_field_values")),
    )
    with op.batch_alter_table("custom_field_values", schema=None) as batch_op:
        batch_op.create_index(
            "ix_custom_field_values_field",
            ["firm_id", "custom_field_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_custom_field_values_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_custom_field_values_account",
            ["firm_id", "account_id", "custom_field_id"],
            unique=True,
            sqlite_where=sa.text("account_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("account_id IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_custom_field_values_contact",
            ["firm_id", "contact_id", "custom_field_id"],
            unique=True,
            sqlite_where=sa.text("contact_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("contact_id IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_custom_field_values_matter",
            ["firm_id", "matter_id", "custom_field_id"],
            unique=True,
            sqlite_where=sa.text("matter_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("matter_id IS NOT NULL AND deleted_at IS NULL"),
        )
