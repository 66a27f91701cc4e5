"""A WebSocket client that can also misbehave (RFC 6455), and speaks the hub protocol only as far as it is told."""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
from typing import Any

RS = "\x1e"
TEXT, BINARY, CLOSE = 1, 2, 8
HANDSHAKE = json.dumps({"protocol": "json", "version": 1}) + RS


class Refused(Exception):
    """Not upgraded; the argument is the status."""


class Raw:
    """One connection."""

    def __init__(self, port: int, target: str, headers: dict[str, str] | None = None) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        lines = {
            "Host": "h.example",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            **(headers or {}),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.socket.sendall(f"GET {target} HTTP/1.1\r\n{head}\r\n".encode())
        self._file = self.socket.makefile("rb")
        status = int(self._file.readline().split()[1])
        while self._file.readline() not in (b"\r\n", b""):
            pass
        if status != 101:
            self.close()
            raise Refused(status)
        self._records: list[Any] = []

    def __enter__(self) -> Raw:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()
        self.socket.close()

    def frame(self, data: bytes, kind: int = TEXT, *, last: bool = True) -> None:
        length = len(data)
        size = bytes([0x80 | length]) if length < 126 else b"\xff" + struct.pack("!Q", length)
        self.socket.sendall(bytes([(0x80 if last else 0) | kind]) + size + bytes(4) + data)

    def say(self, text: str) -> None:
        self.frame(text.encode())

    def shake_hands(self) -> Raw:
        self.say(HANDSHAKE)
        assert self.next() == {}
        return self

    def next(self) -> Any:
        """The next record.

        Raises:
            EOFError: the connection is closed.
        """
        while not self._records:
            kind, data = self._read()
            if kind == CLOSE:
                raise EOFError
            assert kind == TEXT  # the official client refuses others
            text = data.decode()
            assert text.endswith(RS)
            self._records = [json.loads(record) for record in text.split(RS)[:-1]]
        return self._records.pop(0)

    def told(self, how_many: int) -> list[list[str]]:
        """The arguments of the next calls of `DataChanged`."""
        found: list[list[str]] = []
        while len(found) < how_many:
            record = self.next()
            if record["type"] == 1:
                assert record["target"] == "DataChanged"
                found.append(record["arguments"])
        return found

    def rest(self) -> list[Any]:
        """What comes until the server closes the connection."""
        found = []
        while True:
            try:
                found.append(self.next())
            except (EOFError, ConnectionError):
                return found

    def _read(self) -> tuple[int, bytes]:
        head = self._file.read(2)
        if len(head) < 2:
            raise EOFError
        length = head[1] & 127
        if length == 126:
            [length] = struct.unpack("!H", self._file.read(2))
        elif length == 127:
            [length] = struct.unpack("!Q", self._file.read(8))
        return head[0] & 15, self._file.read(length)
