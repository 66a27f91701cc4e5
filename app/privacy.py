"""Whether anybody on the way could read along: a password may travel over TLS, or without leaving this machine."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit


def in_private(environ: dict[str, Any]) -> bool:
    """Whether a request came over HTTPS, or was sent to this machine by one of its own names.

    Args:
        environ: of WSGI, in which a proxy's word stands already where TRUSTED_PROXIES counts the proxy.
    """
    if environ["wsgi.url_scheme"] == "https":
        return True
    return _is_loopback(environ.get("HTTP_HOST") or environ["SERVER_NAME"])


@lru_cache(maxsize=256)
def _is_loopback(host: str) -> bool:
    """
    >>> [_is_loopback(host) for host in ("localhost:8000", "app.localhost", "127.0.0.1:80", "[::1]:8000")]
    [True, True, True, True]
    >>> [_is_loopback(host) for host in ("10.0.0.5", "localhost.example.com", "127.0.0.1.nip.io", "[::1", "")]
    [False, False, False, False, False]
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or name.endswith(".localhost") or ip_address(name).is_loopback
    except ValueError:
        return False
