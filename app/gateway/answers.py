"""What the WSGI application answers, on its way to the client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any, TypeAlias

from app.gateway.rsgi import Headers, Http
from app.gateway.sending import Sending

WHOLE = 1_000_000
"""Bytes up to which an answer is put together before it is sent."""

SendLong: TypeAlias = Callable[[Callable[[str], None], bool], Sending]
"""Begins to send a long answer: what lets a file be sent by its path, and whether the client knows the length."""


class Answer:
    """One answer; `start` is the `start_response` of PEP 3333."""

    def __init__(self, http: Http, send_long: SendLong) -> None:
        self._http = http
        self._send_long = send_long
        self._status = 0
        self._headers: Headers = []
        self._begun: list[bytes] = []
        self.is_sent = False
        self.sending: Sending | None = None

    def start(self, status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
        self._status = int(status[:3])
        self._headers = headers
        return self._begun.append

    def send(self, body: Iterable[bytes], method: str) -> None:
        """Send what the application returned: at once if it is short, else piece by piece.

        Raises:
            BrokenPipeError: the client went away meanwhile.
        """
        pieces = iter(body)
        length = 0
        for piece in pieces:
            self._begun.append(piece)
            length += len(piece)
            if length > WHOLE:
                break
        more = next(pieces, None) if length > WHOLE else None
        start = b"".join(self._begun)
        if more is None or method == "HEAD":
            self.is_sent = True
            self._http.response_bytes(self._status, self._headers, start)
            return
        self._stream(start, more, pieces)

    def _stream(self, start: bytes, more: bytes, rest: Iterator[bytes]) -> None:
        has_length = any(name.lower() == "content-length" for name, _ in self._headers)
        self.sending = self._send_long(self._begin, has_length)
        with self.sending as sending:
            sending.write(start)
            sending.write(more)
            for piece in rest:
                sending.write(piece)

    def _begin(self, path: str) -> None:
        self.is_sent = True
        self._http.response_file(self._status, self._headers, path)


def closed_after(body: Iterable[bytes]) -> Any:
    """For a `with` block that ends with the `close` that a body may have."""
    return closing(body) if hasattr(body, "close") else _Nothing()


class _Nothing:
    def __enter__(self) -> None: ...
    def __exit__(self, *failure: object) -> None: ...
