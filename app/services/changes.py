"""Writes the log of changes, in the transaction that makes them.

The session watches its own flushes, so no rule has to remember it. The numbers are taken last, just before
the commit: the firm's counter stays locked for as short as can be, and the order of the numbers is the order
of the commits.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Table, event, func, insert, select
from sqlalchemy.orm import Session, sessionmaker

from app.models import Change
from app.models.base import FirmRow, now
from app.services import numbering
from app.services.scoping import Actor
from odata.delta import Log

CREATED, UPDATED, DELETED = "created", "updated", "deleted"
SERIES = "changes"
CHANNEL = "matterbase_changes"
"""PostgreSQL tells those who listen here (NOTIFY) which firm has changed, once a transaction has committed."""
MILLISECOND = timedelta(milliseconds=1)
LOG = Log(cast(Table, Change.__table__), "number", "entity", "entity_id", "action", DELETED)
"""The log as the query engine reads it."""


def act_as(session: Session, actor: Actor, address: str | None = None) -> None:
    """Say who makes the session's changes, and from which network address."""
    session.info["actor"] = actor
    session.info["address"] = address


def address_of(session: Session) -> str | None:
    """The network address that the changes come from; None where there is none."""
    found: str | None = session.info.get("address")
    return found


def is_written(session: Session, row: FirmRow) -> bool:
    """Whether the transaction has made or changed a row, as far as it is flushed."""
    return row in session.info.get("changes", {})


def watch(sessions: sessionmaker[Session]) -> None:
    """Have every session of this factory write its changes."""
    event.listen(sessions, "before_flush", _collect)
    event.listen(sessions, "before_commit", _write)
    event.listen(sessions, "after_rollback", _forget)


def _collect(session: Session, context: Any, instances: Any) -> None:
    actor: Actor | None = session.info.get("actor")
    user_id = actor.user_id if actor else None
    for row in session.new:
        if isinstance(row, FirmRow):
            row.created_by_id = row.created_by_id or user_id
            row.updated_by_id = row.updated_by_id or user_id
            _note(session, row, CREATED)
    for row in session.dirty:
        if isinstance(row, FirmRow) and session.is_modified(row):
            # Two changes within a millisecond are two: who has read the first has not read the second.
            row.updated_at = max(now(), row.updated_at + MILLISECOND)
            row.updated_by_id = user_id
            _note(session, row, DELETED if row.deleted_at else UPDATED)


def _note(session: Session, row: FirmRow, action: str) -> None:
    """One line a row and transaction: what was made and then filled in was made."""
    pending = session.info.setdefault("changes", {})
    if not (action == UPDATED and row in pending):
        pending[row] = action


def _write(session: Session) -> None:
    session.flush()
    pending: dict[FirmRow, str] = session.info.pop("changes", {})
    actor: Actor | None = session.info.get("actor")
    by_firm: dict[int, list[tuple[FirmRow, str]]] = {}
    for row, action in pending.items():
        by_firm.setdefault(row.firm_id, []).append((row, action))
    for firm_id, changed in sorted(by_firm.items()):
        last = numbering.take(session, firm_id, SERIES, len(changed))
        session.execute(
            insert(Change),
            [
                {
                    "firm_id": firm_id,
                    "number": number,
                    "entity": type(row).__name__,
                    "entity_id": row.id,
                    "action": action,
                    "user_id": actor.user_id if actor else None,
                    "client_id": actor.client_id if actor else None,
                }
                for number, (row, action) in enumerate(changed, last - len(changed) + 1)
            ],
        )
        if session.get_bind().dialect.name == "postgresql":
            session.execute(select(func.pg_notify(CHANNEL, str(firm_id))))


def _forget(session: Session) -> None:
    session.info.pop("changes", None)
