"""Where connections stand: rows that any process reads and moves.

A connection that ends without having said so leaves its place behind for some minutes. The next connection of the
same grant takes it and goes on from there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from app.auth import Caller
from app.models import HubConnection
from app.models.base import now
from app.models.hub import NEGOTIATED, OPEN, PARKED, POLLED
from app.services.changes import SERIES
from app.services.numbering import INSERTS, last
from oauth.credentials import digest, new_credential

TO_CONNECT = dt.timedelta(minutes=1)
KEPT = dt.timedelta(minutes=5)
"""How long a place is kept that nobody comes back to."""
COLUMNS = tuple(HubConnection.__table__.c.keys())
SILENT = dt.timedelta(seconds=30)
"""After which a client that polls, and has not, is taken for gone."""


def negotiate(session: Session, caller: Caller) -> str:
    """The token of a connection that the client may now open, and which begins at this moment."""
    token, number = new_credential(), last(session, caller.firm_id, SERIES)
    session.add(
        HubConnection(
            hash=digest(token),
            firm_id=caller.firm_id,
            grant_id=caller.grant_id,
            state=NEGOTIATED,
            number=number,
            confirmed=number,
            is_handshaken=False,
            pending="",
            expires_at=now() + TO_CONNECT,
        )
    )
    session.flush()
    return token


def hold(session: Session, caller: Caller) -> None:
    """Have nobody else begin or move a connection of the grant until the transaction ends; all wait in one order."""
    mine = select(HubConnection.hash).where(*_of_grant(caller)).order_by(HubConnection.hash)
    session.execute(mine.with_for_update()).all()


def find(session: Session, caller: Caller, token_hash: str) -> HubConnection | None:
    """The connection of this token, if it is one of the caller's and has not been left for too long."""
    mine = (*_of_grant(caller), HubConnection.hash == token_hash, HubConnection.expires_at > now())
    return session.scalar(select(HubConnection).where(*mine).with_for_update())


def begin(
    session: Session, caller: Caller, row: HubConnection, state: str, owner: str, live: Collection[str] = ()
) -> None:
    """Open a negotiated connection of a grant that is held, where another one has left off, if one has.

    A place that was left is taken by one connection only; while others of the grant are left, none of them may
    begin later than the earliest of all, for nobody knows which client comes back first. A connection that another
    process has may be lost with that process: its place serves as well, and if it is alive it writes it anew.

    Args:
        owner: the process that opens it.
        live: the hashes of what that process has open.
    """
    row.state, row.owner, row.expires_at = state, owner, now() + KEPT
    left = [
        each
        for each in _others(session, caller, row.hash)
        if each.state == PARKED or each.owner != owner or (each.hash not in live and _is_silent(each))
    ]
    parked = [each for each in left if each.state == PARKED]
    chosen = next(iter([*parked, *left]), None)
    if chosen is None:
        return
    row.number = row.confirmed = min(row.number, chosen.confirmed)
    for each in parked:
        each.number = each.confirmed = row.number
    if chosen.state != POLLED:
        session.delete(chosen)


def _others(session: Session, caller: Caller, but: str) -> Iterable[HubConnection]:
    """The grant's other connections that were open once, the earliest first."""
    mine = (*_of_grant(caller), HubConnection.hash != but, HubConnection.expires_at > now())
    opened = HubConnection.state.in_((OPEN, POLLED, PARKED))
    found = select(HubConnection).where(*mine, opened).order_by(HubConnection.confirmed)
    return session.scalars(found).all()


def _is_silent(row: HubConnection) -> bool:
    """Whether a client that polls has not for so long that it is taken for gone."""
    return row.state == OPEN or row.expires_at < now() + KEPT - SILENT


def move(session: Session, row: HubConnection, to: int) -> bool:
    """Move a polled connection on, unless another poll has moved it meanwhile."""
    this = (*_this(row), HubConnection.number == row.number)
    moved = update(HubConnection).where(*this).values(number=to, expires_at=now() + KEPT)
    return bool(session.execute(moved).rowcount)  # type: ignore[attr-defined]


def keep(session: Session, rows: Iterable[HubConnection]) -> None:
    """Write down where connections stand, also those whose row another process has taken for lost."""
    _write(session, [_values(row) for row in rows])


def park(session: Session, left: Iterable[tuple[HubConnection, int]]) -> None:
    """Leave places, each a connection and the number from which the next one of its grant will go on."""
    parked = {"state": PARKED, "owner": None, "pending": ""}
    _write(
        session, [{**_values(row), **parked, "number": number, "confirmed": number} for row, number in left]
    )


def _values(row: HubConnection) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS}


def _write(session: Session, rows: list[dict[str, Any]]) -> None:
    """Insert or replace the rows, in one order, so that nobody who does the same waits for the other."""
    insert = INSERTS[session.get_bind().dialect.name](HubConnection)
    changed = {name: insert.excluded[name] for name in COLUMNS if name != "hash"}
    until = now() + KEPT
    ordered = sorted(({**row, "expires_at": until} for row in rows), key=itemgetter("hash"))
    if ordered:
        written = insert.on_conflict_do_update(index_elements=[HubConnection.hash], set_=changed)
        session.connection().execute(written, ordered)


def forget(session: Session, row: HubConnection) -> None:
    """Leave nothing behind: the client has closed the connection itself, or may not come back."""
    session.execute(delete(HubConnection).where(*_this(row)))


def how_many(session: Session, caller: Caller) -> int:
    """The connections of the caller's grant, those among them that may still come back."""
    mine = select(func.count()).select_from(HubConnection)
    return session.scalar(mine.where(*_of_grant(caller), HubConnection.expires_at > now())) or 0


def _of_grant(caller: Caller) -> tuple[ColumnElement[bool], ...]:
    return (HubConnection.firm_id == caller.firm_id, HubConnection.grant_id == caller.grant_id)


def _this(row: HubConnection) -> tuple[ColumnElement[bool], ...]:
    return (HubConnection.firm_id == row.firm_id, HubConnection.hash == row.hash)
