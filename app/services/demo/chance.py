"""Chance that comes out the same every time."""

from __future__ import annotations

from hashlib import blake2b
from random import Random


class Chance:
    """Draws that depend on the seed and on what they are for, and on nothing that was drawn before."""

    def __init__(self, seed: str) -> None:
        self._seed = seed

    def of(self, kind: str, number: int) -> Random:
        """The dice of one thing, such as those of `("matter", 900)`."""
        return Random(blake2b(f"{self._seed}/{kind}/{number}".encode(), digest_size=16).digest())

    def id(self, kind: str, number: int) -> str:
        """The GUID of one thing: a version 4 UUID (RFC 9562 section 5.4) that is not random at all.

        Written out by hand, because going through `uuid.UUID` takes four times as long.
        """
        digits = blake2b(f"{self._seed}/{kind}/{number}".encode(), digest_size=16).hexdigest()
        variant = "89ab"[int(digits[16], 16) & 3]
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
