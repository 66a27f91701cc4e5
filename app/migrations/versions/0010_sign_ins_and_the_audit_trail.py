"""Sign ins and the audit trail"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_events",
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=True),
        sa.Column("client_id", types.PlainText(), nullable=True),
        sa.Column("address", types.PlainText(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_audit_events_firm_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.create_index("ix_audit_events_client_at", ["client_id", "at"], unique=False)
        batch_op.create_index("ix_audit_events_firm_at", ["firm_id", "at"], unique=False)

    op.create_table(
        "browser_sessions",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.Column("address", types.PlainText(), nullable=True),
        sa.Column("browser", types.PlainText(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.Column("ended_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_browser_sessions_firm_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_browser_sessions")),
    )
    with op.batch_alter_table("browser_sessions", schema=None) as batch_op:
        batch_op.create_index("ix_browser_sessions_expires_at", ["expires_at"], unique=False)
        batch_op.create_index("ix_browser_sessions_user", ["firm_id", "user_id"], unique=False)

    op.create_table(
        "recovery_codes",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("user_id", types.Guid(length=36), nullable=False),
        sa.Column("hash", types.PlainText(), nullable=False),
        sa.Column("used_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "user_id"],
            ["users.firm_id", "users.id"],
            name=op.f("fk_recovery_codes_firm_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "user_id", "hash", name=op.f("pk_recovery_codes")),
    )
