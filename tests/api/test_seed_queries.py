"""The requests that the published documentation prints, as it prints them, and their v2 counterparts."""

from __future__ import annotations

import pytest

from tests.contract.samples import time_entry
from tests.firms import Workplace


@pytest.fixture
def entries(workplace: Workplace) -> list[str]:
    """Three entries by a user called Ada, oldest first."""
    body = time_entry(workplace)
    return [
        workplace.ok("POST", "/api/v2/timeentries", json={**body, "date": f"2026-01-0{day}"})["id"]
        for day in (1, 2, 3)
    ]


@pytest.mark.parametrize("path", ["/api/TimeEntry", "/API/timeentry", "/api/v2/timeentries"])
def test_count(workplace: Workplace, entries: list[str], path: str) -> None:
    answer = workplace.get(f"{path}/$count")
    assert (answer.text, answer.mimetype) == ("3", "text/plain")


@pytest.mark.parametrize(("path", "key"), [("/api/TimeEntry", "guid"), ("/api/v2/timeentries", "id")])
def test_newest_first(workplace: Workplace, entries: list[str], path: str, key: str) -> None:
    assert [row[key] for row in workplace.ok("GET", f"{path}?$orderby=date desc")] == entries[::-1]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/api/TimeEntry?$filter=contains(user/name, 'a')", 3),
        ("/api/TimeEntry?$filter=contains(user/name, 'Lovelace')", 3),
        ("/api/TimeEntry?$filter=contains(user/name, 'zzz')", 0),
        ("/api/TimeEntry?$filter=contains(user/name, '')", 3),
        ("/api/TimeEntry?$filter=contains(user/name, \u2018\u2019)", 3),  # the quotes that the page prints
        ("/api/TimeEntry?$filter=contains(project/account/nameAndNumber, 'Acme (')", 3),
        ("/api/TimeEntry?$filter=projectTags/any(t:t/name eq 'x')", 0),
        ("/api/v2/timeentries?$filter=contains(billed_by_user_ref/display_name,'a')", 3),
        ("/api/v2/timeentries?$filter=contains(matter_ref/account_ref/display_name,'Acme')", 3),
        ("/api/v2/timeentries?$filter=billed_by_user_ref/email_address ne null", 3),
    ],
)
def test_filter(workplace: Workplace, entries: list[str], path: str, found: int) -> None:
    assert len(workplace.ok("GET", path)) == found


@pytest.mark.parametrize(
    ("path", "key"),
    [("/api/timeentry/", "guid"), ("/Api/TimeEntry/", "guid"), ("/api/v2/timeentries/", "id")],
)
def test_one_by_guid(workplace: Workplace, entries: list[str], path: str, key: str) -> None:
    assert workplace.ok("GET", path + entries[0])[key] == entries[0]
    assert workplace.ok("GET", path + entries[0].upper())[key] == entries[0]
