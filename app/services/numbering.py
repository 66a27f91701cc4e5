"""Numbers that a firm gives out one after the other.

A series is a row of `counters`. Taking a number locks the row until the transaction ends, so that whoever
comes next waits, and a transaction that is rolled back gives its numbers back: no gap, no double.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Select, Table, and_, case, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import Counter
from app.models.base import FirmRow
from app.services.scoping import Actor

LARGEST = 2**31 - 1
INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def take(session: Session, firm_id: int, series: str, how_many: int = 1) -> int:
    """Take the next numbers of a series and return the last of them; with 0, only wait for the lock."""
    insert = INSERTS[session.get_bind().dialect.name]
    statement = (
        insert(Counter)
        .values(firm_id=firm_id, name=series, value=how_many)
        .on_conflict_do_update(
            index_elements=[Counter.firm_id, Counter.name], set_={"value": Counter.value + how_many}
        )
        .returning(Counter.value)
    )
    return int(session.execute(statement).scalar_one())


def last(session: Session, firm_id: int, series: str) -> int:
    """The number of a series that was taken last; 0 before the first. Nobody waits for it."""
    return session.scalar(select(Counter.value).filter_by(firm_id=firm_id, name=series)) or 0


def number_for(session: Session, actor: Actor, row: Any, wanted: int | None) -> int:
    """The number of a numbered record: the one the client wants, else the firm's next free one.

    Args:
        row: a record of a kind that has numbers; one that has a number keeps it when none is wanted.

    Raises:
        InvalidBody: it is no number from 1 up, or another record of the firm has it.
    """
    model = type(row)
    if wanted is not None and wanted < 1:
        raise InvalidBody({"number": ["Must be greater than or equal to 1."]})
    if wanted is None and row.number is not None:
        return int(row.number)
    if wanted is not None and wanted == row.number:
        return wanted
    series = model.__name__
    if wanted is None:
        candidate = take(session, actor.firm_id, series)
        free = session.execute(_next_free(model.__table__, actor, candidate)).scalar_one()
        if free > LARGEST:
            raise InvalidBody({"number": [f"There is no free number up to {LARGEST}; give one."]})
        if free != candidate:
            take(session, actor.firm_id, series, free - candidate)
        return int(free)
    take(session, actor.firm_id, series, 0)
    if _is_taken(session, actor, model, wanted):
        raise InvalidBody({"number": [f"Number {wanted} is taken."]})
    return wanted


def _is_taken(session: Session, actor: Actor, model: type[FirmRow], number: int) -> bool:
    columns = model.__table__.c
    holder = select(columns.id).where(
        columns.firm_id == actor.firm_id, columns.number == number, columns.deleted_at.is_(None)
    )
    return session.execute(holder).first() is not None


def _next_free(table: Table, actor: Actor, candidate: int) -> Select[int]:
    """The first number from `candidate` on that no record has: clients may have taken numbers ahead."""
    row, after = table.alias(), table.alias()
    same_firm_after = and_(
        after.c.firm_id == row.c.firm_id, after.c.number - 1 == row.c.number, after.c.deleted_at.is_(None)
    )
    mine = (row.c.firm_id == actor.firm_id, row.c.deleted_at.is_(None))
    taken = select(row.c.id).where(*mine, row.c.number == candidate).exists()
    end_of_run = (
        select(func.min(cast(row.c.number, BigInteger)) + 1)
        .select_from(row.outerjoin(after, same_firm_after))
        .where(*mine, row.c.number >= candidate, after.c.id.is_(None))
    )
    return select(case((taken, end_of_run.scalar_subquery()), else_=candidate))
