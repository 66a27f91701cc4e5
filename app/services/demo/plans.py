"""What is charged in a matter of the demo firm, and when it is billed, before there are amounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from app.services.demo.billing import Planned, months_a_bill
from app.services.demo.brief import Brief
from app.services.demo.casework import case_of
from app.services.demo.fees import Fee, planned_fees
from app.services.demo.outlays import planned_expenses
from app.services.demo.timesheets import planned_entries


@dataclass(frozen=True)
class Plans:
    """The charges of a matter."""

    entries: list[Planned]
    expenses: list[Planned]
    fees: list[tuple[Fee, Planned]]

    @property
    def billing_days(self) -> list[dt.date]:
        """The days of the matter's invoices."""
        charges = (*self.entries, *self.expenses, *(planned for _, planned in self.fees))
        return sorted({planned.billed_on for planned in charges if planned.billed_on})


@lru_cache(1_024)  # asked for when invoices are counted and when they are made; of a small firm it is all
def plans_of(brief: Brief, matter: int) -> Plans:
    case, entries = case_of(brief, matter), len(brief.plan.entries_of(matter))
    months = months_a_bill(case, entries)
    dice = brief.plan.chance.of("plans", matter)
    return Plans(
        planned_entries(dice, case, months, entries),
        planned_expenses(dice, case, months, entries),
        planned_fees(dice, case, months),
    )
