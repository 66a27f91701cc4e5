"""Webhooks and idempotency keys"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0013"
down_revision = "0010"
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
