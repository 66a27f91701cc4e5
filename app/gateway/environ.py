"""A request as WSGI has it (PEP 3333)."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import IO, Any

from app.gateway.rsgi import Scope, ScopeHeaders

UNREADABLE = "\xbf"
"""Stands for a value that is not ASCII. Nothing that we take has this character, so a condition or a key that could
not be read is refused; left out, the request would be carried out as if there was none."""

SAME_FOR_ALL: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "granian",
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,  # the body ends where its bytes end, whatever its headers say
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The environment of a request.

    Args:
        body: all of it, at its beginning.
    """
    name, _, port = scope.server.rpartition(":")
    environ = {
        **SAME_FOR_ALL,
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": _as_wsgi(scope.path),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": name.strip("[]"),
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
    }
    for header, value in _headers(scope.headers):
        variable = _variable(header)
        if variable is None:
            continue
        if variable in environ:
            between = "; " if variable == "HTTP_COOKIE" else ","
            value = f"{environ[variable]}{between}{value}"
        environ[variable] = value
    if scope.authority is not None and "HTTP_HOST" not in environ:
        environ["HTTP_HOST"] = scope.authority  # HTTP/2 has it instead of the header
    return environ


def _headers(headers: ScopeHeaders) -> list[tuple[str, str]]:
    """All headers. Granian tells the name of one whose value is not ASCII, and leaves its value out."""
    found = headers.items()
    readable = dict(found)
    if len(readable) < len(headers):
        found += [(name, UNREADABLE) for name in headers.keys() if name not in readable]  # noqa: SIM118
    return found


def _as_wsgi(path: str) -> str:
    """The bytes of the path, each as one character."""
    return path if path.isascii() else path.encode().decode("latin-1")


@lru_cache(maxsize=1024)
def _variable(header: str) -> str | None:
    """The variable of a header. One with an underscore has none: it could pass for the one with a hyphen, such as
    those that a proxy sets."""
    if "_" in header:
        return None
    name = header.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
