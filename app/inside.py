"""Requests that the application makes of itself, in this thread and without a network.

Such a request is a request like any other: it signs in, is routed, and fails in the words of its door. Doors ask with
the caller's token; pages ask as an app would (`app/web/own_calls.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Response, current_app, request

from app.auth import INSIDE

INHERITED = ("SERVER_", "REMOTE_", "wsgi.url_scheme", "wsgi.version", "wsgi.errors", "wsgi.multi")
ALSO_INHERITED = ("HTTP_HOST", "HTTP_AUTHORIZATION", "SCRIPT_NAME", "wsgi.run_once")


def environ_for(
    method: str,
    address: str,
    headers: Mapping[str, str],
    body: bytes = b"",
    **extra: Any,
) -> dict[str, Any]:
    """The WSGI environment of a request on behalf of the one that is being served.

    Args:
        address: a path that begins with a slash, with a query string perhaps.
        headers: its own; the caller's authorization goes along by itself.
        extra: what else is to be in the environment.
    """
    path, _, query = address.partition("?")
    environ = {name: value for name, value in request.environ.items() if _is_inherited(name)}
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    return {
        **environ,
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),  # as PEP 3333 wants it
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        INSIDE: True,
        **extra,
    }


def _is_inherited(name: str) -> bool:
    return name.startswith(INHERITED) or name in ALSO_INHERITED


def dispatch(environ: dict[str, Any]) -> Response:
    """The answer, complete."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context(), app.request_context(environ):
        response: Response = app.full_dispatch_request()
        response.get_data()  # a body that is still to come needs what the request holds
    return response
