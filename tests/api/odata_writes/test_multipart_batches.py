"""`$batch` as multipart/mixed, as OData 4.0 has it."""

from __future__ import annotations

import email
import json
from typing import Any

import pytest

from tests.api.odata_writes.batches import change_set, http, multipart, run_multipart
from tests.api.odata_writes.steps import ROOT, make, read
from tests.firms import Workplace

ITEM = {"name": "Advice", "rate": 5}


def parts_of(answer: Any) -> list[Any]:
    """What the standard library makes of the answer: HTTP messages, and lists of them for change sets."""
    assert answer.status_code == 200, answer.text
    whole = email.message_from_bytes(
        b"Content-Type: " + answer.content_type.encode() + b"\r\n\r\n" + answer.data
    )
    return [_read(part) for part in whole.get_payload()]  # type: ignore[union-attr]


def _read(part: Any) -> Any:
    if part.is_multipart():
        return [_read(inner) for inner in part.get_payload()]
    assert part.get_content_type() == "application/http"
    status, _, rest = part.get_payload().replace("\r\n", "\n").partition("\n")
    headers, _, body = rest.partition("\n\n")
    return int(status.split()[1]), part["Content-ID"], email.message_from_string(headers), body.strip()


def statuses(parts: list[Any]) -> list[Any]:
    return [statuses(part) if isinstance(part, list) else part[0] for part in parts]


def names(place: Workplace) -> list[str]:
    return sorted(item["name"] for item in read(place, "Items")["value"])


def test_reads_and_writes(workplace: Workplace) -> None:
    parts = parts_of(
        run_multipart(
            workplace,
            multipart(
                http("POST", "Items", ITEM, key="7"),
                http("GET", f"{ROOT}/Items?$select=name"),
                http("GET", f"http://localhost{ROOT}/Items/$count"),
            ),
        )
    )
    assert statuses(parts) == [201, 200, 200]
    assert parts[0][1] == "7"
    assert parts[0][2]["ETag"]
    assert json.loads(parts[1][3])["value"][0]["name"] == "Advice"
    assert parts[2][3] == "1"


def test_a_change_set_refers_to_what_it_makes(workplace: Workplace) -> None:
    changes = change_set(
        http("POST", "Accounts", {"company_name": "Acme"}, key="1"),
        http("POST", "Matters", {"name": "m", "account@odata.bind": "$1"}, key="2"),
        http("PATCH", "$2", {"notes": "n"}, key="3"),
    )
    parts = parts_of(run_multipart(workplace, multipart(changes, http("GET", "Matters?$expand=account"))))
    assert statuses(parts) == [[201, 201, 204], 200]
    assert [part[1] for part in parts[0]] == ["1", "2", "3"]
    found = json.loads(parts[1][3])["value"][0]
    assert (found["notes"], found["account"]["company_name"]) == ("n", "Acme")


def test_a_failed_change_set_has_one_answer(workplace: Workplace) -> None:
    key = make(workplace, "Items", {"name": "kept", "rate": 1})["id"]
    changes = change_set(
        http("POST", "Items", ITEM, key="1"),
        http("DELETE", f"Items({key})"),
        http("PATCH", "$1", {"rate": -1}),
    )
    data = multipart(changes, http("POST", "Items", {"name": "after", "rate": 1}))
    parts = parts_of(run_multipart(workplace, data))
    assert statuses(parts) == [400]
    assert json.loads(parts[0][3])["error"]["details"][0]["target"] == "rate"
    assert names(workplace) == ["kept"]
    parts = parts_of(run_multipart(workplace, data, headers={"Prefer": "odata.continue-on-error=true"}))
    assert statuses(parts) == [400, 201]
    assert names(workplace) == ["after", "kept"]


@pytest.mark.parametrize(
    ("accepted", "given"),
    [
        ("application/json", "application/json"),
        ("application/json, text/plain, */*", "multipart/mixed"),  # what axios sends with everything
        ("multipart/mixed", "multipart/mixed"),
        ("text/html", "multipart/mixed"),
    ],
)
def test_the_answer_has_the_form_of_the_batch_or_the_one_that_is_wanted(
    workplace: Workplace, accepted: str, given: str
) -> None:
    data = multipart(change_set(http("POST", "Items", ITEM, key="1")), http("GET", "Items", key="2"))
    answer = run_multipart(workplace, data, headers={"Accept": accepted})
    assert answer.mimetype == given
    if given == "application/json":
        found = answer.get_json()["responses"]
        assert [(each["id"], each["status"]) for each in found] == [("1", 201), ("2", 200)]


def test_a_change_set_takes_only_changes(workplace: Workplace) -> None:
    data = multipart(change_set(http("POST", "Items", ITEM), http("GET", "Items")))
    assert statuses(parts_of(run_multipart(workplace, data))) == [400]
    assert names(workplace) == []


def test_line_ends_and_boundaries_as_clients_write_them(workplace: Workplace) -> None:
    data = multipart(http("POST", "Items", ITEM), http("GET", "Items"), boundary="a+b (1)")
    for written in (data, data.replace("\r\n", "\n"), f"preamble\r\n{data}epilogue"):
        kind = 'multipart/mixed; boundary="a+b (1)"'
        answer = workplace.request("POST", f"{ROOT}/$batch", data=written, content_type=kind)
        assert statuses(parts_of(answer)) == [201, 200]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"--b",
        b"--b\r\n",
        b"--b\r\n\r\n--b--",
        b"--b\r\nContent-Type: application/http\r\n\r\n--b--",
        b"--b\r\nContent-Type: application/http\r\n\r\nGET\r\n\r\n--b--",
        b"--b\r\nContent-Type: application/http\r\n\r\nBREW x HTTP/1.1\r\n\r\n--b--",
        b"--b\r\nContent-Type: application/http\r\n\r\nGET x HTTP/1.1\r\nno header\r\n\r\n--b--",
        b"--b\r\nContent-Type: application/http\r\n\r\nGET x HTTP/1.1\r\nA: \x00\r\n\r\n--b--",
        b"--b\r\nContent-Type: text/plain\r\n\r\nGET x HTTP/1.1\r\n\r\n--b--",
        b"--b\r\nContent-Type: multipart/mixed\r\n\r\n--c--\r\n--b--",
        b"--b\r\nno header\r\n\r\nGET x HTTP/1.1\r\n\r\n--b--",
        b"\xff\x00--b",
    ],
    ids=range(14),
)
def test_what_is_no_batch(workplace: Workplace, data: bytes) -> None:
    answer = run_multipart(workplace, data)
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"]


@pytest.mark.parametrize("boundary", ["", '""', "x" * 71])
def test_what_is_no_boundary(workplace: Workplace, boundary: str) -> None:
    assert run_multipart(workplace, "--b--", boundary=boundary).status_code == 400
