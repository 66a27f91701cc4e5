"""Clients of the hub: over a WebSocket, and by long polling."""

from __future__ import annotations

from typing import Any

import requests

from tests.realtime.raw import HANDSHAKE, RS, Raw
from tests.serving import Server

SYNC = "/hubs/sync"


def negotiate(server: Server, token: str | None, version: str = "1", **kwargs: Any) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    address = f"{server.url}{SYNC}/negotiate?negotiateVersion={version}"
    return requests.post(address, headers={**headers, **kwargs.pop("headers", {})}, timeout=20, **kwargs)


def connect(server: Server, token: str) -> Raw:
    """A connection as the official client opens it in a browser."""
    found = negotiate(server, token).json()
    target = f"{SYNC}?id={found['connectionToken']}&access_token={token}"
    return Raw(server.port, target).shake_hands()


class Polling:
    """A client that polls."""

    def __init__(self, server: Server, token: str) -> None:
        self.address = f"{server.url}{SYNC}"
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.session.params = {"id": negotiate(server, token).json()["connectionToken"]}  # type: ignore[assignment]

    def ask(self, method: str, text: str = "") -> requests.Response:
        return self.session.request(method, self.address, data=text.encode(), timeout=20)

    def begin(self) -> Polling:
        first = self.ask("GET")
        assert (first.status_code, first.text) == (200, "")
        assert self.ask("POST", HANDSHAKE).status_code == 200
        assert self.ask("GET").text == "{}" + RS
        return self
