"""Lists as comma-separated values."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest

from tests.api.odata.conftest import ENTRIES, Practice
from tests.api.odata.test_aggregation import RESULTS


def table(practice: Practice, path: str) -> list[list[str]]:
    answer = practice.get(path, Accept="text/csv")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/csv;charset=utf-8"
    return list(csv.reader(StringIO(answer.text, newline="")))


@pytest.mark.usefixtures("small_pages")
def test_a_table_has_all_pages(practice: Practice) -> None:
    path = "TimeEntries?$select=hours,rate,description,is_billable&$orderby=hours,rate desc"
    header, *lines = table(practice, path)
    assert header == ["hours", "rate", "description", "is_billable"]
    assert [(line[0], line[1]) for line in lines] == [
        (str(float(hours)), str(float(rate)))
        for _, hours, rate in sorted(ENTRIES, key=lambda entry: (entry[1], -entry[2]))
    ]
    assert {line[3] for line in lines} == {"true"}


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize(
    ("query", "size"), [("$top=5", 5), ("$skip=6", 2), ("$top=4&$skip=1", 4), ("$top=0", 0)]
)
def test_top_and_skip_hold(practice: Practice, query: str, size: int) -> None:
    assert len(table(practice, f"TimeEntries?{query}&$count=true")) == 1 + size


def test_what_is_nested_is_flattened_and_lists_are_left_out(practice: Practice) -> None:
    path = (
        "TimeEntries?$select=hours&$expand=matter($select=name;$expand=account($select=number),tags)&$top=1"
    )
    header, line = table(practice, path)
    assert header == ["hours", "matter.name", "matter.account.number"]
    assert line[1:] == ["Acme v. Bolt", "1"]


def test_no_cell_is_a_formula(practice: Practice) -> None:
    cells = {line[0] for line in table(practice, "TimeEntries?$select=description")[1:]}
    assert cells == {"", "'=1+1", "Draft, long", "draft", 'Say "so"', "Ünder\nlined"}


def test_what_is_wrong_is_said_before_anything_is_sent(practice: Practice) -> None:
    answer = practice.get("TimeEntries?$filter=hour eq 1", Accept="text/csv")
    assert answer.status_code == 400
    assert "did you mean 'hours'?" in answer.get_json()["error"]["message"]


@pytest.mark.parametrize(("query", "found"), RESULTS)
def test_whatever_is_aggregated_fits_in_a_table(practice: Practice, query: str, found: list[Any]) -> None:
    header, *lines = table(practice, f"TimeEntries?{query}")
    assert len(lines) == len(found)
    assert all(len(line) == len(header) for line in lines)


def test_rows_of_several_kinds(practice: Practice) -> None:
    apply = "concat(aggregate($count as n),groupby((rate)))"
    header, *lines = table(practice, f"TimeEntries?$apply={apply}")
    assert header == ["n", "rate"]
    assert lines[0] == ["8", ""]
    assert {line[0] for line in lines[1:]} == {""}
