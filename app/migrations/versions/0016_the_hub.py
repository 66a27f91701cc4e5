"""The hub"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hub_connections",
        sa.Column("hash", types.PlainText(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", types.Guid(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("owner", types.Guid(length=36), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("confirmed", sa.BigInteger(), nullable=False),
        sa.Column("is_handshaken", sa.Boolean(), nullable=False),
        sa.Column("pending", types.PlainText(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"], name=op.f("fk_hub_connections_firm_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_hub_connections")),
    )
    with op.batch_alter_table("hub_connections", schema=None) as batch_op:
        batch_op.create_index("ix_hub_connections_expires_at", ["expires_at"], unique=False)
        batch_op.create_index("ix_hub_connections_grant", ["firm_id", "grant_id"], unique=False)
