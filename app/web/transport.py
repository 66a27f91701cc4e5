"""TLS is expected in front. Plain HTTP is answered only where nobody can listen: on this machine."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from flask import request
from werkzeug.wrappers import Response

from app.web.blueprint import web
from app.web.pages import render_error

EXPLANATION = (
    "Passwords are taken and tokens are given out over HTTPS only, except on this machine. Put a TLS proxy in "
    "front, and tell Matterbase of it with TRUSTED_PROXIES."
)


FOR_APPS = (
    "/oauth/token",
    "/oauth/revoke",
    "/oauth/introspect",
    "/oauth/device_",
    "/oauth/register",
    "/.well-known/",
)
"""What is read by programs; the rest by people."""


@web.before_request
def refuse_plain_http() -> Response | tuple[dict[str, str], int] | None:
    if request.is_secure or request.endpoint == "web.static" or _is_local(request.remote_addr):
        return None
    if request.path.startswith(FOR_APPS):
        return {"error": "invalid_request", "error_description": EXPLANATION}, 400
    return render_error(400, "This needs HTTPS", EXPLANATION)


def _is_local(address: str | None) -> bool:
    try:
        peer = ip_address(address or "")
    except ValueError:
        return False
    if isinstance(peer, IPv6Address) and peer.ipv4_mapped:
        peer = peer.ipv4_mapped
    return peer.is_loopback
