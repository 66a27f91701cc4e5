"""Lookups and records on matters"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0017"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lookup_values",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("lookup_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=True),
        sa.Column("custom_field_id", types.Guid(length=36), nullable=True),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("external_id", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "custom_field_id"],
            ["custom_fields.firm_id", "custom_fields.id"],
            name=op.f("fk_lookup_values_firm_id_custom_field_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_lookup_values_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_lookup_values")),
    )
    with op.batch_alter_table("lookup_values", schema=None) as batch_op:
        batch_op.create_index(
            "ix_lookup_values_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_lookup_values_external_id",
            ["firm_id", "table_name", "external_id"],
            unique=True,
            sqlite_where=sa.text("external_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("external_id IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_lookup_values_name",
            ["firm_id", "table_name", "name"],
            unique=True,
            sqlite_where=sa.text("table_name IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("table_name IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index("uq_lookup_values_number", ["firm_id", "lookup_id"], unique=True)
        batch_op.create_index(
            "uq_lookup_values_option",
            ["firm_id", "custom_field_id", "name"],
            unique=True,
            sqlite_where=sa.text("custom_field_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("custom_field_id IS NOT NULL AND deleted_at IS NULL"),
        )
