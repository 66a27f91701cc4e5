"""The ids by which other systems know the firm's records."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models.base import FirmRow
from app.services.linking import noun
from app.services.scoping import Actor, of_firm

ONCE = ("external_unique_id", "external_id")


def refuse_taken(session: Session, actor: Actor, row: FirmRow, values: dict[str, Any]) -> None:
    """Refuse the id of another record, where records of the kind do not share one. Where two give it at the same
    moment, the index refuses the second.

    Raises:
        InvalidBody: another record of this kind has it.
    """
    model = type(row)
    for name in known_once(model) & values.keys():
        if values[name] is None:
            continue
        # Also one that the actor does not see: the index knows it, too.
        holder = of_firm(model, actor).where(model.__table__.c[name] == values[name], model.id != row.id)
        if session.scalars(holder.with_only_columns(model.id).limit(1)).first() is not None:
            raise InvalidBody({name: [f"Another {noun(model.__name__)} has this id."]})


@cache
def known_once(model: type[FirmRow]) -> frozenset[str]:
    """The columns by which another system knows one record of the firm, and no second."""
    unique = {
        tuple(index.columns.keys())
        for index in model.metadata.tables[model.__tablename__].indexes
        if index.unique
    }
    return frozenset(name for name in ONCE if ("firm_id", name) in unique)
