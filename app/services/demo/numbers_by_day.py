"""Numbers for the demo firm's invoices and payments, in the order of their days.

They are given out matter by matter, each with years of invoices. So that they come out in order all the same,
what there will be on each day is counted first: a number for each day, whatever the size of the firm.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from app.services.demo.brief import Brief
from app.services.demo.ledger import Tally
from app.services.demo.plans import plans_of
from app.services.demo.settlements import settle

ANY_AMOUNT = Decimal(100)


class Numbers:
    """Gives out numbers in the order of days.

    Args:
        days: how many are needed on each day.
    """

    def __init__(self, days: Counter[dt.date]) -> None:
        self._next: dict[dt.date, int] = {}
        self.last = 0
        for day in sorted(days):
            self._next[day] = self.last + 1
            self.last += days[day]

    def take(self, day: dt.date) -> int:
        number = self._next[day]
        self._next[day] += 1
        return number


@dataclass(frozen=True)
class Numbering:
    """The numbers of a firm's invoices and payments."""

    invoices: Numbers
    payments: Numbers

    @classmethod
    def of(cls, brief: Brief) -> Numbering:
        """Count what there will be on each day, matter by matter, without working out any amount."""
        invoices: Counter[dt.date] = Counter()
        payments: Counter[dt.date] = Counter()
        for matter in range(1, brief.plan.size.matters + 1):
            days = plans_of(brief, matter).billing_days
            tally = Tally(brief, matter)
            settle(brief, matter, [{"day": day, "total": ANY_AMOUNT} for day in days], tally)
            invoices.update(days)
            invoices.update(document["day"] for document in tally.documents)
            payments.update(payment["day"] for payment in tally.payments)
        return cls(Numbers(invoices), Numbers(payments))
