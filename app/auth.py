"""Who is calling, and what the token lets the caller do: one statement a request, on a plain connection.

Every view declares its access here; `access` on the view says which, and a test walks all routes for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial, wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app, g, request
from psycopg import RawCursor

from app.errors import InsufficientScope, NotAuthenticated
from app.extensions import database
from app.idempotency import has_key, once
from app.last_use import LastUse
from app.privacy import in_private
from app.rate_limits import count_request
from app.services.rights import sight_of
from app.services.sight import Sight
from oauth import scopes
from oauth.credentials import digest
from oauth.protector import basic_credentials, bearer_token

P = ParamSpec("P")
R = TypeVar("R")

NO_TOKEN = "This needs an access token: send the header Authorization: Bearer <token>."  # noqa: S105 - a sentence
DEAD_TOKEN = "The access token is unknown, expired or revoked."  # noqa: S105 - a sentence
PLAIN_HTTP = (
    "A password is taken over HTTPS only, except on this machine: begin the address with https://. The token that "
    "was sent may have been read on the way; revoke it."
)
PUBLIC = "public"
SESSION = "session"
EACH = "each"
"""Each request in a batch needs a scope of its own."""
ANY_READ, ANY_WRITE = "any:read", "any:write"
"""For every token: what describes a service, and what asks for a scope itself once it knows which."""
TAKES_BASIC = "/odata/"
"""Where a personal access token may come as a password: spreadsheets know no other way."""
INSIDE = "matterbase.inside"
"""Marks, in its environment, a request that the application makes of itself: it was counted already, and its
answer is held in memory, so it must not be long."""

STATEMENT = """
    SELECT u.firm_id, u.id, g.client_id, u.role, t.scope, t.grant_id, c.requests_per_minute, c.scope,
      f.not_enabled, r.rights, r.restrictions, u.restrictions, u.office_id, u.program_id
    FROM oauth_access_tokens t
    JOIN oauth_grants g ON g.firm_id = t.firm_id AND g.id = t.grant_id
    JOIN users u ON u.firm_id = g.firm_id AND u.id = g.user_id
    JOIN firms f ON f.id = g.firm_id
    LEFT JOIN roles r ON r.firm_id = u.firm_id AND r.name = u.role AND r.deleted_at IS NULL
    LEFT JOIN oauth_clients c ON c.client_id = g.client_id
    WHERE t.hash = {parameter} AND t.expires_at > {now}
      AND g.revoked_at IS NULL AND u.is_active AND u.deleted_at IS NULL
"""
ON_SQLITE = STATEMENT.format(parameter="?", now="strftime('%Y-%m-%dT%H:%M:%f', 'now')")
ON_POSTGRESQL = STATEMENT.format(parameter="$1", now="localtimestamp")  # every connection's zone is UTC
LOGIN_ON_SQLITE = "SELECT login FROM users WHERE firm_id = ? AND id = ?"
LOGIN_ON_POSTGRESQL = "SELECT login FROM users WHERE firm_id = $1 AND id = $2"


@dataclass(frozen=True, slots=True)
class Caller:
    """The user on whose behalf a request comes, and the app that sends it; none for a personal token."""

    firm_id: int
    user_id: str
    client_id: str | None
    role: str
    scopes: frozenset[str]
    grant_id: str = ""
    requests_per_minute: int | None = None
    not_enabled: str | None = None
    """The groups of premium operations that the firm has switched off (`app/services/premium.py`)."""
    rights: str | None = None
    """Those of the role, where the firm has said so (`app/services/rights.py`)."""
    sight: Sight | None = None
    """How far the user sees; None without any restriction."""

    @property
    def counted_as(self) -> str:
        """Whose requests these are, to the rate limit: those of the app on behalf of the user."""
        return f"{self.client_id}/{self.user_id}"


def init_app(app: Flask) -> None:
    """Give the application its memory of the grants that were used."""
    app.extensions["last_use"] = LastUse()


def authenticate(connection: Any, authorization: str | None, *, basic: bool = False) -> Caller:
    """The caller whose token the `Authorization` header carries.

    Args:
        connection: a driver connection in autocommit, as `Database.reading` lends it.
        basic: whether a personal access token may also come as the password of HTTP Basic (RFC 7617). The
            user name is then the user's email address, or empty.

    Raises:
        NotAuthenticated: there is no bearer token, or it is unknown, expired, revoked, or its user is gone
            (RFC 6750 section 3.1).
    """
    token = bearer_token(authorization)
    if token is None:
        sent = basic_credentials(authorization) if basic else None
        if sent is None:
            raise NotAuthenticated(NO_TOKEN, token_sent=False, takes_basic=basic)
        return _by_password(connection, *sent)
    row = _look_up(connection, ON_SQLITE, ON_POSTGRESQL, digest(token))
    if row is None:
        raise NotAuthenticated(DEAD_TOKEN, token_sent=True, takes_basic=basic)
    return _caller(row)


@lru_cache(maxsize=4_096)
def _caller(row: tuple[Any, ...]) -> Caller:
    """Who it is that a row of STATEMENT tells of: each request reads one, and most read what another has read."""
    firm_id, user_id, client_id, role, scope, grant_id, per_minute, registered, *kept = row
    if registered is not None:  # an app that is registered for less than before may do less at once
        scope = scopes.meet(registered, scope)
    not_enabled, rights, *narrower = kept
    return Caller(
        firm_id,
        user_id,
        client_id,
        role,
        scopes.parse(scope),
        grant_id,
        per_minute,
        not_enabled,
        rights,
        sight_of(user_id, role, rights, *narrower),
    )


def _by_password(connection: Any, name: str, token: str) -> Caller:
    try:
        caller = authenticate(connection, f"Bearer {token}", basic=True)
    except NotAuthenticated as error:
        raise NotAuthenticated(DEAD_TOKEN, token_sent=False, takes_basic=True) from error
    login = _look_up(connection, LOGIN_ON_SQLITE, LOGIN_ON_POSTGRESQL, caller.firm_id, caller.user_id)
    name = name.strip().lower()
    if caller.client_id is not None or (name and (name,) != tuple(login)):
        raise NotAuthenticated(DEAD_TOKEN, token_sent=False, takes_basic=True)
    return caller


def _look_up(connection: Any, on_sqlite: str, on_postgresql: str, *values: Any) -> Any:
    if isinstance(connection, sqlite3.Connection):
        return connection.execute(on_sqlite, values).fetchone()
    return RawCursor(connection).execute(on_postgresql, values).fetchone()


def _identify(connection: Any, environ: dict[str, Any]) -> Caller:
    """The caller of a request, who is counted, and the use of whose grant is noted."""
    caller = authenticate(connection, environ.get("HTTP_AUTHORIZATION"), basic=_takes_basic(environ))
    if INSIDE not in environ:
        count_cost(environ, caller)
        current_app.extensions["last_use"].note(connection, caller.firm_id, caller.grant_id)
    return caller


def _takes_basic(environ: dict[str, Any]) -> bool:
    """Whether a password is asked for and taken here.

    Raises:
        NotAuthenticated: one came over plain HTTP. It is refused although it may be right, so that whoever sets a
            spreadsheet up notices before others have listened for months.
    """
    if not environ["PATH_INFO"].startswith(TAKES_BASIC):
        return False
    if in_private(environ):
        return True
    if basic_credentials(environ.get("HTTP_AUTHORIZATION")):
        raise NotAuthenticated(PLAIN_HTTP, token_sent=False)
    return False


def count_cost(environ: dict[str, Any], caller: Caller, cost: int = 1) -> None:
    """Count one request or more of the caller's app on behalf of the caller.

    Args:
        environ: of the request that they come with.

    Raises:
        TooManyRequests: it is more than the app may ask within the minute.
    """
    count_request(environ, caller.counted_as, caller.requests_per_minute, cost)


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
            environ = request.environ
            with database().reading() as connection:
                caller = _identify(connection, environ)
                if scope not in (ANY_READ, ANY_WRITE) and not scopes.allows(caller.scopes, scope):
                    raise InsufficientScope(scope)
                g.caller = caller
                g.reader = connection
                if has_key(environ):
                    answer: R = once(caller, partial(view, *args, **kwargs))
                    return answer
                return view(*args, **kwargs)

        return _declare(guarded, scope)

    return decorate


def any_scope(view: Callable[P, R]) -> Callable[P, R]:
    """Let every caller in; what the view does on the caller's behalf asks for its own scopes."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        with database().reading() as connection:
            g.caller = _identify(connection, request.environ)
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
