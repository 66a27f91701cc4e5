"""Random values that open something, and the digests that are kept of them.

A value carries 256 random bits, so a plain SHA-256 is enough: there is nothing to guess that a slow hash
would protect (RFC 6749 section 10.10).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

RANDOM_BYTES = 32


def new_credential() -> str:
    """A fresh code, token or secret: 43 characters that are safe in a URL."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def digest(credential: str) -> str:
    """The SHA-256 of a credential, as 64 hexadecimal digits."""
    return hashlib.sha256(credential.encode("utf-8", "surrogatepass")).hexdigest()


def matches(credential: str, kept: str | None) -> bool:
    """Whether the digest was made of this credential, in a time that does not depend on the answer."""
    return hmac.compare_digest(digest(credential), kept or "")
