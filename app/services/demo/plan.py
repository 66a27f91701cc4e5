"""How large the demo firm is, and what in it belongs to what and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from app.services.demo.chance import Chance

LAST_DAY = dt.date(2026, 10, 30)
"""The demo firm's today. It is a constant, not the calendar's: the same rows come out whenever and wherever
they are made, so that tests, benchmarks and two developers who compare answers see the same firm."""

FIRST_DAY = LAST_DAY - dt.timedelta(days=730)
"""Time is recorded from here on."""

OPENING_DAY = LAST_DAY - dt.timedelta(days=1_200)
"""The first matter was opened on this day."""

MIDNIGHT = dt.time(7, tzinfo=dt.UTC)
"""Midnight at the firm, which is in Oregon: a day is stored as the UTC time at which it begins there."""

NOW = dt.datetime.combine(LAST_DAY, MIDNIGHT) + dt.timedelta(hours=17)
"""At the end of office hours on the last day."""

WORKLOAD = (3, 1, 8, 2, 5, 1, 14, 4, 2, 10)
"""How much work matters make, by turns: a few make most of it."""

ENTRIES_A_MATTER, MATTERS_AN_ACCOUNT, ENTRIES_A_USER = 20, 5, 2_500

ENTRIES_A_BLOCK, MATTERS_A_BLOCK = 8_000, 400


@dataclass(frozen=True)
class Size:
    """How many rows of each kind. What follows from them, such as contacts, is not counted."""

    accounts: int = 200
    matters: int = 1_000
    time_entries: int = 20_000

    @classmethod
    def of(cls, accounts: int | None, matters: int | None, time_entries: int | None) -> Size:
        """Fill in what is left out, in believable proportion to what is given."""
        if time_entries is None:
            time_entries = cls.time_entries if matters is None else matters * ENTRIES_A_MATTER
        if matters is None:
            matters = -(-time_entries // ENTRIES_A_MATTER)
        matters = max(matters, min(time_entries, 1))
        if accounts is None:
            accounts = -(-matters // MATTERS_AN_ACCOUNT)
        return cls(max(accounts, min(matters, 1)), matters, time_entries)

    @property
    def users(self) -> int:
        return max(8, self.time_entries // ENTRIES_A_USER)

    @property
    def rows(self) -> int:
        return self.accounts + self.matters + self.time_entries


@dataclass(frozen=True)
class Plan:
    """The answers to "which" and "when", each worked out from a number alone; numbers start at 1."""

    size: Size
    chance: Chance

    def account_of(self, matter: int) -> int:
        """The account that a matter is for: at first each opens one, and later some come back with more."""
        newest = self._newest_account(matter)
        if newest != self._newest_account(matter - 1):
            return newest
        return self.chance.of("account of matter", matter).randint(1, newest)

    def _newest_account(self, matter: int) -> int:
        return -(-matter * self.size.accounts // self.size.matters)

    def opening_of(self, matter: int) -> dt.date:
        """The day on which the matter was opened: the higher its number, the later."""
        days = (LAST_DAY - OPENING_DAY).days - 14
        return working_day(
            OPENING_DAY + dt.timedelta(days=days * (matter - 1) // max(1, self.size.matters)), matter
        )

    def arrival_of(self, account: int) -> dt.date:
        """The day on which the client came: that of its first matter."""
        first_matter = (account - 1) * self.size.matters // self.size.accounts + 1
        return self.opening_of(first_matter)

    def entries_of(self, matter: int) -> range:
        """The numbers of the matter's time entries."""
        return range(self._entries_before(matter) + 1, self._entries_before(matter + 1) + 1)

    def blocks(self) -> Iterator[range]:
        """The matters, in runs that are made at a time: as many as make a few thousand time entries."""
        first = last = 1
        for matter in range(1, self.size.matters + 1):
            last = matter + 1
            entries = self._entries_before(last) - self._entries_before(first)
            if entries >= ENTRIES_A_BLOCK or last - first >= MATTERS_A_BLOCK:
                yield range(first, last)
                first = last
        if last > first:
            yield range(first, last)

    def _entries_before(self, matter: int) -> int:
        return self.size.time_entries * _work_before(matter) // _work_before(self.size.matters + 1)


def _work_before(matter: int) -> int:
    rounds, rest = divmod(matter - 1, len(WORKLOAD))
    return rounds * sum(WORKLOAD) + sum(WORKLOAD[:rest])


def working_day(day: dt.date, spread: int) -> dt.date:
    """The day itself, or when it falls on a weekend one of the five days before, which one by `spread`."""
    late = day.weekday() - 4
    return day - dt.timedelta(days=late + spread % 5) if late > 0 else day


def day_between(dice: Random, first: dt.date, last: dt.date) -> dt.date:
    """A working day, give or take the first week; `first` when the two are in the wrong order."""
    draw = dice.randrange(max(0, (last - first).days) + 1)
    return max(first, working_day(first + dt.timedelta(days=draw), draw))


@lru_cache(2_048)
def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, MIDNIGHT)


def moment_of(day: dt.date, spread: int) -> dt.datetime:
    """A moment in office hours, which one by `spread`."""
    return midnight(day) + dt.timedelta(seconds=32_400 + spread * 613 % 32_400)


def later_that_day(dice: Random, day: dt.date) -> dt.datetime:
    """A moment in office hours."""
    return midnight(day) + dt.timedelta(seconds=32_400 + dice.randrange(32_400))
