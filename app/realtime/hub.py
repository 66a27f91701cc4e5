"""The hub of one process: what is asked at `/hubs/sync`, and who is connected."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection

from sqlalchemy.orm import Session

from app.auth import Caller
from app.errors import MatterbaseError, NotAuthenticated, NotFound
from app.gateway.rsgi import ProtocolClosed, WebSocket
from app.models import HubConnection
from app.models.base import new_id
from app.models.hub import NEGOTIATED, OPEN
from app.realtime import positions, waking
from app.realtime.feeds import Feed, Feeds
from app.realtime.guests import Guest
from app.realtime.polling import GONE, Polls
from app.realtime.sight import Areas
from app.realtime.sockets import Socket
from app.realtime.work import DATABASE_ERRORS, Work
from oauth.credentials import digest

logger = logging.getLogger(__name__)

UPKEEP = 2.5
"""Seconds after which all tokens are looked at again, and places written down."""


MOST_OF_A_GRANT = 100


class Full(MatterbaseError):
    """There are too many connections."""

    status = 503


class Hub:
    """Everything that this process knows of connections.

    Args:
        most: how many there may be.
        poll: seconds between two looks at an SQLite database.
    """

    def __init__(self, work: Work, areas: Areas, *, most: int, poll: float) -> None:
        self.work = work
        self.owner = new_id()
        self.feeds = Feeds(lambda firm_id: Feed(firm_id, self.work, areas))
        self.polls = Polls(self.work, self.feeds, self.owner)
        self._most = most
        self._poll = poll
        self._sockets: set[Socket] = set()
        self._live: set[str] = set()
        self._jobs: list[asyncio.Task[None]] = []
        self._writing = asyncio.Lock()
        self._is_leaving = False

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin, with the loop that everything runs on."""
        database = self.work.database
        if database.name == "sqlite":
            told = waking.ask(self._poll, self.work, self.feeds.firms, self.feeds.wake)
        else:
            told = waking.listen(database.writer.url, self.feeds.firms, self.feeds.wake)
        self._jobs = [loop.create_task(told), loop.create_task(self._keep_up())]

    async def leave(self) -> None:
        """The process is about to end: let every client come back to where it stands now."""
        self._is_leaving = True
        self.polls.leave()
        async with self._writing:
            sockets = list(self._sockets)
            await asyncio.gather(*(socket.leave() for socket in sockets))
            await self.work.write(positions.park, [(socket.row, socket.row.number) for socket in sockets])
        while self.polls.waiting:
            await asyncio.sleep(0.01)

    async def close(self) -> None:
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        self.work.close()

    async def negotiate(self, guest: Guest) -> str:
        """The token of a connection that may now be opened.

        Raises:
            Full: there are too many, here or of this grant.
        """
        self._check_room()
        return await self.work.write(_negotiated, guest.caller)

    async def connect(self, guest: Guest, token: str | None, protocol: WebSocket) -> None:
        """Serve a WebSocket until it ends.

        Args:
            token: what was negotiated; None for a client that connects at once.

        Raises:
            NotFound: there is no such connection.
            Full: there are too many.
        """
        self._check_room()
        if token is None:  # whoever connects at once negotiates by it
            token = await self.negotiate(guest)
            await guest.checked(
                0
            )  # what was changed since the last look stands before the place where it begins
        token_hash = digest(token)
        if token_hash in self._live:
            raise NotFound(GONE)
        self._live.add(token_hash)
        try:
            live = frozenset(self._live)
            row = await self.work.write(_opened, guest.caller, token_hash, self.owner, live)
            await self._accept(guest, row, protocol)
        finally:
            self._live.discard(token_hash)

    async def _accept(self, guest: Guest, row: HubConnection, protocol: WebSocket) -> None:
        try:
            socket = Socket(guest, row, await protocol.accept())
        except ProtocolClosed:
            await self.work.write(positions.park, [(row, row.number)])
            return
        self._sockets.add(socket)
        try:
            await self._serve(socket)
        finally:
            self._sockets.discard(socket)
            protocol.close(1000)

    async def _serve(self, socket: Socket) -> None:
        row = socket.row
        left_at: int | None = None
        try:
            with self.feeds.followed(row.firm_id, row.number) as feed:
                await feed.catch_up()
                await socket.run(feed)
        except NotAuthenticated as error:
            await socket.say_goodbye(error.message)
        except ProtocolClosed:
            left_at = socket.safe_number  # nobody knows what of the last things has reached the client
        async with self._writing:
            self._sockets.discard(socket)
            if socket.is_leaving:
                return  # `leave` writes for all
            if left_at is None:
                await self.work.write(positions.forget, row)
            else:
                await self.work.write(positions.park, [(row, left_at)])

    def _check_room(self) -> None:
        if self._is_leaving:
            raise Full("The server is about to stop; try again in a moment.")
        if len(self._sockets) + self.polls.waiting >= self._most:
            raise Full("There are too many connections; try again later.")

    async def _keep_up(self) -> None:
        """Look after all connections, again and again."""
        while True:
            await asyncio.sleep(UPKEEP)
            try:
                await self._look_after()
            except DATABASE_ERRORS:
                logger.warning("The connections of the hub cannot be looked after.", exc_info=True)

    async def _look_after(self) -> None:
        async with self._writing:
            moved = [socket.row for socket in self._sockets if socket.tick()]
            if moved:
                await self.work.write(positions.keep, moved)
        for firm_id in self.feeds.firms():
            await self.feeds.wake(firm_id)
        await asyncio.gather(*(socket.look() for socket in self._sockets))


def _negotiated(session: Session, caller: Caller) -> str:
    if positions.how_many(session, caller) >= MOST_OF_A_GRANT:
        raise Full("This token has too many connections; close some, or wait five minutes.")
    return positions.negotiate(session, caller)


def _opened(
    session: Session, caller: Caller, token_hash: str, owner: str, live: Collection[str]
) -> HubConnection:
    """The row of a connection that begins."""
    positions.hold(session, caller)
    row = positions.find(session, caller, token_hash)
    if row is None or row.state != NEGOTIATED:
        raise NotFound(GONE)
    row.is_handshaken = True
    positions.begin(session, caller, row, OPEN, owner, live)
    return row
