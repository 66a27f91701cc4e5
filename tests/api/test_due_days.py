"""Due dates are days: what is due today is not overdue yet, at whatever time of the day it is due."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.api.odata_writes.steps import account, make, read
from tests.firms import Workplace

DAY = dt.timedelta(days=1)


def due(days: int, time: str) -> str:
    """A moment on a day so many days from today, in UTC."""
    return f"{(dt.datetime.now(dt.UTC) + days * DAY).date()}T{time}Z"


DUES = [(0, "00:00:00", False), (0, "07:00:00", False), (1, "00:00:00", False), (-1, "23:59:59", True)]


@pytest.mark.parametrize(("days", "time", "is_late"), DUES)
def test_an_invoice_is_overdue_from_the_day_after(
    workplace: Workplace, days: int, time: str, is_late: bool
) -> None:
    body = {"account_id": account(workplace), "due_date": due(days, time), "lines": [{"rate": 1}]}
    invoice = make(workplace, "Invoices", body)
    assert (invoice["is_overdue"], invoice["status"]) == (is_late, "Overdue" if is_late else "Due")
    shown = workplace.ok("GET", f"/api/invoice/{invoice['id']}")
    assert (shown["isOverdue"], shown["status"]) == (is_late, "Overdue" if is_late else "Due")
    found = read(workplace, "Invoices?$filter=status eq 'Overdue'&$count=true")
    assert found["@odata.count"] == is_late


@pytest.mark.parametrize(("days", "time", "is_late"), DUES)
def test_a_task_is_overdue_from_the_day_after(
    workplace: Workplace, days: int, time: str, is_late: bool
) -> None:
    task = make(workplace, "Activities", {"type": "Task", "subject": "File", "due_date": due(days, time)})
    assert task["is_overdue"] is is_late


def test_what_is_paid_or_has_no_due_date_is_never_overdue(workplace: Workplace) -> None:
    owner, late = account(workplace), due(-1, "00:00:00")
    plain = make(workplace, "Invoices", {"account_id": owner, "lines": [{"rate": 1}]})
    nothing = make(workplace, "Invoices", {"account_id": owner, "due_date": late, "lines": [{"rate": 0}]})
    assert [(row["is_overdue"], row["status"]) for row in (plain, nothing)] == [
        (False, "Due"),
        (False, "Paid"),
    ]
