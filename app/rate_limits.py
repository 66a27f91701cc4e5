"""How often an app may call on behalf of one user, and the headers that tell it how it stands.

A window is a minute of the clock, so a look-up is one addition: nothing has to be asked when the window ends.
"""

from __future__ import annotations

from math import ceil
from time import time
from typing import NamedTuple

from flask import Flask, Response, current_app, g

from app.config import Settings
from app.errors import TooManyRequests
from app.services.throttling import Throttle
from app.services.throttling.counters import Counters, open_counters

WINDOW = 60
"""Seconds."""
LIMIT, REMAINING, RESET = "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"


class Standing(NamedTuple):
    """How an app stands with a user in the present window."""

    limit: int
    used: int
    reset: int
    """The second at which the window ends, since 1970."""


class RateLimits:
    """Counts the requests of each app and user.

    Args:
        per_minute: the limit of an app that has none of its own; 0 for no limits at all.
    """

    def __init__(self, counters: Counters, per_minute: int) -> None:
        self._counters = counters
        self._per_minute = per_minute

    def count(self, whose: str, own_limit: int | None, cost: int = 1) -> Standing | None:
        """Count a request, or several at once; how things stand then, or None where nothing is limited.

        Args:
            whose: names the app and the user.
            own_limit: the app's own limit.
        """
        limit = self._per_minute and (own_limit or self._per_minute)
        if not limit:
            return None
        window = int(time()) // WINDOW
        used = self._counters.add(f"requests/{window}/{whose}", WINDOW, cost)
        return Standing(limit, used, (window + 1) * WINDOW)


def init_app(app: Flask, settings: Settings) -> None:
    """Set up the counters; the guards of `app.auth` count, and every answer then carries the headers."""
    set_counters(app, settings)
    if settings.rate_limit:
        app.after_request(_tell)


def set_counters(app: Flask, settings: Settings) -> None:
    """Begin to count: requests for the rate limit, and the tries of those who guess."""
    counters = open_counters(settings.rate_limit_storage)
    app.extensions["rate_limits"] = RateLimits(counters, settings.rate_limit)
    app.extensions["throttle"] = Throttle(counters, off=not settings.limit_guesses)


def count_request(whose: str, own_limit: int | None, cost: int = 1) -> None:
    """Count what the present request asks for.

    Raises:
        TooManyRequests: it is more than the app may ask on behalf of this user within the minute.
    """
    standing = current_app.extensions["rate_limits"].count(whose, own_limit, cost)
    if standing is not None:
        g.standing = standing
        if standing.used > standing.limit:
            wait = max(1, ceil(standing.reset - time()))
            raise TooManyRequests(f"That was too often; wait {wait} seconds, then go on.", wait)


def _tell(response: Response) -> Response:
    standing: Standing | None = g.get("standing")
    if standing is not None:
        limit, used, reset = standing
        headers = response.headers
        headers.add(LIMIT, limit)
        headers.add(REMAINING, max(0, limit - used))
        headers.add(RESET, reset)
    return response
