"""Cases and sent invoices"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("matters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("practice_area", types.PlainText(), nullable=True))
    with op.batch_alter_table("invoices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sent_at", types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("pdf_file_id", types.Guid(length=36), nullable=True))
