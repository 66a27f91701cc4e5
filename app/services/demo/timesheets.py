"""The hours that the demo firm recorded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from app.services.charges import total
from app.services.demo.billing import Planned, plan_charge
from app.services.demo.brief import Brief, Row
from app.services.demo.casework import Case, case_of
from app.services.demo.plan import day_between, later_that_day, midnight
from app.services.demo.prices import HOURLY_ITEMS
from app.services.utbms import LISTED

TENTHS = (1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 15, 18, 20, 25, 30, 38, 45, 60, 78)
"""Tenths of an hour, the short ones more often, as lawyers record them."""

PRIVATE_NOTES = (
    "Write down if client objects.",
    "Check with the partner before billing.",
    "Part of this was training.",
    "Client was told that this would not be charged.",
)
CHARGED = ("UserRate", "ProjectRate", "ItemRate")
"""Matters of other kinds are not charged by time; their hours are recorded all the same."""


def planned_entries(dice: Random, case: Case, months: int, count: int) -> list[Planned]:
    """The days of a matter's time entries, and the invoices that they are on."""
    is_charged = case.rate_type in CHARGED
    first, last = case.worked
    plan = []
    for _ in range(count):
        day, draw = day_between(dice, first, last), dice.random()
        plan.append(plan_charge(case, months, day, is_charged and draw < 0.93, draw < 0.09))
    return plan


def time_entries(brief: Brief, matter: int, plan: list[Planned]) -> Iterator[Row]:
    case = case_of(brief, matter)
    dice = brief.plan.chance.of("time entries", matter)
    ids = {"account_id": brief.id("account", case.account), "matter_id": brief.id("matter", matter)}
    about = brief.words.about(dice, case.client.short_name, case.other)
    for number, planned in zip(brief.plan.entries_of(matter), plan, strict=True):
        if number % 8 == 0:
            about = brief.words.about(dice, case.client.short_name, case.other)
        yield {
            "id": brief.id("time entry", number),
            **ids,
            "line_id": brief.id("line of time entry", number) if planned.billed_on else None,
            **_entry(brief, dice, case, planned, about),
        }


def _entry(brief: Brief, dice: Random, case: Case, planned: Planned, about: dict[str, str]) -> Row:
    code, texts = dice.choice(case.practice.work)
    worker = dice.choice(case.team)
    item_id, item_name, rate = _charge(brief, dice, case, worker.hourly_rate)
    hours = Decimal(dice.choice(TENTHS)) / 10
    task_code = code if case.practice.uses_task_codes else None
    return {
        "billed_by_user_id": worker.id,
        "item_id": item_id,
        "item_name": item_name,
        "date": midnight(planned.day),
        "hours": hours,
        "rate": rate,
        "total": total(hours, rate),
        "description": _description(dice, case, texts).format_map(about),
        "private_notes": dice.choice(PRIVATE_NOTES) if dice.random() < 0.04 else None,
        "is_billable": planned.is_billable,
        "is_billed": planned.billed_on is not None,
        "task_code": task_code,
        "task_name": LISTED[task_code][0] if task_code else None,
        "created_at": later_that_day(dice, planned.day),
    }


def _description(dice: Random, case: Case, texts: tuple[str, ...]) -> str:
    """What was done, now and then together with something else."""
    done = dice.choice(texts)
    if dice.random() < 0.3:
        _, others = dice.choice(case.practice.work)
        also = dice.choice(others)
        if also != done:
            return f"{done}; {also[0].lower()}{also[1:]}"
    return done


def _charge(brief: Brief, dice: Random, case: Case, usual: Decimal) -> tuple[str | None, str | None, Decimal]:
    """The item, its name and the rate of an entry: the item's, the matter's or the user's."""
    if case.rate_type == "ItemRate":
        code, name, _, rate = dice.choice(HOURLY_ITEMS)
        return brief.item(code), name, Decimal(rate)
    return None, None, case.hourly_rate or usual
