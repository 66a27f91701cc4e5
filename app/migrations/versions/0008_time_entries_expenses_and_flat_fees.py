"""Time entries expenses and flat fees"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "expenses",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("quantity", types.ExactDecimal(precision=12, scale=4), nullable=False),
        sa.Column("price", types.ExactDecimal(precision=12, scale=4), nullable=False),
        sa.Column("cost_type", types.PlainText(), nullable=False),
        sa.Column("billed_by_user_id", types.Guid(length=36), nullable=True),
        sa.Column("expense_category_id", types.Guid(length=36), nullable=True),
        sa.Column("task_code", types.PlainText(), nullable=True),
        sa.Column("task_name", types.PlainText(), nullable=True),
        sa.Column("is_billable", sa.Boolean(), nullable=False),
        sa.Column("is_billed", sa.Boolean(), nullable=False),
        sa.Column("date", types.UtcDateTime(), nullable=False),
        sa.Column("total", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("description", types.PlainText(), nullable=True),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("line_id", types.Guid(length=36), nullable=True),
        sa.Column("private_notes", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_expenses_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "billed_by_user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_expenses_firm_id_billed_by_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "expense_category_id"],
            ["expense_categories.firm_id", "expense_categories.id"],
            name=op.f("fk_expenses_firm_id_expense_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "line_id"],
            ["invoice_lines.firm_id", "invoice_lines.id"],
            name=op.f("fk_expenses_firm_id_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_expenses_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_expenses_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_expenses")),
    )
    with op.batch_alter_table("expenses", schema=None) as batch_op:
        batch_op.create_index(
            "ix_expenses_account",
            ["firm_id", "account_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_expenses_date",
            ["firm_id", sa.literal_column("date DESC"), "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_expenses_line",
            ["firm_id", "line_id"],
            unique=False,
            sqlite_where=sa.text("line_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("line_id IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_expenses_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_expenses_matter",
            ["firm_id", "matter_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_expenses_updated_at",
            ["firm_id", "updated_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_expenses_user",
            ["firm_id", "billed_by_user_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "flat_fees",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("quantity", types.ExactDecimal(precision=12, scale=4), nullable=False),
        sa.Column("price", types.ExactDecimal(precision=12, scale=4), nullable=False),
        sa.Column("billed_by_user_id", types.Guid(length=36), nullable=False),
        sa.Column("item_id", types.Guid(length=36), nullable=False),
        sa.Column("is_billable", sa.Boolean(), nullable=False),
        sa.Column("is_billed", sa.Boolean(), nullable=False),
        sa.Column("date", types.UtcDateTime(), nullable=False),
        sa.Column("total", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("description", types.PlainText(), nullable=True),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("line_id", types.Guid(length=36), nullable=True),
        sa.Column("private_notes", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_flat_fees_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "billed_by_user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_flat_fees_firm_id_billed_by_user_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "item_id"], ["items.firm_id", "items.id"], name=op.f("fk_flat_fees_firm_id_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "line_id"],
            ["invoice_lines.firm_id", "invoice_lines.id"],
            name=op.f("fk_flat_fees_firm_id_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_flat_fees_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_flat_fees_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_flat_fees")),
    )
    with op.batch_alter_table("flat_fees", schema=None) as batch_op:
        batch_op.create_index(
            "ix_flat_fees_account",
            ["firm_id", "account_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_flat_fees_date",
            ["firm_id", sa.literal_column("date DESC"), "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_flat_fees_line",
            ["firm_id", "line_id"],
            unique=False,
            sqlite_where=sa.text("line_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("line_id IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_flat_fees_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_flat_fees_matter",
            ["firm_id", "matter_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_flat_fees_updated_at",
            ["firm_id", "updated_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_flat_fees_user",
            ["firm_id", "billed_by_user_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "time_entries",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("hours", types.ExactDecimal(precision=12, scale=4), nullable=False),
        sa.Column("rate", types.ExactDecimal(precision=12, scale=4), nullable=False),
        sa.Column("billed_by_user_id", types.Guid(length=36), nullable=False),
        sa.Column("item_id", types.Guid(length=36), nullable=True),
        sa.Column("activity_id", types.Guid(length=36), nullable=True),
        sa.Column("task_code", types.PlainText(), nullable=True),
        sa.Column("task_name", types.PlainText(), nullable=True),
        sa.Column("is_billable", sa.Boolean(), nullable=False),
        sa.Column("is_billed", sa.Boolean(), nullable=False),
        sa.Column("date", types.UtcDateTime(), nullable=False),
        sa.Column("total", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("description", types.PlainText(), nullable=True),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=False),
        sa.Column("line_id", types.Guid(length=36), nullable=True),
        sa.Column("private_notes", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_time_entries_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "activity_id"],
            ["activities.firm_id", "activities.id"],
            name=op.f("fk_time_entries_firm_id_activity_id"),
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
            ["firm_id", "line_id"],
            ["invoice_lines.firm_id", "invoice_lines.id"],
            name=op.f("fk_time_entries_firm_id_line_id"),
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
            "ix_time_entries_activity",
            ["firm_id", "activity_id"],
            unique=False,
            sqlite_where=sa.text("activity_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("activity_id IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_time_entries_date",
            ["firm_id", sa.literal_column("date DESC"), "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_time_entries_line",
            ["firm_id", "line_id"],
            unique=False,
            sqlite_where=sa.text("line_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("line_id IS NOT NULL AND deleted_at IS NULL"),
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
            "ix_time_entries_updated_at",
            ["firm_id", "updated_at"],
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
