"""${message}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
<% steps = [line for line in (upgrades or "pass").splitlines() if "# ###" not in line] %>\
    ${"\n".join(steps).strip()}
