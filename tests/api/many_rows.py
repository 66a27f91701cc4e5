"""Time entries by the thousand, as copies of one."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import TimeEntry

ID = {
    "sqlite": "printf('%08x-0000-4000-8000-%012x', n, n)",
    "postgresql": "(lpad(to_hex(n), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid",
}


def multiply(session: Session, firm_id: int, first: int, last: int) -> None:
    """Copy one of the firm's entries; the copies are numbered in their ids and descriptions."""
    database = session.get_bind().dialect.name
    columns = [column.name for column in TimeEntry.__table__.columns]
    made = {"id": ID[database], "description": "'copy ' || n"}
    values = ", ".join(made.get(name, name) for name in columns)
    session.execute(
        text(
            f"""
            INSERT INTO time_entries ({", ".join(columns)})
            WITH RECURSIVE numbers(n) AS (
                SELECT CAST({first} AS INTEGER) UNION ALL SELECT n + 1 FROM numbers WHERE n < {last}
            )
            SELECT {values} FROM numbers,
            (SELECT * FROM time_entries WHERE firm_id = {firm_id} ORDER BY id DESC LIMIT 1) AS one
            """  # noqa: S608 - numbers and names of our own
        )
    )
    session.commit()
