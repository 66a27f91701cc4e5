"""Answers to plain HTTP requests, with what a page in a browser needs to read them."""

from __future__ import annotations

from typing import Any

import orjson

from app.browser_apps import SECONDS, Headers
from app.errors import MatterbaseError, NotAuthenticated, TooManyRequests
from app.gateway.rsgi import Http, Scope
from app.realtime.work import Work

TO_HUB: Headers = [
    ("Access-Control-Allow-Methods", "GET, POST, DELETE"),
    (
        "Access-Control-Allow-Headers",
        "Authorization, Cache-Control, Content-Type, X-Requested-With, X-SignalR-User-Agent",
    ),
]
NEVER_KEPT = ("cache-control", "no-store")
JSON, TEXT = ("content-type", "application/json"), ("content-type", "text/plain; charset=utf-8")


class Replies:
    """Answers, each with the headers that its origin calls for.

    SignalR's client in a browser asks with credentials (Fetch standard), so that has to be allowed. Nothing is
    given away by it: no cookie is ever read here.
    """

    def __init__(self, work: Work, is_registered: Any) -> None:
        self._work = work
        self._is_registered = is_registered

    async def headers(self, scope: Scope) -> Headers:
        """Those for the request's origin."""
        origin = scope.headers.get("origin")
        if origin is None:
            return [NEVER_KEPT]
        allowed = await self._work.run(lambda: self._is_registered(origin))
        found = [NEVER_KEPT, ("vary", "Origin")]
        if allowed:
            found.append(("access-control-allow-origin", origin))
            found.append(("access-control-allow-credentials", "true"))
        return found

    async def preflight(self, scope: Scope, http: Http) -> None:
        http.response_empty(204, [*await self.headers(scope), *TO_HUB, *SECONDS])

    async def json(self, scope: Scope, http: Http, status: int, body: dict[str, Any]) -> None:
        http.response_bytes(status, [JSON, *await self.headers(scope)], orjson.dumps(body))

    async def text(self, scope: Scope, http: Http, status: int, body: str) -> None:
        http.response_bytes(status, [TEXT, *await self.headers(scope)], body.encode())

    async def refusal(self, scope: Scope, http: Http, error: MatterbaseError) -> None:
        headers = [JSON, *await self.headers(scope), *_of(error)]
        http.response_bytes(error.status, headers, orjson.dumps({"error": error.message}))


def _of(error: MatterbaseError) -> Headers:
    if isinstance(error, NotAuthenticated):
        return [("www-authenticate", 'Bearer error="invalid_token"' if error.token_sent else "Bearer")]
    if isinstance(error, TooManyRequests):
        return [("retry-after", str(error.wait))]
    return []
