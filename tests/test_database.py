"""The connections: lent and taken back, replaced when they break, stopped when they take too long."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import text

from app.extensions import Database, limit_time
from tests.commits import failing
from tests.databases import on_postgresql
from tests.firms import Workplace

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_statement_that_takes_too_long_is_stopped() -> None:
    connection = sqlite3.connect(":memory:")
    limit_time(connection, 0)
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        connection.execute(ENDLESS).fetchone()
    connection.close()


@on_postgresql  # a connection to a file does not break
def test_a_connection_that_broke_is_replaced(database: Database, workplace: Workplace) -> None:
    with database.writer.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )
    statuses = [workplace.get("/api/v2/users/me").status_code for _ in range(3)]
    assert statuses[0] in (200, 503)
    assert statuses[1:] == [200, 200]
    workplace.ok("POST", "/api/v2/matters", json={"name": "A", "status": "Open"})


def test_a_commit_that_fails_shuts_nobody_out(database: Database, workplace: Workplace) -> None:
    matter = {"name": "A", "status": "Open"}
    with failing(database):
        answers = [workplace.request("POST", "/api/v2/matters", json=matter) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [500, 500]
    assert workplace.list("/api/v2/matters") == []
    workplace.ok("POST", "/api/v2/matters", json=matter)
