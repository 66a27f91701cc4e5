"""What can be asked at `/hubs/sync` (dotnet/aspnetcore, src/SignalR/docs/specs/TransportProtocols.md)."""

from __future__ import annotations

import logging
from functools import partial

from flask import Flask

from app.browser_apps import is_registered
from app.config import Settings
from app.errors import MatterbaseError, NotFound
from app.extensions import Database
from app.gateway.bodies import Bodies, TooSlow, Unfinished, declared_length
from app.gateway.rsgi import Http, Scope, WebSocket
from app.realtime.guests import Door, Guest, query_of
from app.realtime.hub import Hub
from app.realtime.polling import GONE
from app.realtime.protocol import ProtocolError
from app.realtime.replies import Replies
from app.realtime.sight import Areas
from app.realtime.work import DATABASE_ERRORS, Work

logger = logging.getLogger(__name__)

SYNC = "/hubs/sync"
NEGOTIATE = f"{SYNC}/negotiate"
VERSION = 1
TEXT_ONLY = ["Text"]
TRANSPORTS = [
    {"transport": "WebSockets", "transferFormats": TEXT_ONLY},
    {"transport": "LongPolling", "transferFormats": TEXT_ONLY},
]
LONGEST_BODY = 64 * 1024
BODIES_AT_ONCE = 100


class BadRequest(MatterbaseError):
    """What was asked makes no sense."""


class MethodNotAllowed(MatterbaseError):
    status = 405


class TooLarge(MatterbaseError):
    status = 413


def init_app(app: Flask, settings: Settings, database: Database, areas: Areas) -> None:
    """Give the application its hub; the server that it runs in opens and closes it."""
    work = Work(database)
    hub = Hub(work, areas, most=settings.hub_connections, poll=settings.hub_poll / 1000)
    door = Door(work, areas, app.extensions["rate_limits"])
    app.extensions["hub"] = Routes(hub, door, Replies(work, partial(is_registered, database)))


class Routes:
    """The hub as the gateway sees it."""

    def __init__(self, hub: Hub, door: Door, replies: Replies) -> None:
        self._hub = hub
        self._door = door
        self._replies = replies
        self._bodies = Bodies(LONGEST_BODY, BODIES_AT_ONCE)
        self.open = hub.open
        self.leave = hub.leave
        self.close = hub.close

    async def websocket(self, scope: Scope, socket: WebSocket) -> None:
        """Open a connection over a WebSocket, and stay with it."""
        try:
            if _path(scope) != SYNC:
                raise NotFound(GONE)
            token = query_of(scope).get("id")
            guest = await self._door.let_in(scope, counted=token is None)  # or it was when it was negotiated
            async with self._door.finding(guest):
                await self._hub.connect(guest, token, socket)
        except MatterbaseError as error:
            socket.close(error.status)
        except DATABASE_ERRORS:
            logger.exception("The hub cannot reach the database.")
            socket.close(503)

    async def request(self, scope: Scope, http: Http) -> None:
        """Answer one HTTP request."""
        try:
            await self._answer(scope, http)
        except MatterbaseError as error:
            await self._replies.refusal(scope, http, error)
        except ProtocolError as error:
            await self._replies.refusal(scope, http, BadRequest(str(error)))
        except Unfinished:
            http.response_empty(400, [("connection", "close")])
        except TooSlow:
            http.response_empty(408, [("connection", "close")])
        except DATABASE_ERRORS:
            logger.exception("The hub cannot reach the database.")
            http.response_bytes(503, [], b"")

    async def _answer(self, scope: Scope, http: Http) -> None:
        path = _path(scope)
        if path not in (SYNC, NEGOTIATE):
            raise NotFound("There is nothing at this address.")
        if scope.method == "OPTIONS":
            await self._replies.preflight(scope, http)
        elif path == NEGOTIATE:
            await self._negotiate(scope, http)
        else:
            await self._over_http(scope, http)

    async def _negotiate(self, scope: Scope, http: Http) -> None:
        if scope.method != "POST":
            raise MethodNotAllowed("Negotiate with POST.")
        version = query_of(scope).get("negotiateVersion", "0")
        if not (version.isascii() and version.isdigit() and len(version) < 5):
            raise BadRequest("negotiateVersion must be a whole number.")
        async with self._bodies.of(scope, http):
            guest = await self._door.let_in(scope, counted=True)
        token = await self._hub.negotiate(guest)
        answer = {"negotiateVersion": min(int(version), VERSION), "availableTransports": TRANSPORTS}
        if int(version) >= VERSION:
            # The id is for others to see; nothing can be done with it.
            answer |= {"connectionToken": token, "connectionId": token[:8]}
        else:
            answer["connectionId"] = token
        await self._replies.json(scope, http, 200, answer)

    async def _over_http(self, scope: Scope, http: Http) -> None:
        async with self._bodies.of(scope, http) as body:
            guest = await self._door.let_in(scope, counted=False)
            text = body.read(LONGEST_BODY + 1)
        token = query_of(scope).get("id")
        if not token:
            raise BadRequest("The parameter id is missing: the connectionToken that was negotiated.")
        await self._door.count_on(token)
        async with self._door.finding(guest):
            if scope.method == "GET":
                await self._poll(scope, http, guest, token)
            elif scope.method == "POST":
                await self._take(scope, http, guest, token, text)
            elif scope.method == "DELETE":
                await self._hub.polls.end(guest, token)
                await self._replies.text(scope, http, 202, "")
            else:
                raise MethodNotAllowed("A connection takes GET, POST and DELETE.")

    async def _poll(self, scope: Scope, http: Http, guest: Guest, token: str) -> None:
        if "text/event-stream" in (scope.headers.get("accept") or ""):
            raise BadRequest("Events are not offered; use WebSockets or long polling.")
        said = await self._hub.polls.poll(guest, token)
        await self._replies.text(scope, http, 204 if said is None else 200, said or "")

    async def _take(self, scope: Scope, http: Http, guest: Guest, token: str, text: bytes) -> None:
        if max(len(text), declared_length(scope)) > LONGEST_BODY:  # what declares to be too long was not read
            raise TooLarge("The body is too large.")
        try:
            records = text.decode()
        except UnicodeDecodeError:
            raise BadRequest("The body is not UTF-8.") from None
        await self._hub.polls.take(guest, token, records)
        await self._replies.text(scope, http, 200, "")


def _path(scope: Scope) -> str:
    return scope.path.lower().rstrip("/")
