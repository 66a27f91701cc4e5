"""Who writes lookups"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everybody could write lookups and custom fields so far: a firm takes the right from a role, no upgrade does."""
    op.execute(sa.text("UPDATE roles SET rights = trim(rights || ' lookups')"))
