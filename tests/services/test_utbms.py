"""Task codes: what is a code, what it is called, and who may have it."""

from __future__ import annotations

import re

import pytest

from app.errors import InvalidBody
from app.models import TimeEntry
from app.services import utbms
from app.services.demo import work
from app.services.utbms_codes import EXPENSE, SETS


@pytest.mark.parametrize(
    ("written", "code", "name"),
    [
        ("L110", "L110", "Fact Investigation/Development"),
        ("l110", "L110", "Fact Investigation/Development"),
        (" L 110 ", "L110", "Fact Investigation/Development"),
        ("L530", "L530", "Oral Argument"),
        ("L653", "L653", "First Pass Document Review"),
        ("c400", "C400", "Third Party Communication"),
        ("P280", "P280", "Other"),
        ("B195", "B195", "Non-Working Travel"),
        ("A111", "A111", "Other"),
        ("E101", "E101", "Copying"),
        ("PA110", "PA110", "Fact Investigation and Development"),
        ("pa 530", "PA530", None),
        ("TR210", "TR210", None),
        ("WC130", "WC130", None),
        ("JA10", "JA10", None),
        ("A117", "A117", None),
        ("E127", "E127", None),
        ("X101", "X101", None),
    ],
)
def test_a_code_of_a_known_set_is_found_and_named(written: str, code: str, name: str | None) -> None:
    found = utbms.find(written)
    assert found is not None
    assert (found.code, found.name) == (code, name)


@pytest.mark.parametrize(
    "code", ["L999", "L111", "L", "110", "P900", "C500", "PA99", "É101", "L110;", "E132"]
)
def test_what_no_set_has_is_not_a_code(code: str) -> None:
    assert utbms.find(code) is None


def test_the_lists_hold_codes_with_names_and_none_of_them_twice() -> None:
    codes = [(code, name) for known in SETS for code, name in known.codes().items()]
    assert len({code for code, _ in codes}) == len(codes) > 150
    assert all(re.fullmatch("[A-Z]{1,2}[0-9]{3}", code) and name.strip() for code, name in codes)
    assert len([known for known in SETS if known.listed or known.form]) == len(SETS)


def test_the_demo_uses_real_codes() -> None:
    kinds = (work.LITIGATION, work.BUSINESS, work.FAMILY, work.ESTATES, work.CRIMINAL)
    codes = {code for kind in kinds for code, _ in kind if code}
    assert len(codes) > 10
    assert all((found := utbms.find(code)) and found.name and found.code == code for code in codes)


def test_the_code_is_spelled_and_named_as_its_set_does() -> None:
    values = {"task_code": "l 110", "task_name": "Whatever"}
    utbms.check_task_code(TimeEntry(), values, utbms.OF_TIME)
    assert values == {"task_code": "L110", "task_name": "Fact Investigation/Development"}


def test_a_code_without_a_name_keeps_the_name_that_the_client_gives() -> None:
    values = {"task_code": "tr110", "task_name": "Selection"}
    utbms.check_task_code(TimeEntry(), values, utbms.OF_TIME)
    assert values == {"task_code": "TR110", "task_name": "Selection"}


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_no_code_is_no_code(nothing: str | None) -> None:
    values = {"task_code": nothing, "task_name": "Whatever"}
    utbms.check_task_code(TimeEntry(), values, utbms.OF_TIME)
    assert values == {"task_code": None, "task_name": None}


def test_a_code_that_the_entry_has_is_not_looked_up_again() -> None:
    values = {"task_code": "OLD-7"}
    utbms.check_task_code(TimeEntry(task_code="OLD-7", task_name="Old"), values, utbms.OF_TIME)
    assert values == {"task_code": "OLD-7", "task_name": "Old"}


@pytest.mark.parametrize(
    ("code", "kinds", "text"),
    [
        ("L11O", utbms.OF_TIME, "There is no UTBMS code 'L11O'; did you mean 'L110', Fact"),
        ("L999", utbms.OF_TIME, "There is no UTBMS code 'L999'; did you mean 'L190', Other Case"),
        ("E1O1", utbms.OF_EXPENSES, "There is no UTBMS code 'E1O1'; did you mean 'E101', Copying?"),
        ("ж" * 5_000, utbms.OF_TIME, f"There is no UTBMS code '{'ж' * 20}'; L110, for example, is one."),
        ("E101", utbms.OF_TIME, "'E101' is an expense code; a task or activity code is wanted here."),
        ("A103", utbms.OF_EXPENSES, "'A103' is an activity code; a task or expense code is wanted here."),
    ],
)
def test_another_code_is_refused_with_the_nearest(code: str, kinds: tuple[str, ...], text: str) -> None:
    with pytest.raises(InvalidBody) as refused:
        utbms.check_task_code(TimeEntry(), {"task_code": code}, kinds)
    assert refused.value.fields["task_code"][0].startswith(text)


def test_expenses_may_have_task_codes() -> None:
    values = {"task_code": "L110"}
    utbms.check_task_code(TimeEntry(), values, (*utbms.OF_EXPENSES, EXPENSE))
    assert values["task_name"] == "Fact Investigation/Development"
