"""Invoices"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invoices",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", types.Guid(length=36), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=True),
        sa.Column("invoice_type", sa.String(length=10), nullable=False),
        sa.Column("issue_date", types.UtcDateTime(), nullable=False),
        sa.Column("due_date", types.UtcDateTime(), nullable=True),
        sa.Column("currency_code", sa.String(length=3), nullable=False),
        sa.Column("discount_percent", types.ExactDecimal(precision=7, scale=4), nullable=False),
        sa.Column("subtotal", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("discount", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("tax", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("total", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("paid", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("po_number", types.PlainText(), nullable=True),
        sa.Column("terms", types.PlainText(), nullable=True),
        sa.Column("customer_notes", types.PlainText(), nullable=True),
        sa.Column("sends_payment_reminders", sa.Boolean(), nullable=False),
        sa.Column("notifies_when_viewed", sa.Boolean(), nullable=False),
        sa.Column("notifies_when_paid", sa.Boolean(), nullable=False),
        sa.Column("allows_online_payment", sa.Boolean(), nullable=False),
        sa.Column("allows_partial_payment", sa.Boolean(), nullable=False),
        sa.Column("refund_payment_id", types.Guid(length=36), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.CheckConstraint("paid >= 0 AND paid <= total", name="ck_invoices_paid"),
        sa.ForeignKeyConstraint(
            ["firm_id", "account_id"],
            ["accounts.firm_id", "accounts.id"],
            name=op.f("fk_invoices_firm_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_invoices_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "refund_payment_id"],
            ["payments.firm_id", "payments.id"],
            name=op.f("fk_invoices_firm_id_refund_payment_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_invoices_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_invoices")),
    )
    with op.batch_alter_table("invoices", schema=None) as batch_op:
        batch_op.create_index(
            "ix_invoices_account",
            ["firm_id", "account_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_invoices_issue_date",
            ["firm_id", sa.literal_column("issue_date DESC"), "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_invoices_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_invoices_matter",
            ["firm_id", "matter_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_invoices_refund_payment",
            ["firm_id", "refund_payment_id"],
            unique=False,
            sqlite_where=sa.text("refund_payment_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("refund_payment_id IS NOT NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_invoices_updated_at",
            ["firm_id", "updated_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "uq_invoices_number",
            ["firm_id", "number"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "invoice_lines",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("invoice_id", types.Guid(length=36), nullable=False),
        sa.Column("row_index", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("matter_id", types.Guid(length=36), nullable=True),
        sa.Column("item_id", types.Guid(length=36), nullable=True),
        sa.Column("item_name", types.PlainText(), nullable=True),
        sa.Column("description", types.PlainText(), nullable=True),
        sa.Column("date", types.UtcDateTime(), nullable=True),
        sa.Column("billed_by", types.PlainText(), nullable=True),
        sa.Column("task_code", types.PlainText(), nullable=True),
        sa.Column("quantity", types.ExactDecimal(precision=12, scale=4), nullable=False),
        sa.Column("rate", types.ExactDecimal(precision=12, scale=4), nullable=False),
        sa.Column("subtotal", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("discount", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("tax1_name", types.PlainText(), nullable=True),
        sa.Column("tax1_rate", types.ExactDecimal(precision=7, scale=4), nullable=True),
        sa.Column("tax1_is_compound", sa.Boolean(), nullable=False),
        sa.Column("tax1_amount", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("tax2_name", types.PlainText(), nullable=True),
        sa.Column("tax2_rate", types.ExactDecimal(precision=7, scale=4), nullable=True),
        sa.Column("tax2_is_compound", sa.Boolean(), nullable=False),
        sa.Column("tax2_amount", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("tax1_percent", types.PlainText(), nullable=True),
        sa.Column("tax2_percent", types.PlainText(), nullable=True),
        sa.Column("total", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "invoice_id"],
            ["invoices.firm_id", "invoices.id"],
            name=op.f("fk_invoice_lines_firm_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "item_id"],
            ["items.firm_id", "items.id"],
            name=op.f("fk_invoice_lines_firm_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_invoice_lines_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_invoice_lines_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_invoice_lines")),
    )
    with op.batch_alter_table("invoice_lines", schema=None) as batch_op:
        batch_op.create_index(
            "ix_invoice_lines_invoice",
            ["firm_id", "invoice_id", "row_index"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_invoice_lines_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "invoice_payments",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("invoice_id", types.Guid(length=36), nullable=False),
        sa.Column("payment_id", types.Guid(length=36), nullable=True),
        sa.Column("credit_id", types.Guid(length=36), nullable=True),
        sa.Column("amount", types.ExactDecimal(precision=14, scale=2), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.CheckConstraint("(payment_id IS NULL) <> (credit_id IS NULL)", name="ck_invoice_payments_source"),
        sa.CheckConstraint("amount > 0", name="ck_invoice_payments_amount"),
        sa.ForeignKeyConstraint(
            ["firm_id", "credit_id"],
            ["invoices.firm_id", "invoices.id"],
            name=op.f("fk_invoice_payments_firm_id_credit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "invoice_id"],
            ["invoices.firm_id", "invoices.id"],
            name=op.f("fk_invoice_payments_firm_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "payment_id"],
            ["payments.firm_id", "payments.id"],
            name=op.f("fk_invoice_payments_firm_id_payment_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_invoice_payments_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_invoice_payments")),
    )
    with op.batch_alter_table("invoice_payments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_invoice_payments_credit",
            ["firm_id", "credit_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_invoice_payments_invoice",
            ["firm_id", "invoice_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_invoice_payments_live",
            ["firm_id", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_invoice_payments_payment",
            ["firm_id", "payment_id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
