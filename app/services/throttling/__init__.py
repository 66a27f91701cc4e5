"""Slowing down those who guess: tries are counted per account, per network and per app.

A try is counted before the password is looked at, and taken back when it was right. So of any number of
parallel tries only as many as the rule allows ever reach the slow hash.
"""

from __future__ import annotations

import hashlib
from time import time

from app.services.throttling.counters import Counters
from app.services.throttling.networks import network_of
from app.services.throttling.rules import (
    CLIENT_SECRET,
    DEVICE_CODE,
    NEW_FIRM,
    OLD_PASSWORD,
    REFUSALS_FROM,
    REGISTRATION,
    SECOND_FACTOR,
    SIGN_IN,
    SIGN_IN_ANYWHERE,
    SIGN_INS_FROM,
    TOKENS_FROM,
    Rule,
)

__all__ = [
    "CLIENT_SECRET",
    "DEVICE_CODE",
    "NEW_FIRM",
    "OLD_PASSWORD",
    "REFUSALS_FROM",
    "REGISTRATION",
    "SECOND_FACTOR",
    "SIGN_IN",
    "SIGN_INS_FROM",
    "SIGN_IN_ANYWHERE",
    "TOKENS_FROM",
    "Counters",
    "Rule",
    "Throttle",
    "network_of",
]


class Throttle:
    """Counts tries, and says how long to wait.

    Args:
        counters: where the numbers are kept.
        off: whether nobody is ever slowed.
    """

    def __init__(self, counters: Counters, *, off: bool = False) -> None:
        self._counters = counters
        self._off = off

    def attempt(self, rule: Rule, *whose: object) -> int:
        """Count a try.

        Args:
            whose: what the tries are counted by, such as an account; only a digest of it is kept.

        Returns:
            The seconds to wait before the next try; 0 where this one may go on.
        """
        if self._off:
            return 0
        at, wait = time(), 0.0
        for most, window in rule.limits:
            began = at - at % window
            if self._counters.add(_key(rule, window, began, whose), window) > most:
                wait = max(wait, began + window - at)
        return int(wait) + 1 if wait else 0

    def wait(self, rule: Rule, *whose: object) -> int:
        """The seconds to wait before the next try, without counting one."""
        if self._off:
            return 0
        at, wait = time(), 0.0
        for most, window in rule.limits:
            began = at - at % window
            if self._counters.count(_key(rule, window, began, whose)) >= most:
                wait = max(wait, began + window - at)
        return int(wait) + 1 if wait else 0

    def take_back(self, rule: Rule, *whose: object) -> None:
        """Take one try back: it was right."""
        at = time()
        for _, window in [] if self._off else rule.limits:
            self._counters.add(_key(rule, window, at - at % window, whose), window, -1)

    def forget(self, rule: Rule, *whose: object) -> None:
        """Take all tries back: whoever they are counted by has proved to be the right one."""
        at = time()
        for _, window in [] if self._off else rule.limits:
            self._counters.clear(_key(rule, window, at - at % window, whose))


def _key(rule: Rule, window: int, began: float, whose: tuple[object, ...]) -> str:
    text = "\n".join(map(str, whose)).encode("utf-8", "surrogatepass")
    return f"{rule.name}/{window}/{began:.0f}/{hashlib.sha256(text).hexdigest()[:32]}"
