"""What an hour costs where the entry does not say it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.errors import InvalidBody
from app.models import Activity, Item, Matter, TimeEntry, User
from app.services.time_entries import RULES, default_rate
from tests.services.records_of_a_firm import Desk

PROJECT, USER, ITEM = Decimal(300), Decimal(250), Decimal(120)


def item(rate: Decimal | None = ITEM, overrides: bool = False) -> Item:
    return Item(rate=rate, overrides_hourly_rate=overrides)


@pytest.mark.parametrize(
    ("rate_type", "hourly_rate", "of_item", "expected"),
    [
        ("UserRate", None, None, USER),
        ("UserRate", PROJECT, None, USER),
        ("UserRate", None, item(), USER),
        ("UserRate", None, item(overrides=True), ITEM),
        ("UserRate", None, item(None, overrides=True), USER),
        ("ProjectRate", PROJECT, None, PROJECT),
        ("ProjectRate", PROJECT, item(), PROJECT),
        ("ProjectRate", PROJECT, item(overrides=True), ITEM),
        ("ProjectRate", None, None, USER),
        ("ItemRate", None, item(), ITEM),
        ("ItemRate", None, item(None), USER),
        ("ItemRate", PROJECT, None, USER),
        ("ItemRate", None, item(Decimal(0)), Decimal(0)),
        ("FlatRate", None, None, USER),
        ("Contingency", PROJECT, None, USER),
    ],
)
def test_an_hour_costs_by_item_matter_or_user(
    rate_type: str, hourly_rate: Decimal | None, of_item: Item | None, expected: Decimal
) -> None:
    matter = Matter(rate_type=rate_type, hourly_rate=hourly_rate)
    assert default_rate(matter, User(hourly_rate=USER), of_item) == expected


def test_somebody_without_a_rate_costs_nothing() -> None:
    assert default_rate(Matter(rate_type="UserRate"), User(), None) == 0


@pytest.fixture
def given(desk: Desk) -> dict[str, Any]:
    matter = desk.matter(desk.account(), rate_type="ProjectRate", hourly_rate=PROJECT)
    date = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    return {
        "matter_id": matter.id,
        "billed_by_user_id": desk.user_id,
        "date": date,
        "hours": Decimal(2),
        "rate": None,
    }


def test_an_entry_takes_the_rate_that_it_is_not_given(desk: Desk, given: dict[str, Any]) -> None:
    entry = desk.create(TimeEntry, RULES, **given)
    assert (entry.rate, entry.total) == (PROJECT, Decimal(600))


def test_a_rate_that_is_given_is_kept(desk: Desk, given: dict[str, Any]) -> None:
    for rate in (Decimal(0), Decimal("99.5")):
        assert desk.create(TimeEntry, RULES, **{**given, "rate": rate}).rate == rate


def test_the_rate_of_an_item_goes_first(desk: Desk, given: dict[str, Any]) -> None:
    row = item(overrides=True)
    row.firm_id, row.name = desk.firm_id, "Deposition"
    desk.session.add(row)
    desk.session.flush()
    assert desk.create(TimeEntry, RULES, **given, item_id=row.id).rate == ITEM


def test_time_is_recorded_for_an_activity_of_the_firm(
    desk: Desk, given: dict[str, Any], other_workplace: Any
) -> None:
    mine, theirs = (
        Activity(firm_id=firm_id, type="Task", subject="Call")
        for firm_id in (desk.firm_id, other_workplace.firm_id)
    )
    desk.session.add_all([mine, theirs])
    desk.session.flush()
    assert desk.create(TimeEntry, RULES, **given, activity_id=mine.id).activity_id == mine.id
    with pytest.raises(InvalidBody) as refused:
        desk.create(TimeEntry, RULES, **given, activity_id=theirs.id)
    assert list(refused.value.fields) == ["activity_id"]


@pytest.mark.parametrize(
    ("code", "name"), [("a103", "Draft/revise"), ("L450", "Trial and Hearing Attendance")]
)
def test_task_and_activity_codes_are_named(desk: Desk, given: dict[str, Any], code: str, name: str) -> None:
    entry = desk.create(TimeEntry, RULES, **given, task_code=code)
    assert (entry.task_code, entry.task_name) == (code.upper(), name)
    desk.replace(entry, RULES, **given)
    assert (entry.task_code, entry.task_name) == (None, None)


def test_a_code_for_expenses_is_none_for_time(desk: Desk, given: dict[str, Any]) -> None:
    with pytest.raises(InvalidBody) as refused:
        desk.create(TimeEntry, RULES, **given, task_code="E101")
    assert list(refused.value.fields) == ["task_code"]
