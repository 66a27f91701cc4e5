"""Changes of a set: since a number, and the last one of each row"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index("ix_changes_entity")
        batch_op.create_index("ix_changes_of_set", ["firm_id", "entity", "number"], unique=False)
        batch_op.create_index("ix_changes_of_row", ["firm_id", "entity", "entity_id", "number"], unique=False)
