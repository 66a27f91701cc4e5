"""What the demo firm's records have in the fields that it added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from random import Random
from typing import Any

from app.models.custom_fields import COMPANY, CONTACT
from app.services.custom_values import COLUMNS
from app.services.demo.brief import Brief, Row
from app.services.demo.casework import Case, case_of
from app.services.demo.clients import client_of, contact_id
from app.services.demo.others import OPPOSING_COUNSEL, others_of
from app.services.demo.own_fields import COURT_FIELDS, FIELDS, MATTER_FIELDS, Field, field_id
from app.services.demo.plan import LAST_DAY, day_between, midnight, moment_of

NOTHING: Row = {
    "account_id": None,
    "contact_id": None,
    "matter_id": None,
    "value_string": None,
    "value_number": None,
    "value_date_time": None,
    "value_boolean": False,
    "value_contact_id": None,
}
Draw = Callable[[Brief, Random], Any]

PEOPLE = [field for field in FIELDS if field.object_type == CONTACT]
COMPANIES = [field for field in FIELDS if field.object_type == COMPANY]


def values_of_clients(brief: Brief) -> Iterator[Row]:
    """Those of companies and of primary contacts."""
    for account in range(1, brief.plan.size.accounts + 1):
        dice = brief.plan.chance.of("values of client", account)
        made = moment_of(brief.plan.arrival_of(account), account)
        if client_of(brief, account).company:
            yield from _values(brief, dice, COMPANIES, {"account_id": brief.id("account", account)}, made)
        yield from _values(brief, dice, PEOPLE, {"contact_id": contact_id(brief, account)}, made)


def values_of_matters(brief: Brief, matters: Iterable[int]) -> Iterator[Row]:
    for matter in matters:
        case = case_of(brief, matter)
        dice = brief.plan.chance.of("values of matter", matter)
        fields = (*MATTER_FIELDS, *COURT_FIELDS) if case.practice.in_court else MATTER_FIELDS
        owner = {"matter_id": brief.id("matter", matter)}
        yield from _values(brief, dice, fields, owner, moment_of(case.opened, matter), (matter, case))


def _values(
    brief: Brief,
    dice: Random,
    fields: Iterable[Field],
    owner: Row,
    made: dt.datetime,
    about: tuple[int, Case] | None = None,
) -> Iterator[Row]:
    for field in fields:
        if dice.random() < field.chance and (value := _value(brief, dice, field, about)) is not None:
            key = field_id(brief, field)
            yield {
                "id": brief.id(f"value of {key} {next(iter(owner.values()))}", 0),
                "custom_field_id": key,
                **NOTHING,
                **owner,
                COLUMNS[field.value_type]: value,
                "created_at": made,
            }


def _value(brief: Brief, dice: Random, field: Field, about: tuple[int, Case] | None) -> Any:
    if field.options:
        return dice.choice(field.options)
    if about and field.value_type == "Contact":
        counsel = (other for other in others_of(brief, about[0]) if other.role in OPPOSING_COUNSEL)
        return next((other.contact_id for other in counsel), None)
    if about and field.name in ("Incident date", "Trial date"):
        return _day(dice, field, about[1])
    draw = _OF_NAME.get(field.name) or _OF_TYPE[field.value_type]
    return draw(brief, dice)


def _day(dice: Random, field: Field, case: Case) -> dt.datetime:
    """Something happened before the matter was opened, and is tried long after."""
    if field.name == "Incident date":
        return midnight(case.opened - dt.timedelta(days=dice.randint(5, 400)))
    return midnight(case.opened + dt.timedelta(days=dice.randint(300, 700))) + dt.timedelta(hours=9)


_OF_NAME: dict[str, Draw] = {
    "Case number": lambda brief, dice: f"{dice.randint(23, 26)}CV{dice.randrange(100_000):05d}",
    "Date of birth": lambda brief, dice: midnight(
        day_between(dice, dt.date(1945, 1, 2), dt.date(2004, 1, 2))
    ),
    "Billing guidelines": lambda brief, dice: "No charge for travel under an hour; one topic an entry.",
    "Summary of facts": lambda brief, dice: "<p>See the intake memo. Liability is disputed.</p>",
}
_OF_TYPE: dict[str, Draw] = {
    "Checkbox": lambda brief, dice: True,
    "TextBox": lambda brief, dice: brief.words.person(dice),
    "Number": lambda brief, dice: Decimal(dice.randint(2, 60)),
    "Currency": lambda brief, dice: Decimal(dice.randrange(5, 900)) * 1_000,
    "Date": lambda brief, dice: midnight(day_between(dice, LAST_DAY, LAST_DAY + dt.timedelta(days=360))),
}
