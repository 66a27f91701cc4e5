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

OF_ONE_PAGE = {"skip", "skiptoken"}
"""Options that the next page has of its own, or no more."""


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
    kept = [part for part in request.query_string.decode().split("&") if part and not _of_one_page(part)]
    path = quote(request.path.removeprefix(ROOT), safe=READABLE)
    return f"{service_root()}{path}?{'&'.join([*kept, f'$skiptoken={token}'])}"


def _of_one_page(parameter: str) -> bool:
    return option_name(decode(parameter.partition("=")[0]), bare=True) in OF_ONE_PAGE
