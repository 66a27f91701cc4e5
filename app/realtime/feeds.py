"""The log of changes as a process's connections follow it: of each firm that has any, one reader for all of them.

A connection stands at a number and asks for what comes after it. Whoever keeps up is served from what was read
last; whoever lags behind reads the table, a portion at a time. Nothing is queued for anybody.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeAlias

from app.auth import Caller
from app.realtime import log, protocol
from app.realtime.guests import MOMENT, Guest
from app.realtime.sight import Areas, Logged, may_change_rights, told
from app.realtime.work import DATABASE_ERRORS, Work

KEPT = 2_000
"""Lines of the log that a feed remembers."""
VIEWS_KEPT = 200

Portion: TypeAlias = tuple[str, int]
"""Records for a client, and the number up to which they tell."""


class Feed:
    """The log of one firm."""

    def __init__(self, firm_id: int, work: Work, areas: Areas) -> None:
        self.firm_id = firm_id
        self.followers = 0
        self._work = work
        self._areas = areas
        self._head = 0
        self._recent: deque[Logged] = deque(maxlen=KEPT)
        self._views: dict[Any, asyncio.Future[Portion]] = {}
        self._news = asyncio.Event()
        self._reading = asyncio.Lock()

    async def catch_up(self) -> None:
        """Read what has been committed since the last time, and wake those who wait for it."""
        async with self._reading:
            while lines := await self._work.read(log.after, self.firm_id, self._head):
                self._head = lines[-1].number
                self._recent.extend(lines)
                self._views.clear()
                self._news.set()
                self._news = asyncio.Event()

    def begin_at(self, number: int) -> None:
        """A follower begins here; nobody has read anything yet, so nothing before it is needed."""
        self._head = self._head or number

    async def beyond(self, number: int) -> None:
        """Wait until there is more than this."""
        while self._head <= number:
            await self._news.wait()

    async def portion(self, guest: Guest, number: int) -> Portion:
        """The next changes after a number, as much of them as the guest may know.

        Guests with the same rights share what was worked out for one of them.

        Raises:
            NotAuthenticated: the guest's token has ended.
        """
        lines = await self._after(number)
        if not lines:
            return "", number
        caller = await guest.checked(0 if may_change_rights(lines) else MOMENT)
        key = (caller.user_id, caller.scopes, caller.sight, number, lines[-1].number)
        view = self._views.get(key)
        if view is None:
            if len(self._views) >= VIEWS_KEPT:
                self._views.clear()
            view = self._views[key] = asyncio.ensure_future(self._seen(caller, lines))
        try:
            return await asyncio.shield(view)
        except DATABASE_ERRORS:
            self._views.pop(key, None)  # it is worked out again
            raise

    async def _seen(self, caller: Caller, lines: list[Logged]) -> Portion:
        seen = await self._work.read(told, caller, self._areas, lines)
        records = (protocol.data_changed(line.entity, line.entity_id, line.action) for line in seen)
        return "".join(records), lines[-1].number

    async def _after(self, number: int) -> list[Logged]:
        if self._recent and number >= self._recent[0].number - 1:
            start = number + 1 - self._recent[0].number  # the log has no gaps
            return list(islice(self._recent, start, start + log.AT_ONCE))
        return await self._work.read(log.after, self.firm_id, number)


class Feeds:
    """The feeds of a process."""

    def __init__(self, make: Callable[[int], Feed]) -> None:
        self._make = make
        self._feeds: dict[int, Feed] = {}

    @contextmanager
    def followed(self, firm_id: int, number: int) -> Iterator[Feed]:
        """The feed of a firm, for one more follower who stands at this number."""
        feed = self._feeds.get(firm_id)
        if feed is None:
            feed = self._feeds[firm_id] = self._make(firm_id)
            feed.begin_at(number)
        feed.followers += 1
        try:
            yield feed
        finally:
            feed.followers -= 1
            if not feed.followers:
                self._feeds.pop(firm_id, None)

    def firms(self) -> list[int]:
        return list(self._feeds)

    async def wake(self, firm_id: int) -> None:
        """There may be more of this firm."""
        if (feed := self._feeds.get(firm_id)) is not None:
            await feed.catch_up()
