"""How slow a client may be that something of the server waits for: a thread, or one of the places for long bodies."""

from __future__ import annotations

PATIENCE = 30.0
"""Seconds that a client may do nothing."""
SLOWEST = 10_000
"""Bytes a second, on the whole; a byte now and then is not enough."""


class Pace:
    """How one client gets on. Only the time counts in which it is waited for."""

    def __init__(self) -> None:
        self._waited = 0.0
        self._bytes = 0

    def went_on(self, seconds: float, length: int) -> None:
        """
        Args:
            seconds: for how long it was waited for.
            length: bytes that came or went then.
        """
        self._waited += seconds
        self._bytes += length

    def left(self) -> float:
        """Seconds that may pass until the next bytes; none where the client is too slow."""
        return max(0.0, min(PATIENCE, PATIENCE + self._bytes / SLOWEST - self._waited))
