"""Apps that run in a browser may read the answers of the API and of some OAuth endpoints, from the origins that
they registered.

It stands in front of the application, so errors can be read too, and a request without an `Origin` header passes
at the cost of looking for one. Cookies are never part of it.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING, Any

import orjson
import psycopg
from psycopg import RawCursor
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import Database
from oauth.origins import has_origin, is_web_origin

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

logger = logging.getLogger(__name__)

Headers = list[tuple[str, str]]

ENDPOINTS = ("/oauth/token", "/oauth/revoke", "/oauth/device_authorization")
DOORS = ("/api/", "/odata/v4/")
TO_ENDPOINTS: Headers = [
    ("Access-Control-Allow-Methods", "POST"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type"),
]
TO_DOORS: Headers = [
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE"),
    (
        "Access-Control-Allow-Headers",
        "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, OData-MaxVersion, "
        "OData-Version, Prefer",
    ),
]
OF_DOORS: Headers = [
    (
        "Access-Control-Expose-Headers",
        "Content-Disposition, ETag, Idempotency-Replayed, Location, OData-Count, OData-EntityId, OData-Version, "
        "Preference-Applied, Retry-After, WWW-Authenticate, X-Ignored-Parameters, X-RateLimit-Limit, "
        "X-RateLimit-Remaining, X-RateLimit-Reset, x-rate-limit-limit, x-rate-limit-remaining, x-rate-limit-reset",
    )
]
SECONDS: Headers = [("Access-Control-Max-Age", "600")]
"""For how long a browser need not ask again."""

# What is found is looked at more closely: the text may stand elsewhere. An origin begins a JSON string.
ON_SQLITE = """
    SELECT redirect_uris FROM oauth_clients
    WHERE NOT is_confidential AND deleted_at IS NULL AND instr(redirect_uris, ?)
"""
ON_POSTGRESQL = """
    SELECT redirect_uris::text FROM oauth_clients
    WHERE NOT is_confidential AND deleted_at IS NULL AND strpos(redirect_uris::text, $1) > 0
"""


class ForBrowserApps:
    """Answers preflights, and adds the headers of the CORS protocol (Fetch standard) to what is answered.

    A preflight does not say which app it is for, so the origins of all public apps count; confidential apps run
    on servers, which need no leave of a browser.
    """

    def __init__(self, app: WSGIApplication, database: Database) -> None:
        self._app = app
        self._database = database

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Any:
        origin = environ.get("HTTP_ORIGIN")
        if origin is None:
            return self._app(environ, start_response)
        path = environ["PATH_INFO"]
        at_door = f"{path}/".startswith(DOORS)
        if not (at_door or path in ENDPOINTS):
            return self._app(environ, start_response)
        added = [("Vary", "Origin")]
        if is_registered(self._database, origin):
            added.append(("Access-Control-Allow-Origin", origin))
            if environ["REQUEST_METHOD"] == "OPTIONS":
                start_response("204 No Content", [*added, *(TO_DOORS if at_door else TO_ENDPOINTS), *SECONDS])
                return []
            added += OF_DOORS if at_door else []
        return self._app(environ, _adding(added, start_response))


def is_registered(database: Database, origin: str) -> bool:
    """Whether some public app may be called from pages of this origin."""
    if not is_web_origin(origin):
        return False
    try:
        with database.reading() as connection:
            found = _look_up(connection, f'"{origin}')
    except (SQLAlchemyError, sqlite3.Error, psycopg.Error):
        logger.exception("The origins of apps cannot be looked up.")
        return False
    return any(has_origin(orjson.loads(uris), origin) for (uris,) in found)


def _look_up(connection: Any, beginning: str) -> list[tuple[str]]:
    if isinstance(connection, sqlite3.Connection):
        return connection.execute(ON_SQLITE, (beginning,)).fetchall()
    return RawCursor(connection).execute(ON_POSTGRESQL, (beginning,)).fetchall()


def _adding(headers: Headers, start_response: StartResponse) -> Any:
    def started(status: str, own: Headers, *exc_info: Any) -> Any:
        return start_response(status, [*own, *headers], *exc_info)

    return started
