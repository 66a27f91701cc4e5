"""Counting tries, in memory and where all processes share the numbers."""

from __future__ import annotations

import logging

import pytest
from limits.storage import MemoryStorage

from app.errors import ConfigurationError
from app.services.throttling import Rule, Throttle, counters
from app.services.throttling.counters import InMemory, Shared, open_counters
from tests.parallel import in_threads

RULE = Rule("tries", ((3, 60), (5, 3_600)))
NOON = 1_767_960_000.0


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""

    class Clock:
        at = NOON

        def __call__(self) -> float:
            return self.at

    clock = Clock()
    monkeypatch.setattr("app.services.throttling.time", clock)
    monkeypatch.setattr(counters, "monotonic", clock)
    return clock


@pytest.fixture(params=["memory", "shared"])
def throttle(request, clock):
    if request.param == "memory":
        yield Throttle(InMemory())
        return
    storage = MemoryStorage()
    yield Throttle(Shared(storage))
    storage.timer.join()


def test_the_fourth_try_in_a_minute_waits_until_its_end(throttle, clock):
    clock.at = NOON + 20.5
    assert [throttle.attempt(RULE, "ada") for _ in range(5)] == [0, 0, 0, 40, 40]
    assert throttle.attempt(RULE, "grace") == 0
    assert throttle.wait(RULE, "ada") == 3_580
    assert throttle.wait(RULE, "grace") == 0


def test_the_longer_window_goes_on_counting(throttle, clock):
    assert [throttle.attempt(RULE, "ada") for _ in range(3)] == [0, 0, 0]
    clock.at = NOON + 60
    assert [throttle.attempt(RULE, "ada") for _ in range(3)] == [0, 0, 3_541]
    clock.at = NOON + 3_600
    assert throttle.attempt(RULE, "ada") == 0


def test_right_tries_are_taken_back(throttle):
    for _ in range(20):
        assert throttle.attempt(RULE, "office") == 0
        throttle.take_back(RULE, "office")
    assert [throttle.attempt(RULE, "ada") for _ in range(4)][-1] > 0
    throttle.forget(RULE, "ada")
    assert throttle.attempt(RULE, "ada") == 0


def test_who_it_is_may_be_anything(throttle):
    for whose in ("", "\0", "\ud800", "é" * 10_000, None, 7):
        assert throttle.attempt(RULE, whose) == 0


def test_off_means_off():
    throttle = Throttle(InMemory(), off=True)
    assert [throttle.attempt(RULE, "ada") for _ in range(9)] == [0] * 9
    assert throttle.wait(RULE, "ada") == 0
    throttle.take_back(RULE, "ada")
    throttle.forget(RULE, "ada")


def test_threads_count_together():
    numbers = InMemory()
    assert sorted(in_threads(lambda _: numbers.add("key", 60), 16)) == list(range(1, 17))


def test_numbers_that_are_over_are_swept_away(clock):
    numbers = InMemory()
    for index in range(100):
        numbers.add(f"key {index}", 5)
    clock.at += 100
    numbers.add("last", 5)
    assert list(numbers._numbers) == ["last"]


class Broken(MemoryStorage):
    """A store that does not answer."""

    STORAGE_SCHEME = ["broken"]
    asked = 0

    def __init__(self):
        self.wrap_exceptions = True

    def incr(self, key, expiry=0, amount=1):
        self.asked += 1
        raise ValueError("no route")

    get = clear = incr


def test_while_the_store_does_not_answer_each_process_counts_for_itself(clock, caplog):
    store = Broken()
    throttle = Throttle(Shared(store))
    with caplog.at_level(logging.WARNING):
        assert [throttle.attempt(RULE, "ada") for _ in range(4)] == [0, 0, 0, 61]
    assert store.asked == 1, "it is left alone for a while"
    assert len(caplog.records) == 1
    clock.at += 6
    throttle.forget(RULE, "ada")
    assert store.asked == 2
    assert throttle.wait(RULE, "ada") == 0


@pytest.mark.parametrize("address", ["nothing://x", "redis", "async+memory://", "redis+sentinel://"])
def test_address_that_will_not_do(address):
    with pytest.raises(ConfigurationError, match="RATE_LIMIT_STORAGE"):
        open_counters(address)


def test_redis_is_not_asked_before_it_is_needed():
    shared = open_counters("redis://127.0.0.1:1/0")
    assert isinstance(shared, Shared)
    assert [shared.add("key", 60) for _ in range(2)] == [1, 2]
