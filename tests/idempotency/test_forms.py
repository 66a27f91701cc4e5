"""`Idempotency-Key` on forms, uploads and requests in a batch."""

from __future__ import annotations

import io
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.idempotency import REPLAYED
from app.models import Firm
from app.services import file_store
from tests.api.odata_writes.batches import ask, http, multipart, run, run_multipart
from tests.firms import Workplace
from tests.idempotency.steps import accounts, post

FILES = "/api/v2/files"


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_forms(kind: str, workplace: Workplace, session: Session, key: str) -> None:
    def send(name: str) -> Any:
        return post(workplace, "/api/v2/accounts", key, data={"company_name": name}, content_type=kind)

    first, again = send("Acme"), send("Acme")
    assert (first.status_code, again.data, again.headers[REPLAYED]) == (200, first.data, "true")
    assert send("Bolt").status_code == 422
    assert accounts(workplace, session) == 1


def form(content: bytes = b"a brief", name: str = "brief.pdf", **fields: str) -> Any:
    return {"data": {"file": (io.BytesIO(content), name), **fields}}


def test_uploads(workplace: Workplace, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put: list[str] = []
    real = file_store.FileStore.put
    monkeypatch.setattr(
        file_store.FileStore, "put", lambda self, key, part: put.append(key) or real(self, key, part)
    )
    first = post(workplace, FILES, key, **form())
    again = post(workplace, FILES, key, **form())  # its parts are told apart by another line
    assert first.status_code == 200
    assert (again.data, again.headers[REPLAYED]) == (first.data, "true")
    assert len(put) == 1
    for other in (form(b"another"), form(name="other.pdf"), form(description="Signed")):
        assert post(workplace, FILES, key, **other).status_code == 422
    assert len(workplace.list(FILES)) == 1


def test_in_a_batch(workplace: Workplace, session: Session, key: str) -> None:
    headers = {"Idempotency-Key": key}
    requests = [ask(name, "POST", "Accounts", {"company_name": "Acme"}, headers=headers) for name in "ab"]
    first, second = run(workplace, *requests)
    assert first["body"] == second["body"]
    assert second["headers"]["idempotency-replayed"] == "true"
    assert accounts(workplace, session) == 1
    whole = post(workplace, "/odata/v4/$batch", key, json={"requests": []})
    assert whole.status_code == 400
    assert "each POST in it may have one" in whole.text
    (refused,) = run(workplace, {**requests[0], "atomicityGroup": "g"})
    assert refused["status"] == 400


def test_two_keys_in_one_request_of_a_batch(workplace: Workplace, session: Session) -> None:
    headers = {"Idempotency-Key": "one", "idempotency-key": "two"}
    batch = {"requests": [ask("a", "POST", "Accounts", {"company_name": "Acme"}, headers=headers)]}
    answer = workplace.request("POST", "/odata/v4/$batch", json=batch)
    assert (answer.status_code, "is there twice" in answer.text) == (400, True)
    lines = "Idempotency-Key: one\r\nIdempotency-Key: two\r\n"
    body = {"company_name": "Acme"}
    answer = run_multipart(workplace, multipart(http("POST", "Accounts", body, headers=lines)))
    assert "HTTP/1.1 400" in answer.text
    assert "Must be one key" in answer.text
    assert accounts(workplace, session) == 0


def test_a_batch_that_is_sent_again(workplace: Workplace, session: Session, key: str) -> None:
    """Each POST with a key of its own; what they name of one another is what was made the first time."""
    requests = [
        ask("1", "POST", "Accounts", {"company_name": "Acme"}, headers={"Idempotency-Key": f"{key}1"}),
        ask("2", "POST", "$1/matters", {"name": "A"}, headers={"Idempotency-Key": f"{key}2"}),
        ask(
            "3",
            "POST",
            "Matters",
            {"name": "B", "account@odata.bind": "$1"},
            headers={"Idempotency-Key": f"{key}3"},
        ),
        ask("4", "GET", "$1/matters/$count"),
    ]
    first, again = run(workplace, *requests), run(workplace, *requests)
    assert [part["status"] for part in first] == [201, 201, 201, 200]
    assert [part["body"] for part in again] == [part["body"] for part in first]
    assert [part["headers"].get(REPLAYED.lower()) for part in again] == ["true", "true", "true", None]
    assert accounts(workplace, session) == 1


def test_a_part_that_is_refused_keeps_no_key(workplace: Workplace, session: Session, key: str) -> None:
    firm = session.get_one(Firm, workplace.firm_id)
    request = ask("1", "POST", "Matters", {"name": "A"}, headers={"Idempotency-Key": key})
    for not_enabled, status in (("matters", 402), (None, 201)):
        firm.not_enabled = not_enabled
        session.commit()
        (part,) = run(workplace, request)
        assert (part["status"], REPLAYED.lower() in part["headers"]) == (status, False)
