"""Answers that are too long for memory: sent while they are read, and the same as a short one would be."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.api import streams
from app.extensions import Database
from odata import runner
from odata.errors import LimitExceeded
from tests.api.many_rows import multiply
from tests.api.odata.conftest import ENTRIES, Practice, own_practice, practice

__all__ = ["own_practice", "practice"]  # fixtures

COPIES = 3_500
ALL = COPIES + len(ENTRIES)
LARGE = {"Prefer": "maxpagesize=100000"}


@pytest.fixture
def long_list(own_practice: Practice, session: Session, monkeypatch: pytest.MonkeyPatch) -> Practice:
    """More rows than a chunk has, and little memory."""
    multiply(session, own_practice.place.firm_id, 1, COPIES)
    monkeypatch.setattr(streams, "WHOLE", 50_000)
    return own_practice


@pytest.fixture
def idle(database: Database) -> Iterator[None]:
    """Connections that were lent are given back, and fit for use."""
    yield
    for connection in database.readers._idle:
        if database.name == "postgresql":
            assert connection.info.transaction_status.name == "IDLE"
        else:
            assert not connection.in_transaction
    with database.reading() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


pytestmark = pytest.mark.usefixtures("idle")


@pytest.mark.parametrize("query", ["", "?$orderby=description desc", "?$filter=hours gt 0&$skip=7"])
def test_a_published_list_is_the_same_however_it_is_sent(
    long_list: Practice, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/api/v2/timeentries{query}"
    answer = long_list.place.get(address)
    assert answer.is_streamed
    assert "Content-Length" not in answer.headers
    streamed = answer.get_json()
    monkeypatch.setattr(streams, "WHOLE", 100_000_000)
    whole = long_list.place.get(address)
    assert int(whole.headers["Content-Length"]) == len(whole.data)
    assert streamed == whole.get_json()
    assert len({entry["id"] for entry in streamed}) == ALL - (7 if "skip" in query else 0)


def test_the_count_goes_in_front(long_list: Practice) -> None:
    answer = long_list.place.get("/api/v2/timeentries?$count=true")
    assert (answer.is_streamed, answer.headers["OData-Count"]) == (True, str(ALL))


@pytest.mark.parametrize("order", ["id", "hours desc,description"])
def test_a_page_may_be_as_large_as_the_client_likes(long_list: Practice, order: str) -> None:
    path = f"TimeEntries?$orderby={order}&$select=id&$count=true"
    answer = long_list.get(path, **LARGE)
    assert answer.is_streamed
    assert answer.headers["Preference-Applied"] == "odata.maxpagesize=100000"
    found = answer.get_json()
    assert list(found) == ["@odata.context", "@odata.count", "value"]
    assert found["@odata.count"] == ALL
    assert found["value"] == long_list.rows(path)


@pytest.mark.parametrize("size", [1_001, 2_000, 3_500, ALL - 1, ALL])
def test_a_long_page_ends_with_its_next_link(long_list: Practice, size: int) -> None:
    pages = long_list.pages("TimeEntries?$select=hours,id&$orderby=hours", Prefer=f"maxpagesize={size}")
    assert [len(page["value"]) for page in pages] == [min(size, ALL - at) for at in range(0, ALL, size)]
    ids = [entry["id"] for page in pages for entry in page["value"]]
    assert len(set(ids)) == ALL


def test_without_metadata_there_is_only_the_value(long_list: Practice) -> None:
    found = long_list.ok("TimeEntries?$select=id", Accept="application/json;odata.metadata=none", **LARGE)
    assert list(found) == ["value"]
    assert len(found["value"]) == ALL


def test_top_holds_in_a_stream(long_list: Practice) -> None:
    assert len(long_list.ok("TimeEntries?$top=2500", **LARGE)["value"]) == 2_500
    assert len(long_list.place.list("/api/v2/timeentries", **{"$top": "2500"})) == 2_500


def test_each_chunk_runs_one_statement_for_each_collection(
    long_list: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = []
    made = runner.executor

    def counted(connection: Any) -> Any:
        execute = made(connection)
        return lambda statement, values: statements.append(statement.sql) or execute(statement, values)

    monkeypatch.setattr(runner, "executor", counted)
    path = "TimeEntries?$select=id&$expand=matter($select=name;$expand=tags,account($expand=contacts))"
    found = long_list.ok(path, **LARGE)["value"]
    assert len(found) == ALL
    assert {entry["matter"]["name"] for entry in found} == {"Acme v. Bolt"}
    chunks = 4
    # Two collections in each chunk, and in the page that was tried first; that page itself.
    assert len(statements) <= 2 * (chunks + 1) + 1


def test_a_table_of_any_length(long_list: Practice) -> None:
    answer = long_list.get("TimeEntries?$select=id,description&$orderby=description", Accept="text/csv")
    assert answer.is_streamed
    header, *lines = csv.reader(StringIO(answer.text, newline=""))
    assert header == ["id", "description"]
    assert len({line[0] for line in lines}) == ALL


def test_a_client_that_leaves_gives_the_connection_back(long_list: Practice, database: Database) -> None:
    long_list.get("TimeEntries?$select=id", **LARGE).close()
    before = len(database.readers._idle)
    for path in ("TimeEntries", "TimeEntries?$select=id"):
        answer = long_list.get(path, **LARGE)
        assert len(next(answer.response)) > 0
        assert len(database.readers._idle) == before - 1
        answer.close()
        assert len(database.readers._idle) == before


def test_a_head_request_reads_no_more_than_it_must(long_list: Practice, database: Database) -> None:
    long_list.get("TimeEntries", **LARGE).close()
    before = len(database.readers._idle)
    answer = long_list.place.request("HEAD", "/odata/v4/TimeEntries", headers=LARGE)
    answer.close()
    assert (answer.status_code, answer.data) == (200, b"")
    assert len(database.readers._idle) == before


class Failing:
    """Builds chunks until one fails."""

    def __init__(self, good: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self._left = good
        self._objects_of = runner.objects_of
        monkeypatch.setattr(runner, "objects_of", self)

    def __call__(self, *given: Any) -> Any:
        if self._left == 0:
            raise LimitExceeded("Too much of it.")
        self._left -= 1
        return self._objects_of(*given)


def test_an_error_in_the_beginning_is_an_answer(long_list: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    Failing(1, monkeypatch)  # the page that is tried first; the stream's own first chunk fails
    answer = long_list.get("TimeEntries", **LARGE)
    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"] == "Too much of it."


@pytest.mark.parametrize("path", ["/odata/v4/TimeEntries", "/api/v2/timeentries"])
def test_an_error_later_leaves_the_body_broken_off(
    long_list: Practice, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Failing(3, monkeypatch)
    answer = long_list.place.get(path, headers=LARGE)
    assert answer.status_code == 200
    sent = []
    with pytest.raises(LimitExceeded):
        sent.extend(answer.response)
    answer.close()
    assert sent[-1].endswith(b"}")  # an object; but neither the list nor what it is in


def test_half_a_table_ends_in_a_quotation(long_list: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    Failing(3, monkeypatch)
    answer = long_list.get("TimeEntries", Accept="text/csv")
    sent = []
    with pytest.raises(LimitExceeded):
        sent.extend(answer.response)
    answer.close()
    assert sent[-1].count(b'"') == 1


def test_the_time_limit_is_for_each_chunk(
    long_list: Practice, app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    restarted = []
    monkeypatch.setattr(database, "restart_clock", restarted.append)
    assert len(long_list.ok("TimeEntries", **LARGE)["value"]) == ALL
    assert len(restarted) == 4


def test_answers_in_a_batch_are_short(long_list: Practice) -> None:
    """They are held in memory, all of them."""
    requests = [
        {
            "id": "1",
            "method": "get",
            "url": "TimeEntries?$select=id",
            "headers": {"prefer": "maxpagesize=5000"},
        },
        {"id": "2", "method": "get", "url": "TimeEntries?$select=id", "headers": {"accept": "text/csv"}},
    ]
    answer = long_list.place.request(
        "POST",
        "/odata/v4/$batch",
        json={"requests": requests},
        headers={"Prefer": "odata.continue-on-error"},
    )
    page, table = answer.get_json()["responses"]
    assert (page["status"], len(page["body"]["value"])) == (200, 1_000)
    assert table["status"] == 400
    assert "by itself" in table["body"]["error"]["message"]
