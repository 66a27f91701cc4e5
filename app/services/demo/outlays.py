"""The expenses that the demo firm laid out for its clients."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from app.services.charges import total
from app.services.demo.billing import Planned, plan_charge
from app.services.demo.brief import Brief, Row
from app.services.demo.casework import Case, case_of
from app.services.demo.plan import day_between, later_that_day, midnight
from app.services.demo.prices import EVERYWHERE, OUTLAYS
from app.services.utbms import LISTED

ENTRIES_AN_EXPENSE = 10


def planned_expenses(dice: Random, case: Case, months: int, entries: int) -> list[Planned]:
    """The days of a matter's expenses, and the invoices that they are on.

    Args:
        entries: how many time entries the matter has.
    """
    plan = []
    for _ in range((entries + dice.randrange(ENTRIES_AN_EXPENSE)) // ENTRIES_AN_EXPENSE):
        day, draw = day_between(dice, *case.worked), dice.random()
        plan.append(plan_charge(case, months, day, draw < 0.92, draw < 0.05))
    return plan


def expenses(brief: Brief, matter: int, plan: list[Planned]) -> Iterator[Row]:
    case = case_of(brief, matter)
    dice = brief.plan.chance.of("expenses", matter)
    about = brief.words.about(dice, case.client.short_name, case.other)
    for position, planned in enumerate(plan):
        yield {
            "id": brief.id(f"expense of {matter}", position),
            "account_id": brief.id("account", case.account),
            "matter_id": brief.id("matter", matter),
            "line_id": brief.id(f"line of expense of {matter}", position) if planned.billed_on else None,
            **_expense(brief, dice, case, planned, about),
        }


def _expense(brief: Brief, dice: Random, case: Case, planned: Planned, about: dict[str, str]) -> Row:
    outlay = dice.choice(OUTLAYS if case.practice.in_court else OUTLAYS[:EVERYWHERE])
    quantity = Decimal(dice.randint(1, outlay.most))
    price = Decimal(dice.randint(*outlay.prices)) / 100
    task_code = outlay.code if case.practice.uses_task_codes else None
    return {
        "billed_by_user_id": dice.choice(case.team).id,
        "item_id": None,
        "item_name": outlay.category,
        "expense_category_id": brief.category(outlay.category),
        "cost_type": outlay.cost_type,
        "date": midnight(planned.day),
        "quantity": quantity,
        "price": price,
        "total": total(quantity, price),
        "description": dice.choice(outlay.texts).format_map(about),
        "private_notes": "Receipt is in the file." if dice.random() < 0.1 else None,
        "is_billable": planned.is_billable,
        "is_billed": planned.billed_on is not None,
        "task_code": task_code,
        "task_name": LISTED[task_code][0] if task_code else None,
        "created_at": later_that_day(dice, planned.day),
    }
