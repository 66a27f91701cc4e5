"""Ids in other systems"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ANY = ("matters", "activities", "time_entries", "expenses", "flat_fees")
UNIQUE = ("users", "accounts")


def upgrade() -> None:
    for table in ANY:
        _add(table, "external_id", f"ix_{table}_external_id", unique=False)
    for table in UNIQUE:
        _add(table, "external_unique_id", f"uq_{table}_external_unique_id", unique=True)


def _add(table: str, column: str, index: str, *, unique: bool) -> None:
    op.add_column(table, sa.Column(column, types.PlainText(), nullable=True))
    live = sa.text(f"{column} IS NOT NULL AND deleted_at IS NULL")
    op.create_index(
        index, table, ["firm_id", column], unique=unique, sqlite_where=live, postgresql_where=live
    )
