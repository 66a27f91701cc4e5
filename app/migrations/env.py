"""What Alembic runs for every command: the models against the connection that `__init__` hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from app.models import Base
from app.models import types as column_types


def render_item(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write our own column types by their name in `app.models.types`; the rest is Alembic's."""
    if kind == "type" and type(item).__module__ == column_types.__name__:
        autogenerate.imports.add("from app.models import types")
        return f"types.{item!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by rebuilding it
    render_item=render_item,
)
context.run_migrations()
