"""Addresses inside answers, from the address that the client used."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import request

from odata.annotations import Level
from odata.names import option_name
from odata.percent import decode

ROOT = "/odata/v4"
CONTEXT = "@odata.context"
READABLE = "/()$',=;:@!*-._~"
"""What may stand in a path as it is."""

OF_ONE_PAGE = frozenset({"skip", "skiptoken"})
"""Options that the next page has of its own, or no more."""

OF_ONE_READING = OF_ONE_PAGE | {"top", "count", "orderby", "deltatoken"}
"""Options that say nothing of what belongs to the result, or since when (Protocol 4.01, 11.3.1)."""


def service_root() -> str:
    """The address of the service, without a slash at its end."""
    environ = request.environ
    host = environ.get("HTTP_HOST") or environ["SERVER_NAME"]
    return f"{environ['wsgi.url_scheme']}://{host}{environ.get('SCRIPT_NAME', '')}{ROOT}"


def context(level: Level, fragment: str = "") -> dict[str, Any]:
    """The context URL as the first member of an answer (Protocol 4.01, section 10); nothing without metadata."""
    if level is Level.NONE:
        return {}
    return {CONTEXT: f"{service_root()}/$metadata{'#' if fragment else ''}{fragment}"}


def next_link(token: str) -> str:
    """The address of the next page: this one's, with the token in place of what skipped rows so far."""
    return _link(OF_ONE_PAGE, f"$skiptoken={token}")


def delta_link(token: str) -> str:
    """The address of what changes in the list that this request asks for."""
    return _link(OF_ONE_READING, f"$deltatoken={token}")


def whole_link() -> str:
    """The address of the list whose changes this request asks for."""
    return _link(OF_ONE_READING)


def _link(dropped: frozenset[str], *added: str) -> str:
    """This request's address, without some of its options."""
    parts = request.query_string.decode().split("&")
    kept = [part for part in parts if part and _option(part) not in dropped]
    path = quote(request.path.removeprefix(ROOT).removesuffix("/$count"), safe=READABLE)
    query = "&".join([*kept, *added])
    return f"{service_root()}{path}{'?' if query else ''}{query}"


def _option(parameter: str) -> str | None:
    return option_name(decode(parameter.partition("=")[0]), bare=True)
