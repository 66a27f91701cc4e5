"""Forgetting the oldest lines of the log of changes, which would grow for ever.

Followers know a line by its number, and that no number is missing between the oldest line and the newest
(docs/decisions/0006). So lines go in the order of their numbers only, a firm at a time, and never:

- the newest, for positions are read from it;
- what a webhook has not been given yet, a paused one neither: it is told of everything, however late.

Whoever follows by a delta link that is older than the oldest line is told so. The hub keeps a place for minutes, which
is less than the least time that lines are kept, a day.
"""

from __future__ import annotations

import datetime as dt
from itertools import takewhile

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, sessionmaker

from app.models import Change, Counter, Webhook
from app.services.changes import SERIES


def purge(sessions: sessionmaker[Session], before: dt.datetime, batch: int, most: int | None) -> int:
    """Forget lines in small batches, each a transaction of its own.

    Args:
        before: lines that are as old as this, or younger, stay.
        batch: lines that are forgotten at once.
        most: batches to forget at most; all when left out.

    Returns:
        How many lines are gone.
    """
    forgotten, batches = 0, 0
    with sessions() as session:
        firms = _with_old_lines(session, before)
    for firm_id in firms:
        gone = batch
        while gone == batch and (most is None or batches < most):
            with sessions.begin() as session:
                gone = _forget(session, firm_id, before, batch)
            forgotten += gone
            batches += gone > 0  # a firm whose lines a webhook holds takes nobody's turn
    return forgotten


def _with_old_lines(session: Session, before: dt.datetime) -> list[int]:
    """The firms whose oldest line is old; each is looked up by the key of the table."""
    oldest = (
        select(Change.at)
        .where(Change.firm_id == Counter.firm_id)
        .order_by(Change.number)
        .limit(1)
        .correlate(Counter)
        .scalar_subquery()
    )
    firms = select(Counter.firm_id).where(Counter.name == SERIES, oldest < before)
    return list(session.scalars(firms))


def _forget(session: Session, firm_id: int, before: dt.datetime, batch: int) -> int:
    """Forget some of a firm's lines, the oldest first.

    They are not locked before they are deleted, and none is passed over: who does the same at the same moment waits,
    and finds them gone.
    """
    newest = session.scalar(select(func.max(Change.number)).where(Change.firm_id == firm_id)) or 0
    given = session.scalar(select(func.min(Webhook.position)).where(Webhook.firm_id == firm_id))
    last = newest - 1 if given is None else min(newest - 1, given)
    oldest = (
        select(Change.number, Change.at)
        .where(Change.firm_id == firm_id, Change.number <= last)
        .order_by(Change.number)
        .limit(batch)
    )
    old = [row.number for row in takewhile(lambda row: row.at < before, session.execute(oldest))]
    if not old:
        return 0
    gone = session.execute(delete(Change).where(Change.firm_id == firm_id, Change.number <= old[-1]))
    return int(gone.rowcount)  # type: ignore[attr-defined]
