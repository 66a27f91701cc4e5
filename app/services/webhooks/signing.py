"""Signatures by which a receiver knows that a delivery is ours, as Standard Webhooks 1.0.0 has them.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

from cryptography.fernet import InvalidToken

from app.services.sealing import cipher

PREFIX = "whsec_"
LENGTH = 32
"""Bytes of a secret; the specification has 24 to 64."""
PURPOSE = b"matterbase webhook"


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(LENGTH)).decode()


def sealed(secret: str, key: str) -> str:
    """A secret as the database keeps it.

    Args:
        key: the application's SECRET_KEY.
    """
    return cipher(key, PURPOSE).encrypt(secret.encode()).decode()


def opened(secret: str, key: str) -> str | None:
    """The secret again; None where SECRET_KEY is no longer that which sealed it."""
    try:
        return cipher(key, PURPOSE).decrypt(secret).decode()
    except InvalidToken:
        return None


def headers(delivery_id: str, at: int, body: bytes, signing_secrets: Iterable[str]) -> dict[str, str]:
    """The headers that belong to a delivery.

    Args:
        at: the moment of the attempt, in seconds since 1970.
        signing_secrets: the present one, and the one before while it still signs.
    """
    signatures = (signature(secret, delivery_id, at, body) for secret in signing_secrets)
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signatures),
    }


def signature(secret: str, delivery_id: str, at: int, body: bytes) -> str:
    """
    >>> signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
    ...           b'{"test": 2432232314}')
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{delivery_id}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()
