"""Long polling: what a connection is stands in the table, so any process can answer any of its requests."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TypeAlias

from sqlalchemy.orm import Session

from app.auth import Caller
from app.errors import Conflict, NotFound
from app.models import HubConnection
from app.models.base import now
from app.models.hub import NEGOTIATED, OPEN, PARKED, POLLED
from app.realtime import positions, protocol
from app.realtime.feeds import Feeds
from app.realtime.guests import Guest
from app.realtime.work import Work
from oauth.credentials import digest

LONGEST_POLL = 15.0
"""Seconds after which a poll that has nothing to tell brings a ping."""
BETWEEN_LOOKS = 0.5
"""Seconds after which a waiting poll looks whether another process has something for it."""
WHILE_BEGINNING = 0.05
BETWEEN_POLLS = dt.timedelta(seconds=0.2)
"""How long after a poll that has brought something the next one brings more: so a client that polls without a pause
does not do so more often, however much there is to tell."""
MOST_PENDING = 20_000

Said: TypeAlias = str | None
"""What a poll brings; None where the connection is over for it."""

GONE = "There is no such connection; negotiate a new one."


class Polls:
    """The polled connections, as one process answers for them."""

    def __init__(self, work: Work, feeds: Feeds, owner: str) -> None:
        self._work = work
        self._feeds = feeds
        self._owner = owner
        self._leaving = asyncio.Event()
        self._newest_of: dict[str, object] = {}
        self.waiting = 0

    def leave(self) -> None:
        """Let all polls end."""
        self._leaving.set()

    async def poll(self, guest: Guest, token: str) -> Said:
        """Wait for something to tell.

        Raises:
            NotFound: there is no such connection.
            Conflict: it goes over a WebSocket.
        """
        row, pause = await self._work.write(_polled, guest.caller, digest(token), self._owner)
        if pause is None:
            return ""
        with self._feeds.followed(row.firm_id, row.number) as feed, self._newest(row.hash) as is_newest:
            await asyncio.sleep(pause)
            await feed.catch_up()
            until = monotonic() + LONGEST_POLL
            while monotonic() < until:
                if not is_newest():
                    return None
                caller = await guest.checked()
                said = await self._work.write(_pending, caller, row)
                if said != "":
                    return said
                if row.is_handshaken:
                    records, number = await feed.portion(guest, row.number)
                    if number != row.number:
                        if not await self._work.write(positions.move, row, number):
                            return None
                        row.number = number
                    if records:
                        return records
                    waiting = asyncio.ensure_future(feed.beyond(row.number))
                else:
                    waiting = asyncio.ensure_future(asyncio.sleep(WHILE_BEGINNING))
                if await self._is_leaving(waiting):
                    await self._work.write(positions.park, [(row, row.number)])
                    return protocol.close(may_return=True)
            return protocol.PING

    @contextmanager
    def _newest(self, connection: str) -> Iterator[Callable[[], bool]]:
        """A poll that waits; tells whether it is the connection's newest one here, for only that one goes on."""
        me = self._newest_of[connection] = object()
        self.waiting += 1
        try:
            yield lambda: self._newest_of.get(connection) is me
        finally:
            self.waiting -= 1
            if self._newest_of.get(connection) is me:
                del self._newest_of[connection]

    async def _is_leaving(self, waiting: asyncio.Future[None]) -> bool:
        leaving = asyncio.ensure_future(self._leaving.wait())
        try:
            await asyncio.wait((waiting, leaving), timeout=BETWEEN_LOOKS, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
            leaving.cancel()
        return self._leaving.is_set()

    async def take(self, guest: Guest, token: str, text: str) -> None:
        """What the client says.

        Raises:
            NotFound: there is no such connection.
            ProtocolError: it is nonsense; the connection is over.
        """
        try:
            await self._work.write(_taken, guest.caller, digest(token), text)
        except (protocol.ProtocolError, protocol.Closed) as error:
            await self.end(guest, token)
            if isinstance(error, protocol.ProtocolError):
                raise

    async def end(self, guest: Guest, token: str) -> None:
        """The client closes the connection.

        Raises:
            NotFound: there is none.
        """
        await self._work.write(_ended, guest.caller, digest(token))


def _found(session: Session, caller: Caller, token_hash: str) -> HubConnection:
    row = positions.find(session, caller, token_hash)
    if row is None:
        raise NotFound(GONE)
    if row.state == OPEN:
        raise Conflict("This connection is open over a WebSocket.")
    return row


def _polled(
    session: Session, caller: Caller, token_hash: str, owner: str
) -> tuple[HubConnection, float | None]:
    """The connection, and how many seconds the poll has to wait; None if it is the first one, which only opens it."""
    positions.hold(session, caller)
    row = _found(session, caller, token_hash)
    if row.state == NEGOTIATED:
        positions.begin(session, caller, row, POLLED, owner)
        return row, None
    moved_at = row.expires_at - positions.KEPT
    pause = moved_at + BETWEEN_POLLS - now() if row.is_handshaken else dt.timedelta()
    # Whoever polls again has what the poll before has brought.
    row.state, row.owner, row.confirmed = POLLED, owner, row.number
    row.expires_at = now() + positions.KEPT
    return row, max(0.0, pause.total_seconds())


def _pending(session: Session, caller: Caller, row: HubConnection) -> Said:
    """What other requests have left for a poll to bring; None where one of them has ended the connection."""
    current = positions.find(session, caller, row.hash)
    if current is None or current.state not in (POLLED, PARKED):
        return None
    if current.number != row.number or current.owner not in (row.owner, None):
        return None  # another poll has brought it further, or waits instead
    said, current.pending = current.pending, ""
    row.is_handshaken = current.is_handshaken
    return said


def _taken(session: Session, caller: Caller, token_hash: str, text: str) -> None:
    row = _found(session, caller, token_hash)
    records = protocol.Records()
    answers = []
    for each in records.feed(text):
        if row.is_handshaken:
            answers.append(protocol.answer_to(each) or "")
        else:
            protocol.shake_hands(each)
            row.is_handshaken = True
            answers.append(protocol.HANDSHAKEN)
    if records.is_within:
        raise protocol.ProtocolError("A message is not complete.")
    row.pending += "".join(answers)
    if len(row.pending) > MOST_PENDING:
        raise protocol.ProtocolError("Too many messages wait for an answer.")


def _ended(session: Session, caller: Caller, token_hash: str) -> None:
    positions.forget(session, _found(session, caller, token_hash))
