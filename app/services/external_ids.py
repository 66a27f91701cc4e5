"""The ids by which other systems know the firm's records."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models.base import FirmRow
from app.services.linking import noun
from app.services.scoping import Actor, owned

UNIQUE = "external_unique_id"


def refuse_taken(session: Session, actor: Actor, row: FirmRow, values: dict[str, Any]) -> None:
    """Refuse the id of another record. Where two give it at the same moment, the index refuses the second.

    Raises:
        InvalidBody: another record of this kind has it.
    """
    wanted = values.get(UNIQUE)
    if wanted is None:
        return
    model = type(row)
    holder = owned(model, actor).where(model.__table__.c[UNIQUE] == wanted, model.id != row.id)
    if session.scalars(holder.with_only_columns(model.id).limit(1)).first() is not None:
        raise InvalidBody({UNIQUE: [f"Another {noun(model.__name__)} has this id."]})
