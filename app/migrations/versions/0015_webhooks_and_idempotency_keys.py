"""Webhooks and idempotency keys"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.Column("app", types.PlainText(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("answer", types.PlainText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_idempotency_keys_firm_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "user_id", "app", "key", name=op.f("pk_idempotency_keys")),
    )
    with op.batch_alter_table("idempotency_keys", schema=None) as batch_op:
        batch_op.create_index("ix_idempotency_keys_created_at", ["created_at"], unique=False)

    op.create_table(
        "webhooks",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("url", types.PlainText(), nullable=False),
        sa.Column("entities", sa.JSON(), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("secret", types.PlainText(), nullable=False),
        sa.Column("old_secret", types.PlainText(), nullable=True),
        sa.Column("old_secret_until", types.UtcDateTime(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=False),
        sa.Column("client_id", types.PlainText(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", types.UtcDateTime(), nullable=True),
        sa.Column("next_attempt_at", types.UtcDateTime(), nullable=True),
        sa.Column("busy_by", sa.String(length=36), nullable=True),
        sa.Column("busy_until", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_webhooks_firm_id")),
        sa.ForeignKeyConstraint(
            ["firm_id", "created_by_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_webhooks_firm_id_created_by_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_webhooks")),
    )

    op.create_table(
        "webhook_deliveries",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("webhook_id", types.Guid(length=36), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("body", types.PlainText(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("delivered_at", types.UtcDateTime(), nullable=True),
        sa.Column("wanted_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "webhook_id"],
            ["webhooks.firm_id", "webhooks.id"],
            name=op.f("fk_webhook_deliveries_firm_id_webhook_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_webhook_deliveries")),
    )
    with op.batch_alter_table("webhook_deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_webhook_deliveries_last", ["firm_id", "webhook_id", "last"], unique=False)
        batch_op.create_index("ix_webhook_deliveries_made_at", ["made_at"], unique=False)
        batch_op.create_index(
            "ix_webhook_deliveries_wanted",
            ["firm_id", "webhook_id"],
            unique=False,
            sqlite_where=sa.text("wanted_at IS NOT NULL"),
            postgresql_where=sa.text("wanted_at IS NOT NULL"),
        )

    op.create_table(
        "webhook_attempts",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", types.Guid(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", types.PlainText(), nullable=True),
        sa.Column("answer", types.PlainText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "delivery_id"],
            ["webhook_deliveries.firm_id", "webhook_deliveries.id"],
            name=op.f("fk_webhook_attempts_firm_id_delivery_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "delivery_id", "number", name=op.f("pk_webhook_attempts")),
    )
    with op.batch_alter_table("webhook_attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webhook_attempts_at"), ["at"], unique=False)
