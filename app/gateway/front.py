"""Whom a request is for: the path decides."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from threading import Thread
from typing import Any, Protocol

from app.gateway.rsgi import Http, Scope, WebSocket
from app.gateway.wsgi import Bridge


class Hub(Protocol):
    """What answers below `/hubs/` without taking a thread."""

    def open(self, loop: asyncio.AbstractEventLoop) -> None: ...
    async def leave(self) -> None: ...
    async def close(self) -> None: ...
    async def request(self, scope: Scope, http: Http) -> None: ...
    async def websocket(self, scope: Scope, socket: WebSocket) -> None: ...


HUBS = "/hubs/"
SECONDS_TO_LEAVE = 3.0

logger = logging.getLogger(__name__)


class Front:
    """The RSGI application."""

    def __init__(self, bridge: Bridge, hub: Hub) -> None:
        self._bridge = bridge
        self._hub = hub

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._hub.open(loop)
        Thread(target=self._await_the_end, args=(loop,), daemon=True).start()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.run_until_complete(self._hub.close())
        self._bridge.close()

    def _await_the_end(self, loop: asyncio.AbstractEventLoop) -> None:
        """Where the order to stop is blocked (as `app.serving` does it in a worker), let the hub act on it first."""
        signal.sigwait({signal.SIGTERM})
        asyncio.run_coroutine_threadsafe(self._leave(), loop)

    async def _leave(self) -> None:
        try:
            async with asyncio.timeout(SECONDS_TO_LEAVE):
                await self._hub.leave()
        except Exception:
            logger.exception("The hub could not tell all of its clients that the server stops.")
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        os.kill(os.getpid(), signal.SIGTERM)

    async def __rsgi__(self, scope: Scope, protocol: Any) -> None:
        if scope.proto == "ws":
            await self._hub.websocket(scope, protocol)
        elif scope.path[: len(HUBS)].lower() == HUBS:
            await self._hub.request(scope, protocol)
        else:
            await self._bridge.answer(scope, protocol)
