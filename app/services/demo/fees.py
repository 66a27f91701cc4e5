"""The fixed prices that the demo firm agreed on: flat fees in two halves, shares of recoveries, services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import NamedTuple

from app.services.charges import total
from app.services.demo.billing import Planned, plan_charge
from app.services.demo.brief import Brief, Row
from app.services.demo.casework import Case, case_of
from app.services.demo.plan import day_between, midnight, moment_of
from app.services.demo.prices import ITEMS, SERVICES, TAXED_SERVICES

HALF = Decimal("0.5")
NAMES = {code: name for code, name, _, _ in ITEMS}


class Fee(NamedTuple):
    """What was agreed."""

    code: str
    day: dt.date
    quantity: Decimal
    price: Decimal
    text: str


def planned_fees(dice: Random, case: Case, months: int) -> list[tuple[Fee, Planned]]:
    """A matter's flat fees, and the invoices that they are on."""
    return [
        (fee, plan_charge(case, months, fee.day, is_billable=True, is_held_back=False))
        for fee in _fees(dice, case)
    ]


def _fees(dice: Random, case: Case) -> Iterator[Fee]:
    first, last = case.worked
    if case.rate_type == "FlatRate":
        yield Fee("FLAT", first, HALF, case.agreed, "First half of the flat fee, due at engagement")
        if case.closed:
            yield Fee("FLAT", last, HALF, case.agreed, "Second half of the flat fee, due at completion")
    elif case.recovery:
        text = f"{case.agreed:f} % of the recovery of ${case.recovery:,}"
        yield Fee("CONT", last, Decimal(1), case.recovery * case.agreed / 100, text)
    elif case.rate_type != "Contingency" and dice.random() < 0.15:
        code, _, text, price = dice.choice(SERVICES if dice.random() < 0.6 else TAXED_SERVICES)
        quantity = Decimal(dice.randint(1, 4) if code == "NOT" else 1)
        yield Fee(code, day_between(dice, first, last), quantity, Decimal(price), text)


def flat_fees(brief: Brief, matter: int, plan: list[tuple[Fee, Planned]]) -> Iterator[Row]:
    case = case_of(brief, matter)
    for position, (fee, planned) in enumerate(plan):
        yield {
            "id": brief.id(f"flat fee of {matter}", position),
            "account_id": brief.id("account", case.account),
            "matter_id": brief.id("matter", matter),
            "line_id": brief.id(f"line of flat fee of {matter}", position) if planned.billed_on else None,
            "billed_by_user_id": case.team[0].id,
            "item_id": brief.item(fee.code),
            "item_name": NAMES[fee.code],
            "date": midnight(fee.day),
            "quantity": fee.quantity,
            "price": fee.price,
            "total": total(fee.quantity, fee.price),
            "description": fee.text,
            "is_billable": planned.is_billable,
            "is_billed": planned.billed_on is not None,
            "created_at": moment_of(fee.day, matter),
        }
