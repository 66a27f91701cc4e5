"""When the demo firm bills what, which is known before any amount is.

An invoice collects what was recorded on one matter in a month or in a quarter, and goes out on the fifth of
the month after it.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from app.services.demo.casework import Case
from app.services.demo.plan import LAST_DAY

BILLING_DAY = 5
MONTHLY_FROM = 5
"""From so many time entries a month on, a matter is billed each month, else each quarter."""


class Planned(NamedTuple):
    """A charge, as far as it is known before it has an amount."""

    day: dt.date
    is_billable: bool
    billed_on: dt.date | None
    """The day of the invoice that it is on."""


def months_a_bill(case: Case, entries: int) -> int:
    """How much time an invoice is for.

    Args:
        entries: how many time entries the matter has.
    """
    first, last = case.worked
    months = max(1, (last - first).days // 30)
    return 1 if entries >= MONTHLY_FROM * months else 3


@lru_cache(1_024)
def next_billing_day(day: dt.date, months: int) -> dt.date:
    """The day on which the invoices for the month or the quarter go out."""
    number = day.year * 12 + day.month - 1
    year, month = divmod((number // months + 1) * months, 12)
    return dt.date(year, month + 1, BILLING_DAY)


def plan_charge(case: Case, months: int, day: dt.date, is_billable: bool, is_held_back: bool) -> Planned:
    """Say whether, and when, a charge is billed. In contingency matters everything waits for the recovery."""
    billed_on: dt.date | None = None
    if is_billable and not is_held_back:
        if case.rate_type != "Contingency":
            billed_on = next_billing_day(day, months)
        elif case.closed:
            billed_on = next_billing_day(case.closed, 1)
    if billed_on and billed_on > LAST_DAY:
        billed_on = None
    return Planned(day, is_billable, billed_on)
