"""`Idempotency-Key` on forms, uploads and requests in a batch."""

from __future__ import annotations

import io
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.idempotency import REPLAYED
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
