"""What a body chooses from the firm's standard lists (`app/models/lookup_tables.py`)."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import LookupValue
from app.models.base import FirmRow
from app.models.lookup_tables import TITLES
from app.services.scoping import Actor, owned
from schemas.fields import Chosen

MOST_NAMED = 10
"""How many values a refusal lists."""

LONGEST_SAID = 60
"""How much a refusal repeats of what the body said, in letters."""


def choose(session: Session, actor: Actor, row: FirmRow, values: dict[str, Any]) -> None:
    """Put the ids of lookup values where a body says them in another way, and refuse what cannot be chosen.

    What a record has already it may keep, though the value has been switched off meanwhile.

    Raises:
        InvalidBody: names the columns whose value is not in its list.
    """
    problems = {}
    for column, table in row.lookups.items():
        wanted, present = values.get(column), getattr(row, column)
        if wanted is None or wanted == present:
            continue
        found = _found(session, actor, table, wanted)
        if found is None:
            problems[column] = [_no_such(session, actor, table, wanted)]
        elif not found.is_active and found.id != present:
            problems[column] = [f"'{found.name}' can no longer be chosen."]
        else:
            values[column] = found.id
    if problems:
        raise InvalidBody(problems)


def _found(session: Session, actor: Actor, table: str, wanted: str | Chosen) -> LookupValue | None:
    """The value of a table that a body means; a text alone is its id."""
    by, key = ("id", wanted) if isinstance(wanted, str) else wanted
    inside = owned(LookupValue, actor).where(LookupValue.table_name == table)
    return session.scalars(inside.where(getattr(LookupValue, by) == key)).first()


def _no_such(session: Session, actor: Actor, table: str, wanted: str | Chosen) -> str:
    said = str(wanted if isinstance(wanted, str) else wanted.key)[:LONGEST_SAID]
    choices = owned(LookupValue, actor).where(LookupValue.table_name == table, LookupValue.is_active)
    values = session.scalars(choices.order_by(LookupValue.name).limit(MOST_NAMED + 1)).all()
    if not values:
        return f"There is no such {TITLES[table].lower()}: the list '{table}' is empty."
    names = ", ".join(value.name for value in values[:MOST_NAMED]) + (", …" if values[MOST_NAMED:] else "")
    return f"There is no such {TITLES[table].lower()} as '{said}'; there are: {names}."
