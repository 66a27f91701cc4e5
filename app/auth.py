"""Who is calling, and what the token lets the caller do: one statement a request, on a plain connection.

Every view declares its access here; `access` on the view says which, and a test walks all routes for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, g, request
from psycopg import RawCursor

from app.errors import InsufficientScope, NotAuthenticated
from app.extensions import database
from oauth import scopes
from oauth.credentials import digest
from oauth.protector import bearer_token

P = ParamSpec("P")
R = TypeVar("R")

NO_TOKEN = "This needs an access token: send the header Authorization: Bearer <token>."  # noqa: S105 - a sentence
PUBLIC = "public"
SESSION = "session"
EACH = "each"
"""Each request in a batch needs a scope of its own."""
ANY_READ, ANY_WRITE = "any:read", "any:write"
"""For every token: what describes a service, and what asks for a scope itself once it knows which."""

STATEMENT = """
    SELECT u.firm_id, u.id, g.client_id, u.role, t.scope
    FROM oauth_access_tokens t
    JOIN oauth_grants g ON g.firm_id = t.firm_id AND g.id = t.grant_id
    JOIN users u ON u.firm_id = g.firm_id AND u.id = g.user_id
    WHERE t.hash = {parameter} AND t.expires_at > {now}
      AND g.revoked_at IS NULL AND u.is_active AND u.deleted_at IS NULL
"""
ON_SQLITE = STATEMENT.format(parameter="?", now="strftime('%Y-%m-%dT%H:%M:%f', 'now')")
ON_POSTGRESQL = STATEMENT.format(parameter="$1", now="localtimestamp")  # every connection's zone is UTC


@dataclass(frozen=True, slots=True)
class Caller:
    """The user on whose behalf a request comes, and the app that sends it."""

    firm_id: int
    user_id: str
    client_id: str | None
    role: str
    scopes: frozenset[str]


def authenticate(connection: Any, authorization: str | None) -> Caller:
    """The caller whose token the `Authorization` header carries.

    Args:
        connection: a driver connection in autocommit, as `Database.reading` lends it.

    Raises:
        NotAuthenticated: there is no bearer token, or it is unknown, expired, revoked, or its user is gone
            (RFC 6750 section 3.1).
    """
    token = bearer_token(authorization)
    if token is None:
        raise NotAuthenticated(NO_TOKEN, token_sent=False)
    if isinstance(connection, sqlite3.Connection):
        row = connection.execute(ON_SQLITE, (digest(token),)).fetchone()
    else:
        row = RawCursor(connection).execute(ON_POSTGRESQL, (digest(token),)).fetchone()
    if row is None:
        raise NotAuthenticated("The access token is unknown, expired or revoked.", token_sent=True)
    firm_id, user_id, client_id, role, scope = row
    return Caller(firm_id, user_id, client_id, role, scopes.parse(scope))


def requires(scope: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only callers in whose token allows `scope`; `g.caller` says who it is.

    The view reads through `g.reader`, the connection that looked the token up.

    Args:
        scope: what the operation needs, such as `read`, `write` or `matters:read` (see `oauth.scopes`),
            or `ANY_READ` or `ANY_WRITE`.
    """

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            with database().reading() as connection:
                caller = authenticate(connection, request.environ.get("HTTP_AUTHORIZATION"))
                if scope not in (ANY_READ, ANY_WRITE) and not scopes.allows(caller.scopes, scope):
                    raise InsufficientScope(scope)
                g.caller = caller
                g.reader = connection
                return view(*args, **kwargs)

        return _declare(guarded, scope)

    return decorate


def any_scope(view: Callable[P, R]) -> Callable[P, R]:
    """Let every caller in; what the view does on the caller's behalf asks for its own scopes."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        with database().reading() as connection:
            g.caller = authenticate(connection, request.environ.get("HTTP_AUTHORIZATION"))
        return view(*args, **kwargs)

    return _declare(guarded, EACH)


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let everybody in."""
    return _declare(view, PUBLIC)


def open_endpoint(app: Flask, endpoint: str) -> None:
    """Declare a view public that a library has added."""
    view: Any = app.view_functions[endpoint]
    app.view_functions[endpoint] = public(partial(view))


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Say that a page takes its user from the browser's session, and shows nothing of a firm without one."""
    return _declare(view, SESSION)


def _declare(view: Callable[P, R], access: str) -> Callable[P, R]:
    view.access = access  # type: ignore[attr-defined]
    return view
