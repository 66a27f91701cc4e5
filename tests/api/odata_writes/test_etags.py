"""Nobody overwrites what they have not seen."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.api.odata_writes.operations import Writer
from app.models.base import FirmRow
from tests.api.odata_writes.steps import make, read, send
from tests.firms import Workplace
from tests.parallel import in_threads

ITEM = {"name": "Advice", "rate": 5}
METHODS = ["PATCH", "PUT", "DELETE"]


@pytest.mark.parametrize("method", METHODS)
def test_a_change_of_what_has_changed_is_refused(workplace: Workplace, method: str) -> None:
    first = send(workplace, "POST", "Items", ITEM)
    address = f"Items({first.get_json()['id']})"
    seen = {"If-Match": first.headers["ETag"]}
    second = send(workplace, "PATCH", address, {"name": "b"}, headers=seen)
    assert second.status_code == 204
    assert second.headers["ETag"] != first.headers["ETag"]
    answer = send(workplace, method, address, ITEM, headers=seen)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (412, "precondition_failed")
    assert (
        send(workplace, method, address, ITEM, headers={"If-Match": second.headers["ETag"]}).status_code
        == 204
    )


def test_reads_and_writes_agree_on_the_tag(workplace: Workplace) -> None:
    answer = send(workplace, "POST", "Items", ITEM, headers={"Prefer": "return=minimal"})
    key = answer.headers["Location"].partition("v4/")[2]
    found = send(workplace, "GET", key)
    assert found.headers["ETag"] == answer.headers["ETag"] == found.get_json()["@odata.etag"]
    listed = read(workplace, "Items")["value"]
    assert [item["@odata.etag"] for item in listed if "@odata.etag" in item] in ([], [answer.headers["ETag"]])


@pytest.mark.parametrize("method", METHODS)
def test_any_version_will_do(workplace: Workplace, method: str) -> None:
    key = make(workplace, "Items", ITEM)["id"]
    assert send(workplace, method, f"Items({key})", ITEM, headers={"If-Match": '"x", *'}).status_code == 204


def test_if_none_match_only_makes(workplace: Workplace) -> None:
    key = make(workplace, "Items", ITEM)["id"]
    only_new = {"If-None-Match": "*"}
    assert send(workplace, "PUT", f"Items({key})", ITEM, headers=only_new).status_code == 412
    other = key[:-1] + ("0" if key[-1] != "0" else "1")
    assert send(workplace, "PUT", f"Items({other})", ITEM, headers=only_new).status_code == 201


@pytest.mark.parametrize("method", METHODS)
def test_the_operator_can_ask_for_tags(
    workplace: Workplace, app: Flask, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    settings = replace(app.extensions["settings"], odata_require_etag=True)
    monkeypatch.setitem(app.extensions, "settings", settings)
    made = send(workplace, "POST", "Items", ITEM)
    address = f"Items({made.get_json()['id']})"
    answer = send(workplace, method, address, ITEM)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (428, "precondition_required")
    seen = {"If-Match": made.headers["ETag"]}
    assert send(workplace, method, address, ITEM, headers=seen).status_code == 204


def test_of_many_at_once_one_wins(workplace: Workplace) -> None:
    made = send(workplace, "POST", "Items", ITEM)
    address, seen = f"Items({made.get_json()['id']})", {"If-Match": made.headers["ETag"]}

    def change(index: int) -> int:
        return int(send(workplace, "PATCH", address, {"name": f"{index}"}, headers=seen).status_code)

    assert sorted(in_threads(change, 8)) == [204] + [412] * 7


def test_a_key_is_made_once(workplace: Workplace) -> None:
    key = make(workplace, "Items", ITEM)["id"]
    other = key[:-1] + ("0" if key[-1] != "0" else "1")

    def put(index: int) -> int:
        return int(send(workplace, "PUT", f"Items({other})", ITEM).status_code)

    statuses = in_threads(put, 6)
    assert statuses.count(201) == 1
    assert set(statuses) <= {201, 204, 400, 409}


def test_what_another_made_since_we_looked_is_changed(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, look, looks = make(workplace, "Items", ITEM)["id"], Writer._found, count()

    def first_in_vain(writer: Writer, work: Session, wanted: dict[str, Any]) -> FirmRow | None:
        return look(writer, work, wanted) if next(looks) else None

    monkeypatch.setattr(Writer, "_found", first_in_vain)
    assert send(workplace, "PUT", f"Items({key})", {**ITEM, "name": "Later"}).status_code == 204
    assert read(workplace, f"Items({key})")["name"] == "Later"


def test_each_of_many_changes_has_a_tag_of_its_own(workplace: Workplace) -> None:
    key = make(workplace, "Items", ITEM)["id"]
    tags = [
        send(workplace, "PATCH", f"Items({key})", {"name": f"{index}"}).headers["ETag"] for index in range(20)
    ]
    assert len(set(tags)) == 20
