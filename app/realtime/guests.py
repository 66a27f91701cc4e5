"""Who is connected: let in by a token, and only for as long as it counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from urllib.parse import parse_qs

from app.auth import Caller
from app.errors import InsufficientScope, NotAuthenticated, NotFound
from app.gateway.rsgi import Scope
from app.rate_limits import RateLimits, Standing
from app.realtime.sight import Areas, kinds_for
from app.realtime.work import Work
from oauth.credentials import digest
from oauth.protector import bearer_token
from oauth.scopes import READ

NO_TOKEN = "This needs an access token, in the header Authorization or as access_token in the query."  # noqa: S105
MOST_PARAMETERS = 50
MOST_OF_A_CONNECTION = 400
"""Requests a minute. A client that polls one after the other comes to 300, if there is something to tell all the time;
what it says itself is its handshake, and a ping every 15 seconds."""
MOMENT = 1.0
"""Seconds for which a token that was found good need not be looked up again before something is told."""


def query_of(scope: Scope) -> dict[str, str]:
    """The parameters of the address; of several of one name the first, and none where there are far too many."""
    try:
        found = parse_qs(scope.query_string, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return {}
    return {name: values[0] for name, values in found.items()}


class Guest:
    """Somebody with a token that was good when last looked at."""

    def __init__(self, caller: Caller, token: str, work: Work) -> None:
        self.caller = caller
        self._token = token
        self._work = work
        self._looked = monotonic()

    async def checked(self, moment: float = MOMENT) -> Caller:
        """The caller as of now, or of a moment ago.

        Raises:
            NotAuthenticated: the token has ended.
        """
        now = monotonic()
        if now - self._looked < moment:
            return self.caller
        caller = await self._work.caller(self._token)
        if now >= self._looked:  # another look may have begun later, and been quicker
            self.caller, self._looked = caller, now
        return caller


class Door:
    """Lets in whoever may be told of anything."""

    def __init__(self, work: Work, areas: Areas, limits: RateLimits) -> None:
        self._work = work
        self._areas = areas
        self._limits = limits

    async def let_in(self, scope: Scope, *, counted: bool) -> Guest:
        """The guest whose token the request carries.

        Args:
            counted: whether it counts against the app's rate limit, as whatever opens a connection does.

        Raises:
            NotAuthenticated, InsufficientScope, TooManyRequests: no.
        """
        token = bearer_token(scope.headers.get("authorization"))
        if token is None:
            # Browsers cannot send a header with a WebSocket; every SignalR client sends the parameter there.
            token = query_of(scope).get("access_token")
        if not token:
            raise NotAuthenticated(NO_TOKEN, token_sent=False)
        caller = await self._work.caller(token)
        if not kinds_for(self._areas, caller.scopes):
            raise InsufficientScope(READ)
        if counted:
            await self._count(caller)
        return Guest(caller, token, self._work)

    @asynccontextmanager
    async def finding(self, guest: Guest) -> AsyncIterator[None]:
        """Where a connection is looked for: if there is none, it counts as a request, so that nobody goes on guessing.

        Raises:
            TooManyRequests: instead of NotFound.
        """
        try:
            yield
        except NotFound:
            await self._count(guest.caller)
            raise

    async def count_on(self, connection: str) -> None:
        """Count what is asked of one connection that goes over plain HTTP.

        Raises:
            TooManyRequests: it is more than any client asks that waits for its answers (`polling.BETWEEN_POLLS`).
        """
        await self._work.run(
            lambda: _check(self._limits.count(f"hub/{digest(connection)}", MOST_OF_A_CONNECTION))
        )

    async def _count(self, caller: Caller) -> None:
        await self._work.run(
            lambda: _check(self._limits.count(caller.counted_as, caller.requests_per_minute))
        )


def _check(standing: Standing | None) -> None:
    if standing is not None:
        standing.check()
