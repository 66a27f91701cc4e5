"""The other side of the demo firm's matters, what is before a court, and what people are charged with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from app.models import lookup_tables as tables
from app.services.demo.brief import Brief, Row
from app.services.demo.casework import Case, case_of
from app.services.demo.lookup_lists import LISTS, lookup
from app.services.demo.plan import LAST_DAY, midnight, moment_of
from app.services.demo.words import COURTS, email, phone

STATUTES = ("163.160", "813.010", "166.065", "475.752", "164.055")
"""Of Oregon, one for each of the charges."""
CRIMINAL = "Criminal Defense"
CAUSES = ("Breach of contract", "Negligence", "Dissolution of marriage", "Wrongful discharge")


def parties(brief: Brief, matters: Iterable[int]) -> Iterator[Row]:
    """Somebody on the other side of each matter in court, and now and then somebody on neither side."""
    for matter in matters:
        case = case_of(brief, matter)
        dice = brief.plan.chance.of("parties", matter)
        if case.practice.in_court:
            yield _party(brief, matter, case, True)
        if dice.random() < 0.2:
            yield _party(brief, matter, case, False)


def _party(brief: Brief, matter: int, case: Case, is_adverse: bool) -> Row:
    dice = brief.plan.chance.of(f"party {is_adverse}", matter)
    first = dice.choice(brief.words.first_names)
    last = case.other if is_adverse else dice.choice(brief.words.last_names)
    company = f"{last} Holdings LLC" if is_adverse and dice.random() < 0.3 else None
    kind = dice.choice(LISTS[tables.RELATIONSHIP_TYPE])
    return {
        "id": brief.id(f"party {is_adverse} of matter", matter),
        "matter_id": brief.id("matter", matter),
        "is_adverse": is_adverse,
        "display_name": company or f"{first} {last}",
        "first_name": None if company else first,
        "last_name": None if company else last,
        "organization_name": company,
        "aliases": f"{first[0]}. {last}" if not company and dice.random() < 0.2 else None,
        "relationship_type_id": lookup(brief, tables.RELATIONSHIP_TYPE, kind),
        "business_type_id": lookup(brief, tables.BUSINESS_TYPE, "Limited Liability Company")
        if company
        else None,
        "email": email(first, last) if dice.random() < 0.5 else None,
        "phone_work" if company else "phone_mobile": phone(dice),
        "phone_mobile" if company else "phone_work": None,
        "created_at": moment_of(case.opened, matter),
    }


def litigations(brief: Brief, matters: Iterable[int]) -> Iterator[Row]:
    for matter in matters:
        case = case_of(brief, matter)
        dice = brief.plan.chance.of("litigation", matter)
        if not case.practice.in_court or dice.random() < 0.3:
            continue
        filed = min(case.opened + dt.timedelta(days=dice.randrange(10, 90)), LAST_DAY)
        role = dice.choice(LISTS[tables.LITIGATION_RELATIONSHIP])
        over = case.closed and case.closed > filed
        yield {
            "id": brief.id("litigation of matter", matter),
            "matter_id": brief.id("matter", matter),
            "court_text": dice.choice(COURTS),
            "docket": f"{filed:%y}CV{dice.randrange(100_000):05d}",
            "caption": f"{case.client.short_name} v. {case.other}",
            "cause_of_action": dice.choice(CAUSES),
            "judge": brief.words.person(dice),
            "adverse_party": case.other,
            "litigation_relationship_id": lookup(brief, tables.LITIGATION_RELATIONSHIP, role),
            "filing_type_id": lookup(brief, tables.FILING_TYPE, "Electronic"),
            "date_proceeding_initiated": midnight(filed),
            "date_proceeding_concluded": midnight(case.closed) if case.closed and over else None,
            "outcome": "Settled" if over else None,
            "created_at": moment_of(filed, matter),
        }


def charges(brief: Brief, matters: Iterable[int]) -> Iterator[Row]:
    """What the clients of criminal matters are charged with, the gravest first."""
    for matter in matters:
        case = case_of(brief, matter)
        if case.practice.area != CRIMINAL:
            continue
        dice = brief.plan.chance.of("charges", matter)
        names = LISTS[tables.CHARGE]
        for place, name in enumerate(dice.sample(names, dice.randint(1, 2))):
            outcome = dice.choice(LISTS[tables.CHARGE_OUTCOME]) if case.closed else None
            yield {
                "id": brief.id(f"charge {place} of matter", matter),
                "matter_id": brief.id("matter", matter),
                "charge_id": lookup(brief, tables.CHARGE, name),
                "charge_category_id": lookup(brief, tables.CHARGE_CATEGORY, "Misdemeanor"),
                "charge_outcome_id": lookup(brief, tables.CHARGE_OUTCOME, outcome) if outcome else None,
                "statute_number": STATUTES[names.index(name)],
                "penalty_class": "A",
                "charge_date": midnight(case.opened - dt.timedelta(days=dice.randrange(1, 30))),
                "disposition_date": midnight(case.closed) if case.closed else None,
                "is_top_charge": place == 0,
                "created_at": moment_of(case.opened, matter),
            }
