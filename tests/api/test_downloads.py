"""Downloads at the v2 door: whole, in part, and harmless to a browser."""

from __future__ import annotations

import os
from typing import Any

import pytest
from flask import Flask

from app.services.file_store import FileStore
from tests.api.file_steps import CONTENT, FILES, contents, download, upload
from tests.firms import Workplace

pytestmark = pytest.mark.usefixtures("store")


def test_a_download_cannot_be_run_by_a_browser(workplace: Workplace) -> None:
    made = upload(
        workplace, b"<script>alert(1)</script>", name="Klage für Å.html", kind="text/html; charset=utf-8"
    )
    answer = download(workplace, made["id"])
    assert answer.headers["Content-Type"] == "text/html"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"Klage fur A.html\"; filename*=UTF-8''Klage%20f%C3%BCr%20%C3%85.html"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["ETag"] == f'"{made["id"]}-{made["size"]}"'


END = len(CONTENT)
PARTS = [
    ("bytes=0-0", 0, 1),
    ("bytes=0-", 0, END),
    ("bytes=1-9", 1, 10),
    ("bytes=300-", 300, END),
    ("bytes=-5", END - 5, END),
    (f"bytes=-{END}", 0, END),
    (f"bytes={END - 1}-", END - 1, END),
    (f"bytes=0-{END * 9}", 0, END),
    ("BYTES = 0-1", 0, 2),
]
WHOLE = [
    f"bytes=-{END + 1}",
    "bytes=" + "9" * 5000 + "-",
    "bytes=0-1,5-6",
    "bytes=-0",
    "bytes=5-2",
    "bytes=a-b",
    "bytes=",
    "lines=1-2",
    "nonsense",
]
BEYOND = [f"bytes={END}-", f"bytes={END}-{END + 5}", "bytes=" + "9" * 4000 + "-"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_ranges(workplace: Workplace, method: str) -> None:
    made = upload(workplace)

    def asked(header: str) -> Any:
        answer = workplace.request(method, f"{FILES}/download/{made['id']}", headers={"Range": header})
        assert answer.status_code == 416 or answer.headers["Accept-Ranges"] == "bytes"
        return answer

    def shown(content: bytes) -> bytes:
        return content if method == "GET" else b""

    for header, start, stop in PARTS:
        answer = asked(header)
        assert (answer.status_code, answer.content_length) == (206, stop - start), header
        assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{END}"
        assert answer.data == shown(CONTENT[start:stop])
    for header in WHOLE:
        answer = asked(header)
        assert (answer.status_code, answer.content_length) == (200, END), header
        assert answer.data == shown(CONTENT)
    for header in BEYOND:
        answer = asked(header)
        assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{END}")


def test_if_range_and_if_none_match(workplace: Workplace) -> None:
    made = upload(workplace)
    etag = download(workplace, made["id"]).headers["ETag"]
    same = {"Range": "bytes=0-1", "If-Range": etag}
    assert download(workplace, made["id"], headers=same).data == CONTENT[:2]
    other = {"Range": "bytes=0-1", "If-Range": '"another"'}
    assert download(workplace, made["id"], headers=other).data == CONTENT
    unchanged = download(workplace, made["id"], headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.data) == (304, b"")


def test_content_that_is_missing_in_the_store_is_a_404(workplace: Workplace, store: FileStore) -> None:
    made = upload(workplace)
    for path in contents(store):
        os.remove(path)
    answer = download(workplace, made["id"])
    assert answer.status_code == 404
    assert "missing in the file store" in answer.get_json()["message"]


def test_a_bucket_serves_as_a_folder_does(
    workplace: Workplace, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "file_store", FileStore(f"memory://bucket/{workplace.firm_id}"))
    made = upload(workplace)
    assert download(workplace, made["id"]).data == CONTENT
    assert download(workplace, made["id"], headers={"Range": "bytes=300-302"}).data == CONTENT[300:303]
