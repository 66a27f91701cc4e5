"""What of RSGI 1.5 is used here, for the type checker; granian's own classes have it (`granian.rsgi`)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol, TypeAlias

from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]

Headers: TypeAlias = list[tuple[str, str]]

CLOSED = 0
"""The kind of the message that ends a WebSocket."""


class ScopeHeaders(Protocol):
    """Its length is that of `keys`, and each name is there once; of `items` there are those with ASCII values."""

    def __len__(self) -> int: ...
    def keys(self) -> list[str]: ...
    def items(self) -> list[tuple[str, str]]: ...
    def get(self, key: str, default: str | None = None) -> str | None: ...


class Scope(Protocol):
    """One request. The path is decoded, and in it U+FFFD stands for what is no UTF-8."""

    proto: str
    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None
    headers: ScopeHeaders


class Http(Protocol):
    """How a request is read and answered; the answers may come from any thread."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_empty(self, status: int, headers: Headers) -> None: ...
    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...
    def response_file(self, status: int, headers: Headers, file: str) -> None: ...


class Message(Protocol):
    kind: int
    data: str | bytes


class Transport(Protocol):
    """An accepted WebSocket. One `send_str` at a time."""

    async def receive(self) -> Message: ...
    async def send_str(self, data: str) -> None: ...


class WebSocket(Protocol):
    async def accept(self) -> Transport: ...
    def close(self, status: int | None = None) -> None: ...


__all__ = [
    "CLOSED",
    "Headers",
    "Http",
    "Message",
    "ProtocolClosed",
    "Scope",
    "ScopeHeaders",
    "Transport",
    "WebSocket",
]
