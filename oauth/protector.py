"""How a bearer token reaches a protected resource (RFC 6750 section 2.1)."""

from __future__ import annotations

import base64
import binascii


def bearer_token(authorization: str | None) -> str | None:
    """The token in an `Authorization` header; None when no bearer token was sent at all.

    The header is the only way in: tokens in a body or a query string end up in logs (RFC 9700 section 4.3.2).
    A `Bearer` with nothing or nonsense behind it gives text that no token has.
    """
    if authorization is None:
        return None
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def basic_credentials(authorization: str | None) -> tuple[str, str] | None:
    """The user name and the password of HTTP Basic (RFC 7617); None when nothing of the kind was sent."""
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return (name, password) if colon else None
