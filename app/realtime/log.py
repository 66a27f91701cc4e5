"""Reads the log of changes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Change, Counter
from app.realtime.sight import Logged
from app.services.changes import SERIES

AT_ONCE = 500


def after(session: Session, firm_id: int, number: int) -> list[Logged]:
    """The firm's next changes after this one, so many at a time, in the order of the commits."""
    lines = (
        select(Change.number, Change.entity, Change.entity_id, Change.action)
        .where(Change.firm_id == firm_id, Change.number > number)
        .order_by(Change.number)
        .limit(AT_ONCE)
    )
    return [Logged(*line) for line in session.execute(lines)]


def heads(session: Session, firm_ids: Iterable[int]) -> dict[int, int]:
    """The number of the last change of each firm."""
    last = select(Counter.firm_id, Counter.value).where(
        Counter.firm_id.in_(sorted(firm_ids)), Counter.name == SERIES
    )
    return {row.firm_id: row.value for row in session.execute(last)}
