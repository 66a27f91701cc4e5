"""Firms and users"""

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
        sa.Column("approves_apps", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firms")),
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
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_counters_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "name", name=op.f("pk_counters")),
    )
    op.create_table(
        "users",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
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
        sa.Column("totp_secret", types.PlainText(), nullable=True),
        sa.Column("totp_confirmed_at", types.UtcDateTime(), nullable=True),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
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
