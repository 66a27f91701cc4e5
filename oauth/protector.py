"""How a bearer token reaches a protected resource (RFC 6750 section 2.1)."""

from __future__ import annotations


def bearer_token(authorization: str | None) -> str | None:
    """The token in an `Authorization` header; None when no bearer token was sent at all.

    The header is the only way in: tokens in a body or a query string end up in logs (RFC 9700 section 4.3.2).
    A `Bearer` with nothing or nonsense behind it gives text that no token has.
    """
    if authorization is None:
        return None
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None
