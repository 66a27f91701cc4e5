"""Numbers that count up and are forgotten: in this process's memory, or in Redis for all processes together.

The library `limits` speaks to Redis. Its own memory store starts a thread for every ten milliseconds of
traffic, which costs more than the rest of the check, so ours is a dictionary.
"""

from __future__ import annotations

import logging
from threading import Lock
from time import monotonic
from typing import Any, Protocol

from limits.errors import ConfigurationError as LimitsError
from limits.errors import StorageError
from limits.storage import Storage, storage_from_string

from app.errors import ConfigurationError

logger = logging.getLogger(__name__)

MEMORY = "memory://"
SWEEP_EVERY = 10.0
SECONDS_TO_ANSWER = 0.25
SECONDS_OFF = 5.0
"""How long Redis is left alone once it has not answered."""


class Counters(Protocol):
    """Where the numbers are kept."""

    def add(self, key: str, lifetime: int, amount: int = 1) -> int:
        """Add to a number, which is forgotten `lifetime` seconds after it began; returns what it is now."""
        ...

    def count(self, key: str) -> int: ...
    def clear(self, key: str) -> None: ...


class InMemory:
    """Numbers of this process alone."""

    def __init__(self) -> None:
        self._numbers: dict[str, tuple[int, float]] = {}
        self._lock = Lock()
        self._swept = monotonic()

    def add(self, key: str, lifetime: int, amount: int = 1) -> int:
        at = monotonic()
        with self._lock:
            number, until = self._numbers.get(key, (0, 0.0))
            if until <= at:
                number, until = 0, at + lifetime
            self._numbers[key] = number + amount, until
            if at - self._swept > SWEEP_EVERY:
                self._sweep(at)
        return number + amount

    def count(self, key: str) -> int:
        number, until = self._numbers.get(key, (0, 0.0))
        return number if until > monotonic() else 0

    def clear(self, key: str) -> None:
        self._numbers.pop(key, None)

    def _sweep(self, at: float) -> None:
        self._numbers = {key: kept for key, kept in self._numbers.items() if kept[1] > at}
        self._swept = at


class Shared:
    """Numbers that all processes share. While the store does not answer, each counts for itself: nobody is
    locked out by a lost Redis, and nobody may guess without end either.

    Args:
        store: one of the stores of `limits`.
    """

    def __init__(self, store: Storage) -> None:
        self._store = store
        self._own = InMemory()
        self._off_until = 0.0

    def add(self, key: str, lifetime: int, amount: int = 1) -> int:
        number = self._ask("incr", key, lifetime, amount)
        return self._own.add(key, lifetime, amount) if number is None else int(number)

    def count(self, key: str) -> int:
        found = self._ask("get", key)
        return self._own.count(key) if found is None else int(found)

    def clear(self, key: str) -> None:
        self._ask("clear", key)
        self._own.clear(key)

    def _ask(self, operation: str, *arguments: Any) -> Any:
        """The store's answer; None while there is none."""
        if monotonic() < self._off_until:
            return None
        try:
            return getattr(self._store, operation)(*arguments)
        except StorageError as error:
            self._off_until = monotonic() + SECONDS_OFF
            logger.warning("RATE_LIMIT_STORAGE does not answer; each process counts for itself: %s", error)
            return None


def open_counters(address: str) -> Counters:
    """The counters at an address, such as `redis://host:6379/0`; those of this process at `memory://`.

    Raises:
        ConfigurationError: the address will not do, or the package to speak with it is not installed.
    """
    if address == MEMORY:
        return InMemory()
    timeouts = {"socket_timeout": SECONDS_TO_ANSWER, "socket_connect_timeout": SECONDS_TO_ANSWER}
    options: Any = timeouts if address.startswith(("redis", "valkey")) else {}
    try:
        store = storage_from_string(address, wrap_exceptions=True, **options)
    except (LimitsError, ValueError) as error:
        raise ConfigurationError(f"RATE_LIMIT_STORAGE cannot be used: {error}.") from error
    if not isinstance(store, Storage):
        raise ConfigurationError("RATE_LIMIT_STORAGE cannot be one of the async stores.")
    return Shared(store)
