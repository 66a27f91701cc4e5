"""Keeps when each grant was last used, to within a quarter of an hour.

A process looks at its own memory first, so a request hardly ever writes. When it does, it never waits: whoever
holds the lock may be writing the same thing, and the next request will do as well.
"""

from __future__ import annotations

import sqlite3
from time import monotonic
from typing import Any

import psycopg
from psycopg import RawCursor

EVERY = 15 * 60
"""Seconds."""
AGAIN = 60
"""Seconds until the next try, where the database was busy."""
MOST_REMEMBERED = 50_000

ON_SQLITE = """
    UPDATE oauth_grants SET last_used_at = rtrim(rtrim(strftime('%Y-%m-%dT%H:%M:%f', 'now'), '0'), '.')
    WHERE firm_id = ? AND id = ?
      AND (last_used_at IS NULL OR last_used_at < strftime('%Y-%m-%dT%H:%M:%f', 'now', '-15 minutes'))
"""
ON_POSTGRESQL = """
    UPDATE oauth_grants SET last_used_at = date_trunc('milliseconds', localtimestamp)
    WHERE (firm_id, id) = (
        SELECT firm_id, id FROM oauth_grants
        WHERE firm_id = $1 AND id = $2
          AND (last_used_at IS NULL OR last_used_at < localtimestamp - interval '15 minutes')
        FOR UPDATE SKIP LOCKED
    )
"""


class LastUse:
    """What one process remembers of the grants that it has seen."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}

    def note(self, connection: Any, firm_id: int, grant_id: str) -> None:
        """Note that a token of the grant was used.

        Args:
            connection: a driver connection in autocommit, with nothing half-read.
        """
        at = monotonic()
        if at < self._due.get(grant_id, 0.0):
            return
        if len(self._due) >= MOST_REMEMBERED:
            self._due.clear()
        self._due[grant_id] = at + (EVERY if _write(connection, firm_id, grant_id) else AGAIN)


def _write(connection: Any, firm_id: int, grant_id: str) -> bool:
    """Whether the time is kept now."""
    if not isinstance(connection, sqlite3.Connection):
        try:
            RawCursor(connection).execute(ON_POSTGRESQL, (firm_id, grant_id))
        except psycopg.OperationalError:
            return False
        return True
    [patience] = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout=0")
    try:
        connection.execute(ON_SQLITE, (firm_id, grant_id))
    except sqlite3.OperationalError:
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout={patience}")
    return True
