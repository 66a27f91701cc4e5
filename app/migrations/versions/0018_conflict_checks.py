"""Conflict checks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conflict_checks",
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("id", types.Guid(length=36), nullable=False),
        sa.Column("deleted_at", types.UtcDateTime(), nullable=True),
        sa.Column("matter_id", types.Guid(length=36), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("match_count", sa.Integer(), nullable=False),
        sa.Column("is_cut", sa.Boolean(), nullable=False),
        sa.Column("asked", types.PlainText(), nullable=False),
        sa.Column("matches", types.PlainText(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("updated_at", types.UtcDateTime(), nullable=False),
        sa.Column("created_by_id", types.Guid(length=36), nullable=True),
        sa.Column("updated_by_id", types.Guid(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "matter_id"],
            ["matters.firm_id", "matters.id"],
            name=op.f("fk_conflict_checks_firm_id_matter_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_conflict_checks_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_conflict_checks")),
    )
    for name, columns in (
        ("ix_conflict_checks_live", ["firm_id", "id"]),
        ("ix_conflict_checks_matter", ["firm_id", "matter_id"]),
        ("ix_conflict_checks_created_at", ["firm_id", "created_at"]),
    ):
        op.create_index(
            name,
            "conflict_checks",
            columns,
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
