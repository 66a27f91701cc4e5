"""Where this server says that it is."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from app.config import Settings

RESOURCES = {
    "/api/v2": "Matterbase API v2",
    "/api": "Matterbase API v1 and Praxis API",
    "/odata/v4": "Matterbase OData",
    "": "Matterbase",
}
"""The protected resources by the beginning of their paths, the longest first, and what people call them."""
PRAXIS = tuple(f"/api/{name}" for name in ("auth", "cases", "contacts", "time", "deadlines", "invoices"))
"""The beginnings of the Praxis door's paths. It shares its prefix with API v1, whose names are singular."""
SERVER_METADATA = "/.well-known/oauth-authorization-server"
RESOURCE_METADATA = "/.well-known/oauth-protected-resource"


def is_behind(door: str, path: str) -> bool:
    """Whether a path is the door's, or goes on from there.

    >>> is_behind("/api/time", "/api/time/stats"), is_behind("/api/time", "/api/timeentry")
    (True, False)
    """
    return path == door or path.startswith(f"{door}/")


def is_praxis(path: str) -> bool:
    return any(is_behind(door, path) for door in PRAXIS)


def issuer() -> str:
    """The authorization server's own address, without a trailing slash: the setting, or else the one that the
    request was sent to."""
    settings: Settings = current_app.extensions["settings"]
    return settings.issuer or request.url_root.rstrip("/")


def resource_metadata_of(path: str) -> str | None:
    """Where the metadata of the resource behind a path is (RFC 9728 section 3.1); None where the request's
    `Host` header makes no address."""
    prefix = next(prefix for prefix in RESOURCES if f"{path}/".startswith(f"{prefix}/"))
    try:
        address = issuer()
    except HTTPException:
        return None
    origin, path_of_issuer = split(address)
    return f"{origin}{RESOURCE_METADATA}{path_of_issuer}{prefix}"


def split(address: str) -> tuple[str, str]:
    """An issuer's origin, and its path or nothing: a well-known part goes between them (RFC 8414 section 3)."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host}", f"{slash}{path}"
