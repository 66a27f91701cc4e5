"""Who works on the demo firm's matters, what help the clients got, and what some of them live on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from app.models import lookup_tables as tables
from app.services.demo.brief import Brief, Colleague, Row
from app.services.demo.casework import case_of
from app.services.demo.lookup_lists import LISTS, lookup
from app.services.demo.plan import midnight, moment_of

HELPED = ("Family", "Criminal Defense")
"""The practice areas whose clients are asked what they live on."""


def assignments(brief: Brief, matters: Iterable[int]) -> Iterator[Row]:
    """One for each of the matter's team, which are its assigned users, and some for those who left it."""
    for matter in matters:
        case = case_of(brief, matter)
        dice = brief.plan.chance.of("assignments", matter)
        office = dice.choice(LISTS[tables.OFFICE])
        people: list[tuple[Colleague, dt.date | None]] = [(colleague, None) for colleague in case.team]
        others = [colleague for colleague in brief.staff if colleague not in case.team]
        if others and dice.random() < 0.2:
            people.append((dice.choice(others), case.opened + dt.timedelta(days=dice.randrange(5, 13))))
        for place, (colleague, left) in enumerate(people):
            kind = "Co-Counsel" if place else "Primary"
            yield {
                "id": brief.id(f"assignment {place} of matter", matter),
                "matter_id": brief.id("matter", matter),
                "user_id": colleague.id,
                "type_id": lookup(brief, tables.ASSIGNMENT_TYPE, kind),
                "office_id": lookup(brief, tables.OFFICE, office),
                "program_id": lookup(brief, tables.PROGRAM, case.practice.area),
                "start_date": midnight(case.opened),
                "end_date": midnight(left) if left else None,
                "is_confirmed": True,
                "created_at": moment_of(case.opened, matter),
            }


def services(brief: Brief, matters: Iterable[int]) -> Iterator[Row]:
    for matter in matters:
        dice = brief.plan.chance.of("services", matter)
        case = case_of(brief, matter)
        if dice.random() < 0.5:
            continue
        kind = dice.choice(LISTS[tables.SERVICE_TYPE])
        yield {
            "id": brief.id("service of matter", matter),
            "matter_id": brief.id("matter", matter),
            "title": f"{kind} for {case.client.short_name}",
            "type_id": lookup(brief, tables.SERVICE_TYPE, kind),
            "funding_code_id": lookup(brief, tables.FUNDING_CODE, dice.choice(LISTS[tables.FUNDING_CODE])),
            "start_date": midnight(case.opened),
            "end_date": midnight(case.closed) if case.closed else None,
            "is_closed": case.closed is not None,
            "closed_by_id": case.team[0].id if case.closed else None,
            "created_at": moment_of(case.opened, matter),
        }


def incomes(brief: Brief, matters: Iterable[int]) -> Iterator[Row]:
    for matter in matters:
        case = case_of(brief, matter)
        dice = brief.plan.chance.of("incomes", matter)
        if case.practice.area not in HELPED or dice.random() < 0.4:
            continue
        kind = dice.choice(LISTS[tables.INCOME_TYPE])
        yield {
            "id": brief.id("income of matter", matter),
            "matter_id": brief.id("matter", matter),
            "type_id": lookup(brief, tables.INCOME_TYPE, kind),
            "amount": Decimal(dice.randrange(600, 5_200)),
            "period": "Monthly",
            "created_at": moment_of(case.opened, matter),
        }
