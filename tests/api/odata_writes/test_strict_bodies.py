"""What is in a body is stored as it is, or the request fails (Protocol 4.01, 11.4.2 and 11.4.3)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.api.odata_writes.steps import ROOT, account, make, problems, read, send
from tests.firms import Workplace

KEY = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize("rate", ["1.00005", "1e-400", "0.00001", "-1.00005"])
@pytest.mark.parametrize("as_text", [False, True])
def test_digits_are_not_dropped(workplace: Workplace, rate: str, as_text: bool) -> None:
    kind = f"application/json;IEEE754Compatible={str(as_text).lower()}"
    data = f'{{"name": "a", "rate": {json.dumps(rate) if as_text else rate}}}'
    answer = workplace.request("POST", f"{ROOT}/Items", data=data, content_type=kind)
    assert problems(answer) == {"rate": "Must have at most 4 digits after the point."}


@pytest.mark.parametrize("rate", ["1.00010000", "10e-1", "1e2", "0.0000000", "0e-400"])
def test_zeros_at_the_end_are_no_digits(workplace: Workplace, rate: str) -> None:
    data = f'{{"name": "a", "rate": {rate}}}'
    answer = workplace.request("POST", f"{ROOT}/Items", data=data, content_type="application/json")
    assert (answer.status_code, answer.get_json()["rate"]) == (201, float(rate))


@pytest.mark.parametrize("name", ["@odata.type", "@type"])
@pytest.mark.parametrize("kind", ["#Matterbase.Account", "#x", "", 1, None])
def test_what_is_of_another_type_is_refused(workplace: Workplace, name: str, kind: Any) -> None:
    body = {name: kind, "name": "a", "rate": 1}
    assert problems(send(workplace, "POST", "Items", body)) == {name: "Must be #Matterbase.Item."}
    inner = {"contacts": [{name: kind, "last_name": "b"}]}
    assert problems(send(workplace, "POST", "Accounts", inner)) == {
        f"contacts[0].{name}": "Must be #Matterbase.Contact."
    }


@pytest.mark.parametrize("kind", ["#Matterbase.Item", "http://localhost/odata/v4/$metadata#Matterbase.Item"])
def test_what_is_of_its_own_type_is_taken(workplace: Workplace, kind: str) -> None:
    assert make(workplace, "Items", {"@odata.type": kind, "name": "a", "rate": 1})["name"] == "a"


@pytest.mark.parametrize(
    "body",
    [
        {f"a{index}": 1 for index in range(50_000)},
        {"contacts": [{f"a{index}": 1 for index in range(20_000)}]},
        {"contacts": [{"a": 1}] * 1_000},
        {"tags": [{"a": 1}] * 1_000},
    ],
    ids=range(4),
)
def test_of_many_problems_the_first_are_named(workplace: Workplace, body: dict[str, Any]) -> None:
    answer = send(workplace, "POST", "Accounts", {"company_name": "Acme", **body})
    assert len(problems(answer)) == 20
    assert len(answer.data) < 5_000
    assert read(workplace, "Accounts")["value"] == []


def test_problems_have_the_names_of_the_body(workplace: Workplace) -> None:
    lines = [{"time_entries@odata.bind": [f"TimeEntries({KEY})"]}]
    answer = send(workplace, "POST", "Invoices", {"account_id": account(workplace), "lines": lines})
    assert list(problems(answer)) == ["lines[0].time_entries"]
