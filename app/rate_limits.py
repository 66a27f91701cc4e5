"""How often an app may call on behalf of one user, and the headers that tell it how it stands.

The minute slides by tens of seconds: what counts is the ten seconds of the clock that are running and the five
before them. Those five are over, so a process asks for their numbers once in ten seconds and remembers them;
each request in between is one addition.
"""

from __future__ import annotations

from math import ceil
from time import time
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask, current_app

from app.config import Settings
from app.errors import TooManyRequests
from app.services.throttling import Throttle
from app.services.throttling.counters import Counters, open_counters

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

STEP = 10
"""Seconds from one check to the next."""
STEPS = 6
"""How many of them make the minute that counts."""
STANDING = "matterbase.standing"
"""Where in its environment a request that was counted says how its app stands then."""


class Standing(NamedTuple):
    """How an app stands with a user.

    Args:
        used: what counts of the last minute.
        reset: the second since 1970 at which some of it no longer does.
        refused: whether the request was too much; then it does not count.
    """

    limit: int
    used: int
    reset: int
    refused: bool = False

    def check(self) -> None:
        """
        Raises:
            TooManyRequests: it was more than the app may ask on behalf of this user within the minute.
        """
        if self.refused:
            wait = max(1, ceil(self.reset - time()))
            raise TooManyRequests(f"Too Many Requests: wait {wait} seconds, then go on.", wait)


class RateLimits:
    """Counts the requests of each app and user.

    Args:
        per_minute: the limit of an app that has none of its own; 0 for no limits at all.
    """

    def __init__(self, counters: Counters, per_minute: int) -> None:
        self._counters = counters
        self._per_minute = per_minute
        self._remembered: tuple[int, dict[str, tuple[int, ...]]] = 0, {}

    def count(self, whose: str, own_limit: int | None, cost: int = 1) -> Standing | None:
        """Count a request, or several at once; how things stand then, or None where nothing is limited.

        Args:
            whose: names the app and the user.
            own_limit: the app's own limit.
        """
        limit = self._per_minute and (own_limit or self._per_minute)
        if not limit:
            return None
        step = int(time()) // STEP
        before = self._earlier(step, whose)
        now = self._counters.add(_key(step, whose), STEP * STEPS, cost)
        used = sum(before) + now
        if used <= limit:
            return Standing(limit, used, _given_back(step, (*before, now), 1))
        # Whoever knocks on while it is closed would else never be let in again.
        now = self._counters.add(_key(step, whose), STEP * STEPS, -cost)
        return Standing(limit, used - cost, _given_back(step, (*before, now), used - limit), refused=True)

    def _earlier(self, step: int, whose: str) -> tuple[int, ...]:
        """What was counted in the steps before, the earliest first."""
        of, remembered = self._remembered
        if of != step:
            remembered = {}
            self._remembered = step, remembered
        found = remembered.get(whose)
        if found is None:
            earlier = range(step - STEPS + 1, step)
            found = remembered[whose] = tuple(self._counters.count(_key(one, whose)) for one in earlier)
        return found


def _key(step: int, whose: str) -> str:
    return f"requests/{step}/{whose}"


def _given_back(step: int, counts: tuple[int, ...], wanted: int) -> int:
    """The second at which so many requests of the last steps no longer count, or else all of them."""
    gone = 0
    for age, counted in enumerate(counts, 1 - STEPS):
        gone += counted
        if gone >= wanted:
            return (step + age + STEPS) * STEP
    return (step + STEPS) * STEP


def init_app(app: Flask, settings: Settings) -> None:
    """Set up the counters; the guards of `app.auth` count, and every answer then carries the headers."""
    set_counters(app, settings)
    if settings.rate_limit:
        app.wsgi_app = TellingStanding(app.wsgi_app)  # type: ignore[method-assign]


def set_counters(app: Flask, settings: Settings) -> None:
    """Begin to count: requests for the rate limit, and the tries of those who guess."""
    counters = open_counters(settings.rate_limit_storage)
    app.extensions["rate_limits"] = RateLimits(counters, settings.rate_limit)
    app.extensions["throttle"] = Throttle(counters, off=not settings.limit_guesses)


def count_request(environ: dict[str, Any], whose: str, own_limit: int | None, cost: int = 1) -> None:
    """Count what a request asks for.

    Args:
        environ: of the request, which is marked with how its app stands then.
        whose, own_limit, cost: as `RateLimits.count` takes them.

    Raises:
        TooManyRequests: it is more than the app may ask on behalf of this user within a minute.
    """
    standing = current_app.extensions["rate_limits"].count(whose, own_limit, cost)
    if standing is not None:
        environ[STANDING] = standing
        standing.check()


class TellingStanding:
    """Adds the headers behind the application, where they are a list: each answer has them, and they cost little."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Any:
        def started(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            standing: Standing | None = environ.get(STANDING)
            return start_response(
                status, headers if standing is None else headers + told(standing), *exc_info
            )

        return self._app(environ, started)


def told(standing: Standing) -> list[tuple[str, str]]:
    """The headers that say how an app stands: as most APIs call them, and as LegalServer does."""
    limit, used, reset, _ = standing
    most, left, until = str(limit), str(max(0, limit - used)), str(reset)
    return [
        ("X-RateLimit-Limit", most),
        ("X-RateLimit-Remaining", left),
        ("X-RateLimit-Reset", until),
        ("x-rate-limit-limit", most),
        ("x-rate-limit-remaining", left),
        ("x-rate-limit-reset", until),
    ]
