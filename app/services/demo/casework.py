"""The demo firm's matters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from random import Random

from app.services.demo.brief import Brief, Colleague, Row
from app.services.demo.clients import Client, client_of
from app.services.demo.plan import FIRST_DAY, LAST_DAY, day_between, later_that_day, midnight
from app.services.demo.practice import PRACTICES, Practice
from app.services.display_names import matter_name

OF_CLIENTS = {
    kind: tuple(practice for practice in PRACTICES if kind in practice.clients)
    for kind in ("people", "companies")
}
WEIGHTS = {kind: tuple(accumulate(each.weight for each in some)) for kind, some in OF_CLIENTS.items()}


@dataclass(frozen=True)
class Case:
    """What a matter is about; known from its number alone, because its time entries follow from it."""

    account: int
    client: Client
    other: str
    practice: Practice
    status: str
    opened: dt.date
    closed: dt.date | None
    rate_type: str
    hourly_rate: Decimal | None
    agreed: Decimal
    """The flat fee in dollars, or the firm's share of a recovery in percent; 0 where time is charged."""
    recovery: Decimal | None
    """What the other side paid in the end, in dollars, in a contingency matter that is closed."""
    team: tuple[Colleague, ...]

    @property
    def worked(self) -> tuple[dt.date, dt.date]:
        """The first and the last day on which there was something to do."""
        return max(self.opened, FIRST_DAY), self.closed or LAST_DAY


@lru_cache(2_048)  # of a few blocks of matters: everything about a matter asks for it
def case_of(brief: Brief, matter: int) -> Case:
    plan = brief.plan
    dice = plan.chance.of("case", matter)
    account = plan.account_of(matter)
    client = client_of(brief, account)
    kind = "companies" if client.company else "people"
    [practice] = dice.choices(OF_CLIENTS[kind], cum_weights=WEIGHTS[kind])
    opened = plan.opening_of(matter)
    status = _status(dice, opened)
    closed = None
    if status in ("Closed", "Archived"):
        closed = day_between(dice, max(opened, FIRST_DAY) + dt.timedelta(days=14), LAST_DAY)
    rate_type = dice.choice(practice.rate_types)
    return Case(
        account,
        client,
        dice.choice(brief.words.last_names),
        practice,
        status,
        opened,
        closed,
        rate_type,
        Decimal(dice.randrange(225, 475, 25)) if rate_type == "ProjectRate" else None,
        _agreed(dice, rate_type),
        Decimal(dice.randrange(20, 400)) * 1_000 if rate_type == "Contingency" and closed else None,
        tuple(dice.sample(brief.staff, dice.randint(1, 3))),
    )


def _agreed(dice: Random, rate_type: str) -> Decimal:
    if rate_type == "FlatRate":
        return Decimal(dice.randrange(750, 9_750, 250))
    return Decimal(dice.choice((25, 30, 33, 40))) if rate_type == "Contingency" else Decimal(0)


def _status(dice: Random, opened: dt.date) -> str:
    """The older a matter, the likelier it is over."""
    months = (LAST_DAY - opened).days / 30
    if dice.random() < min(0.85, (months - 2) / 36):
        return "Archived" if months > 30 and dice.random() < 0.2 else "Closed"
    return "Pending" if dice.random() < 0.15 else "Open"


def matters(brief: Brief, numbers: range) -> Iterator[Row]:
    for number in numbers:
        case = case_of(brief, number)
        dice = brief.plan.chance.of("matter", number)
        about = brief.words.about(dice, case.client.short_name, case.other)
        name = dice.choice(case.practice.names).format_map(about)
        flat, contingent = case.rate_type == "FlatRate", case.rate_type == "Contingency"
        yield {
            "id": brief.id("matter", number),
            "legacy_id": number,
            "account_id": brief.id("account", case.account),
            "originated_by_id": case.team[0].id,
            "number": number,
            "name": name,
            "display_name": matter_name(number, name),
            "status": case.status,
            "practice_area": case.practice.area,
            "notes": f"{case.practice.area} matter for {case.client.short_name}."
            if dice.random() < 0.3
            else None,
            "open_date": midnight(case.opened),
            "close_date": midnight(case.closed) if case.closed else None,
            "due_date": _ahead(dice, 120) if case.status == "Open" and dice.random() < 0.3 else None,
            "statute_of_limitation_date": _ahead(dice, 700) if case.practice.has_deadline else None,
            "rate_type": case.rate_type,
            "hourly_rate": case.hourly_rate,
            "flat_rate": case.agreed if flat else None,
            "contingency_rate_percent": case.agreed if contingent else None,
            "created_at": later_that_day(dice, case.opened),
        }


def _ahead(dice: Random, days: int) -> dt.datetime:
    return midnight(LAST_DAY + dt.timedelta(days=dice.randint(7, days)))


def matter_tags(brief: Brief, numbers: range) -> Iterator[Row]:
    for number in numbers:
        dice = brief.plan.chance.of("matter tags", number)
        names = [case_of(brief, number).practice.area]
        if dice.random() < 0.15:
            names.append(dice.choice(("Court Date Set", "On Hold", "Urgent")))
        for name in names:
            yield {"matter_id": brief.id("matter", number), "tag_id": brief.tag("Matter", name)}


def matter_assignees(brief: Brief, numbers: range) -> Iterator[Row]:
    for number in numbers:
        for colleague in case_of(brief, number).team:
            yield {"matter_id": brief.id("matter", number), "user_id": colleague.id}
