"""Notices commits of any process: PostgreSQL tells of them (LISTEN), SQLite is asked a few times a second."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from typing import TypeAlias

import psycopg
from sqlalchemy import URL

from app.realtime import log
from app.realtime.work import DATABASE_ERRORS, Work
from app.services.changes import CHANNEL

logger = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds before PostgreSQL is tried again."""

Wake: TypeAlias = Callable[[int], Awaitable[None]]
Firms: TypeAlias = Callable[[], Collection[int]]


async def listen(url: URL, firms: Firms, wake: Wake) -> None:
    """Wake whoever PostgreSQL names; all of them whenever the connection is new, for what it may have missed."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                for firm_id in firms():
                    await wake(firm_id)
                async for told in connection.notifies():
                    await wake(int(told.payload))
        except (OSError, *DATABASE_ERRORS):
            logger.warning("PostgreSQL does not tell of changes; trying again.", exc_info=True)
        await asyncio.sleep(PAUSE)


async def ask(seconds: float, work: Work, firms: Firms, wake: Wake) -> None:
    """Ask for the firms' last numbers again and again, and wake those that have changed."""
    known: dict[int, int] = {}
    while True:
        if asked := firms():
            try:
                found = await work.read(log.heads, asked)
                for firm_id in [firm_id for firm_id, number in found.items() if known.get(firm_id) != number]:
                    await wake(firm_id)
                known = found
            except DATABASE_ERRORS:
                logger.warning("The log of changes cannot be read; trying again.", exc_info=True)
        await asyncio.sleep(seconds)
