"""Price list bank accounts and payments"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_accounts",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("type", sa.String(length=10), nullable=False),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_bank_accounts_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_bank_accounts")),
    )
    with op.batch_alter_table("bank_accounts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_bank_accounts_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "expense_categories",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("code", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_expense_categories_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_expense_categories")),
    )
    with op.batch_alter_table("expense_categories", schema=None) as batch_op:
        batch_op.create_index(
            "ix_expense_categories_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "sales_taxes",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("description", types.PlainText(), nullable=True),
        sa.Column("rate", types.ExactDecimal(precision=7, scale=4), nullable=False),
        sa.Column("is_compound", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_sales_taxes_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_sales_taxes")),
    )
    with op.batch_alter_table("sales_taxes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sales_taxes_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "items",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("name", types.PlainText(), nullable=False),
        sa.Column("code", types.PlainText(), nullable=True),
        sa.Column("description", types.PlainText(), nullable=True),
        sa.Column("rate", types.ExactDecimal(precision=12, scale=4), nullable=True),
        sa.Column("overrides_hourly_rate", sa.Boolean(), nullable=False),
        sa.Column("tax1_id", types.Guid(length=36), nullable=True),
        sa.Column("tax2_id", types.Guid(length=36), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "tax1_id"],
            ["sales_taxes.firm_id", "sales_taxes.id"],
            name=op.f("fk_items_firm_id_tax1_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "tax2_id"],
            ["sales_taxes.firm_id", "sales_taxes.id"],
            name=op.f("fk_items_firm_id_tax2_id"),
        ),
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
        "payments",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=True),
        sa.Column("bank_account_id", types.Guid(length=36), nullable=False),
        sa.Column("date", types.UtcDateTime(), nullable=False),
        sa.Column("amount", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("applied", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("refunded", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("currency_code", sa.String(length=3), nullable=False),
        sa.Column("method", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("notes", types.PlainText(), nullable=True),
        sa.Column("payee", types.PlainText(), nullable=True),
        sa.Column("is_to_print", sa.Boolean(), nullable=False),
        sa.Column("check_number", sa.Integer(), nullable=True),
        sa.Column("is_check_printed", sa.Boolean(), nullable=False),
        sa.Column("is_deposit_slip_printed", sa.Boolean(), nullable=False),
        sa.Column("transaction_id", types.PlainText(), nullable=True),
        sa.Column("authorization_number", types.PlainText(), nullable=True),
        sa.Column("is_reconciled", sa.Boolean(), nullable=False),
        sa.Column("reconciled_at", types.UtcDateTime(), nullable=True),
        sa.Column("fee_in_cents", types.ExactDecimal(precision=14, scale=2), nullable=True),
        sa.Column("surcharge", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("refund_of_id", types.Guid(length=36), nullable=True),
        sa.Column("transfer_of_id", types.Guid(length=36), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.CheckConstraint(
            "applied >= 0 AND refunded >= 0 AND (amount < 0 OR applied + refunded <= amount)",
            name="ck_payments_applied",
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_payments_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "bank_account_id"],
            ["bank_accounts.firm_id", "bank_accounts.id"],
            name=op.f("fk_payments_firm_id_bank_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_payments_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "refund_of_id"],
            ["payments.firm_id", "payments.id"],
            name=op.f("fk_payments_firm_id_refund_of_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "transfer_of_id"],
            ["payments.firm_id", "payments.id"],
            name=op.f("fk_payments_firm_id_transfer_of_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_payments_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_payments")),
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_payments_account",
            ["firm_id", "account_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_payments_bank_account",
            ["firm_id", "bank_account_id", "account_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_payments_date",
            ["firm_id", sa.literal_column("date DESC"), "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_payments_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_payments_matter",
            ["firm_id", "matter_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_payments_transfer_of",
            ["firm_id", "transfer_of_id"],
            unique=False,
            sqlite_where=sa.text("transfer_of_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("transfer_of_id IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_payments_updated_at",
            ["firm_id", "updated_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_payments_number",
            ["firm_id", "number"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
