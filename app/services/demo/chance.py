"""Chance that comes out the same every time."""

from __future__ import annotations

from hashlib import blake2b
from random import Random
from uuid import UUID


class Chance:
    """Draws that depend on the seed and on what they are for, and on nothing that was drawn before."""

    def __init__(self, seed: str) -> None:
        self._seed = seed

    def of(self, kind: str, number: int) -> Random:
        """The dice of one thing, such as those of `("matter", 900)`."""
        return Random(self._digest(kind, number))

    def id(self, kind: str, number: int) -> str:
        """The GUID of one thing."""
        return str(UUID(bytes=self._digest(kind, number), version=4))

    def _digest(self, kind: str, number: int) -> bytes:
        return blake2b(f"{self._seed}/{kind}/{number}".encode(), digest_size=16).digest()
