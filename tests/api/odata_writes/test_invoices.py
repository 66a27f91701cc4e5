"""Invoices through the strict door: a list of lines is the whole list, and of a line what is left out stays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.odata_writes.steps import account, entry, make, matter, problems, read, send
from tests.firms import Workplace

EVERYTHING = "$expand=lines($expand=time_entries($select=id),matter($select=id))"


@pytest.fixture
def billed(workplace: Workplace) -> dict[str, Any]:
    """An invoice for an hour of work."""
    made = make(workplace, "TimeEntries", entry(workplace, rate=100, hours=1))
    invoice = make(workplace, "Invoices", {"matter_id": made["matter_id"]})
    return shown(workplace, invoice["id"])


def shown(place: Workplace, key: str) -> dict[str, Any]:
    found: dict[str, Any] = read(place, f"Invoices({key})?{EVERYTHING}")
    return found


def test_work_is_not_billed_twice(workplace: Workplace, billed: dict[str, Any]) -> None:
    [line] = billed["lines"]
    change = {"lines": [{"id": line["id"], "description": "Mended"}]}
    assert send(workplace, "PATCH", f"Invoices({billed['id']})", change).status_code == 204
    after = shown(workplace, billed["id"])
    assert after["lines"][0]["time_entries"] == line["time_entries"]
    assert (after["total"], after["lines"][0]["description"]) == (100, "Mended")
    assert after["@odata.etag"] != billed["@odata.etag"]
    answer = send(workplace, "POST", "Invoices", {"matter_id": billed["matter_id"]})
    assert problems(answer) == {"matter_id": "It has nothing to bill."}


def test_a_line_can_be_told_to_bill_nothing(workplace: Workplace, billed: dict[str, Any]) -> None:
    change = {"lines": [{"id": billed["lines"][0]["id"], "time_entries": []}]}
    assert send(workplace, "PATCH", f"Invoices({billed['id']})", change).status_code == 204
    assert shown(workplace, billed["id"])["lines"][0]["time_entries"] == []


@pytest.mark.parametrize("change", [{"po_number": "7"}, {"lines": [{"rate": 11}]}])
def test_a_line_keeps_its_matter(workplace: Workplace, change: dict[str, Any]) -> None:
    key = matter(workplace)
    owner = read(workplace, f"Matters({key})")["account_id"]
    lines = [{"rate": 10, "matter_id": key}]
    made = make(workplace, "Invoices", {"account_id": owner, "lines": lines})
    [line] = shown(workplace, made["id"])["lines"]
    if "lines" in change:
        change = {"lines": [{"id": line["id"], **change["lines"][0]}]}
    assert send(workplace, "PATCH", f"Invoices({made['id']})", change).status_code == 204
    assert shown(workplace, made["id"])["lines"][0]["matter_id"] == key


def test_an_empty_list_is_no_invoice(workplace: Workplace, billed: dict[str, Any]) -> None:
    answer = send(workplace, "PATCH", f"Invoices({billed['id']})", {"lines": []})
    assert problems(answer) == {"lines": "An invoice has at least one line."}
    answer = send(workplace, "POST", "Invoices", {"account_id": account(workplace), "lines": []})
    assert problems(answer) == {"lines": "An invoice has at least one line."}


def test_another_invoices_line_is_refused(workplace: Workplace, billed: dict[str, Any]) -> None:
    other = make(workplace, "Invoices", {"account_id": account(workplace), "lines": [{"rate": 1}]})
    change = {"lines": [{"id": shown(workplace, other["id"])["lines"][0]["id"], "rate": 5}]}
    answer = send(workplace, "PATCH", f"Invoices({billed['id']})", change)
    assert problems(answer) == {"lines[0].id": "This is not a line of this invoice."}
    assert shown(workplace, billed["id"]) == billed
