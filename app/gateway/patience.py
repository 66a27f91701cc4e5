"""How slow a client may be that something of the server waits for: a thread, a place for long bodies, or room on
the disk."""

from __future__ import annotations

PATIENCE = 30.0
"""Seconds that a client may do nothing."""
SLOWEST = 10_000
"""Bytes a second that it has to come to beside such rests; a byte now and then is not enough."""


class Pace:
    """How one client gets on. Only the time counts in which it is waited for.

    Args:
        patience: seconds that it may do nothing; `left` says how many of them remain.
        slowest: bytes that give a second back.
    """

    def __init__(self, patience: float, slowest: int) -> None:
        self.left = self._patience = patience
        self._slowest = slowest

    def went_on(self, seconds: float, length: int) -> None:
        """
        Args:
            seconds: for how long it was waited for.
            length: bytes that came or went then.
        """
        self.left = max(0.0, min(self._patience, self.left - seconds + length / self._slowest))


def of_client() -> Pace:
    """The pace that every client has to keep."""
    return Pace(PATIENCE, SLOWEST)
