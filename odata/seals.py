"""Texts that travel with the client and that only their writer can make: the tokens in links."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from hmac import compare_digest

SEAL = 12
"""Bytes of the keyed digest in front of a token."""


class Seal:
    """Writes and reads one kind of token.

    Args:
        secret: what the processes that serve one service share.
        form: the kind, at most 16 bytes. It counts up when such a token is made of other parts, so that an older
            one is refused and not misread.
    """

    def __init__(self, secret: bytes, form: bytes) -> None:
        self._form = form
        self._secret = blake2b(secret, digest_size=32, person=form).digest()

    def close(self, text: bytes, about: str) -> str:
        """The token that carries a text; `about` is what it belongs to, and is not carried."""
        return _encoded(self._digest(text, about) + text)

    def open(self, token: str, about: str) -> bytes | None:
        """The text in a token; None where it was not made here, or belongs to something else."""
        try:
            decoded = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        except (UnicodeError, binascii.Error, ValueError):
            decoded = b""
        if _encoded(decoded) != token:  # base64 has idle bits: another text could stand for the same bytes
            decoded = b""
        seal, text = decoded[:SEAL], decoded[SEAL:]
        return text if compare_digest(seal, self._digest(text, about)) else None

    def _digest(self, text: bytes, about: str) -> bytes:
        whole = about.encode() + b"\0" + text
        return blake2b(whole, digest_size=SEAL, key=self._secret, person=self._form).digest()


def _encoded(token: bytes) -> str:
    return urlsafe_b64encode(token).rstrip(b"=").decode()
