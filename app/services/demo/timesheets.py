"""The hours that the demo firm recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from app.services.demo.brief import Brief, Row
from app.services.demo.casework import Case, case_of
from app.services.demo.plan import LAST_DAY, day_between, later_that_day, midnight
from app.services.demo.practice import ITEMS
from app.services.time_entries import total

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

INVOICED_AFTER = dt.timedelta(days=45)


def time_entries(brief: Brief) -> Iterator[Row]:
    for matter in range(1, brief.plan.size.matters + 1):
        numbers = brief.plan.entries_of(matter)
        if not numbers:
            continue
        case = case_of(brief, matter)
        dice = brief.plan.chance.of("time entries", matter)
        ids = {"account_id": brief.id("account", case.account), "matter_id": brief.id("matter", matter)}
        about = brief.words.about(dice, case.client.short_name, case.other)
        for number in numbers:
            if number % 8 == 0:
                about = brief.words.about(dice, case.client.short_name, case.other)
            yield {"id": brief.id("time entry", number), **ids, **_entry(brief, dice, case, about)}


def _entry(brief: Brief, dice: Random, case: Case, about: dict[str, str]) -> Row:
    day = day_between(dice, *case.worked)
    code, texts = dice.choice(case.practice.work)
    worker = dice.choice(case.team)
    item_id, rate = _charge(brief, dice, case, worker.hourly_rate)
    hours = Decimal(dice.choice(TENTHS)) / 10
    billable = case.rate_type in CHARGED and dice.random() < 0.93
    return {
        "billed_by_user_id": worker.id,
        "item_id": item_id,
        "date": midnight(day),
        "hours": hours,
        "rate": rate,
        "total": total(hours, rate),
        "description": _description(dice, case, texts).format_map(about),
        "private_notes": dice.choice(PRIVATE_NOTES) if dice.random() < 0.04 else None,
        "is_billable": billable,
        "is_billed": billable and day < LAST_DAY - INVOICED_AFTER and dice.random() < 0.9,
        "task_code": code if case.practice.uses_task_codes else None,
        "created_at": later_that_day(dice, day),
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


def _charge(brief: Brief, dice: Random, case: Case, usual: Decimal) -> tuple[str | None, Decimal]:
    """The item and the rate of an entry: the item's, the matter's or the user's."""
    if case.rate_type == "ItemRate":
        position = dice.randrange(len(ITEMS))
        return brief.id("item", position), Decimal(ITEMS[position][3])
    return None, case.hourly_rate or usual
