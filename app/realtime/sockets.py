"""One WebSocket: the handshake, then changes and pings to the client, and whatever it says."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import suppress
from time import monotonic

from app.errors import NotAuthenticated
from app.gateway.rsgi import CLOSED, ProtocolClosed, Transport
from app.models import HubConnection
from app.models.base import now
from app.realtime import protocol
from app.realtime.feeds import Feed
from app.realtime.guests import Guest
from app.realtime.positions import KEPT
from app.realtime.work import DATABASE_ERRORS

logger = logging.getLogger(__name__)

TO_SHAKE_HANDS = 15.0
BETWEEN_PINGS = 15.0
SILENCE = 30.0
"""Seconds without a word from the client, after which it is taken for gone; SignalR's own numbers."""
TO_TAKE_A_FRAME = 30.0
UNSURE = 30.0
"""Seconds: what was sent within them may not have reached a client that is suddenly gone."""


class Socket:
    """A connection over a WebSocket. It stands at `row.number`, and nothing waits in memory for its client.

    Args:
        row: as the table has it; this connection moves it.
    """

    def __init__(self, guest: Guest, row: HubConnection, transport: Transport) -> None:
        self.row = row
        self.guest = guest
        self.is_leaving = False
        self._transport = transport
        self._sending = asyncio.Lock()
        self._heard = self._told = monotonic()
        self._end: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._stood: deque[tuple[float, int]] = deque([(monotonic(), row.number)])

    @property
    def safe_number(self) -> int:
        """Up to where the client has surely been told."""
        while len(self._stood) > 1 and self._stood[1][0] < monotonic() - UNSURE:
            self._stood.popleft()
        return self._stood[0][1]

    def tick(self) -> bool:
        """Remember where the connection stands now; whether that is news."""
        before = self.row.confirmed
        if has_moved := self._stood[-1][1] != self.row.number:
            self._stood.append((monotonic(), self.row.number))
        self.row.confirmed = self.safe_number
        return has_moved or before != self.row.confirmed or self.row.expires_at < now() + KEPT / 2

    async def look(self) -> None:
        """End the connection if its token has ended."""
        try:
            await self.guest.checked()
        except NotAuthenticated as error:
            if not self._end.done():
                self._end.set_exception(error)

    async def leave(self) -> None:
        """End it so that the client knows to come back. What was sent before has been told, and nothing after."""
        async with self._sending:
            self.is_leaving = True
            with suppress(ProtocolClosed):
                await self._transport.send_str(protocol.close(may_return=True))
        if not self._end.done():
            self._end.set_result(None)

    async def run(self, feed: Feed) -> None:
        """Until it ends: returns where the client has closed it, or when the process leaves.

        Raises:
            ProtocolClosed: the client is gone without a word.
            NotAuthenticated: its token has ended meanwhile.
        """
        records = protocol.Records()
        jobs = {self._end, asyncio.ensure_future(self._watch())}
        try:
            jobs.add(asyncio.ensure_future(self._listen(records, await self._shake_hands(records))))
            jobs.add(asyncio.ensure_future(self._tell(feed)))
            done, _ = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
            for job in done:
                job.result()
        except protocol.ProtocolError as error:
            await self.say_goodbye(str(error))
        except protocol.Closed:
            pass
        finally:
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)

    async def say_goodbye(self, error: str) -> None:
        """Tell the client why the connection is closed."""
        with suppress(ProtocolClosed):
            await self._send(protocol.close(error))

    async def _shake_hands(self, records: protocol.Records) -> list[str]:
        """The records that came with the handshake."""
        try:
            async with asyncio.timeout(TO_SHAKE_HANDS):
                while not (found := records.feed(await self._receive())):
                    pass
            protocol.shake_hands(found[0])
        except (TimeoutError, protocol.ProtocolError) as error:
            await self._send(protocol.handshake_error(str(error) or "The handshake took too long."))
            raise protocol.Closed from None
        await self._send(protocol.HANDSHAKEN)
        return found[1:]

    async def _listen(self, records: protocol.Records, first: list[str]) -> None:
        found = first
        while True:
            for record in found:
                if (answer := protocol.answer_to(record)) is not None:
                    await self._send(answer)
            found = records.feed(await self._receive())

    async def _tell(self, feed: Feed) -> None:
        while True:
            try:
                await self._tell_next(feed)
            except DATABASE_ERRORS:
                logger.warning("Changes cannot be read; trying again.", exc_info=True)
                await asyncio.sleep(1)

    async def _tell_next(self, feed: Feed) -> None:
        await feed.beyond(self.row.number)
        records, number = await feed.portion(self.guest, self.row.number)
        if records:
            await self._send(records)
        self.row.number = number

    async def _watch(self) -> None:
        while True:
            at = monotonic()
            if at >= self._heard + SILENCE:
                raise ProtocolClosed("the client is silent")
            if at >= self._told + BETWEEN_PINGS:
                await self._send(protocol.PING)
            await asyncio.sleep(min(self._heard + SILENCE, self._told + BETWEEN_PINGS) - monotonic())

    async def _receive(self) -> str:
        message = await self._transport.receive()
        if message.kind == CLOSED:
            raise protocol.Closed
        self._heard = monotonic()
        if isinstance(message.data, str):
            return message.data
        try:
            return message.data.decode()
        except UnicodeDecodeError:
            raise protocol.ProtocolError("A message is not UTF-8.") from None

    async def _send(self, records: str) -> None:
        async with self._sending:
            if self.is_leaving:
                raise ProtocolClosed("the process leaves")
            try:
                async with asyncio.timeout(TO_TAKE_A_FRAME):
                    await self._transport.send_str(records)
            except TimeoutError:
                raise ProtocolClosed("the client does not read") from None
            self._told = monotonic()
