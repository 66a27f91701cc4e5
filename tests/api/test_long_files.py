"""Long files pass through without filling memory, and without holding what others wait for."""

from __future__ import annotations

import io
import tempfile
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.api.file_steps import FILES, HEAD, MB, MULTIPART, TAIL, long_form
from tests.firms import Workplace

pytestmark = pytest.mark.usefixtures("store")


class Zeros(io.RawIOBase):
    """The body of an upload of any size that is nowhere as a whole."""

    def __init__(self, size: int) -> None:
        self._pieces = self._cut(size)
        self._rest = b""
        self.length = len(HEAD) + size + len(TAIL)

    def _cut(self, size: int) -> Iterator[bytes]:
        yield HEAD
        block = bytes(64 * 1024)
        for start in range(0, size, len(block)):
            yield block[: size - start]
        yield TAIL

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or next(self._pieces, b"")
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def test_a_big_file_passes_through_little_memory(workplace: Workplace) -> None:
    size, body = 30 * MB, Zeros(30 * MB)
    headers = {"Authorization": f"Bearer {workplace.token}"}
    client = workplace.app.test_client()
    client.get(f"{FILES}?$top=1", headers=headers)  # what is made once is made now
    tracemalloc.start()
    try:
        answer = client.post(
            FILES,
            headers=headers,
            environ_overrides={
                "wsgi.input": body,
                "CONTENT_LENGTH": str(body.length),
                "CONTENT_TYPE": MULTIPART["content_type"],
            },
        )
        assert answer.status_code == 200, answer.text
        streamed = client.get(f"{FILES}/download/{answer.get_json()['id']}", headers=headers, buffered=False)
        received = sum(map(len, streamed.iter_encoded()))
        streamed.close()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert received == size
    assert peak < 4 * MB, peak


def test_a_download_holds_no_connection_while_it_streams(workplace: Workplace, app: Flask) -> None:
    made = workplace.ok("POST", FILES, **long_form(b"x" * MB))
    readers = app.extensions["database"].readers
    idle = len(readers._idle)
    headers = {"Authorization": f"Bearer {workplace.token}"}
    answer = app.test_client().get(f"{FILES}/download/{made['id']}", headers=headers, buffered=False)
    assert len(readers._idle) == idle
    assert len(b"".join(answer.iter_encoded())) == MB
    answer.close()


def test_the_temporary_copy_of_an_upload_goes(
    workplace: Workplace, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spool").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "spool"))
    workplace.ok("POST", FILES, **long_form(b"x" * MB))
    assert list((tmp_path / "spool").iterdir()) == []
