"""Whoever follows a firm's changes has in the end what the firm has, by whichever way and whoever writes meanwhile.

`FOLLOWER_WRITES` is how many writes there are to be, of all processes together. Where it is not given there are
few, and only on PostgreSQL.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.config import Settings
from tests.firms import Workplace
from tests.followers.by_delta import ROOT, ByDelta, in_test_client, read_whole
from tests.followers.by_word import SET_OF, ByWord, Ear, Told
from tests.followers.writing import PROCESSES, SETS, in_processes
from tests.services.webhooks.receiver import Receiver, receiving, subscribe
from tests.serving import Server, serving

WRITES = int(os.environ.get("FOLLOWER_WRITES", "240"))
SECONDS_TO_ARRIVE = 60
PAUSE = 0.1
DELIVERING = {
    "WEBHOOK_THREADS": "1",
    "WEBHOOK_ALLOW_HTTP": "true",
    "WEBHOOK_ALLOW_PRIVATE_ADDRESSES": "true",
}


@pytest.fixture(scope="module")
def server(app: Flask, settings: Settings) -> Iterator[Server]:
    """The hub, and who delivers to webhooks."""
    if settings.database.startswith("sqlite") and "FOLLOWER_WRITES" not in os.environ:
        pytest.skip("on SQLite only with FOLLOWER_WRITES=10000 or so; it takes its time")
    with serving(settings, **DELIVERING) as server:
        yield server


class Followers:
    """One by each way. Each begins before anything is written."""

    def __init__(self, place: Workplace, ear: Ear, receiver: Receiver) -> None:
        get = in_test_client(place)
        self.by_delta = {name: ByDelta(get, name) for name in SETS}
        self.by_hub, self.by_webhook = ByWord(place), ByWord(place)
        self._ear, self._receiver = ear, receiver
        self._delivered = 0

    def follow(self) -> None:
        """One round, and a pause so that the writers have the processors."""
        time.sleep(PAUSE)
        for copy in self.by_delta.values():
            copy.follow()
        self._hear()

    def follow_up_to(self, key: str) -> None:
        """Until the hub and the webhook have told of this record."""
        until = time.monotonic() + SECONDS_TO_ARRIVE
        while {self.by_hub.last_id, self.by_webhook.last_id} != {key}:
            assert time.monotonic() < until, (self.by_hub.heard, self.by_webhook.heard)
            time.sleep(PAUSE)
            self._hear()
        self.follow()

    def copies(self, name: str) -> dict[str, dict[str, Any]]:
        """What each has of a set."""
        return {
            "delta": self.by_delta[name].state,
            "hub": self.by_hub.state[name],
            "webhook": self.by_webhook.state[name],
        }

    def _hear(self) -> None:
        self.by_hub.hear(self._ear.told())
        self.by_webhook.hear(self._arrived())

    def _arrived(self) -> list[Told]:
        bodies = [body for _, body in self._receiver.got[self._delivered :]]
        self._delivered += len(bodies)
        changes = [change for body in bodies for change in json.loads(body)["data"]]
        return [Told(change["entity"], change["id"], change["action"]) for change in changes]


def test_all_followers_have_what_a_full_read_has(
    server: Server, settings: Settings, workplace: Workplace, session: Session
) -> None:
    with receiving() as receiver, Ear(server.port, workplace.token) as ear:
        subscribe(workplace, session, receiver.url, entities=list(SET_OF))
        followers = Followers(workplace, ear, receiver)
        writing = in_processes(settings, workplace.token, workplace.user_id, WRITES // PROCESSES)
        while writing.poll() is None:
            followers.follow()
        assert writing.returncode == 0
        last = workplace.request("POST", f"{ROOT}/Accounts", json={"company_name": "The last one"})
        followers.follow_up_to(last.get_json()["id"])
    assert followers.by_hub.heard > WRITES / 2
    for name in SETS:
        whole = without_context(read_whole(in_test_client(workplace), name))
        assert len(whole) >= PROCESSES / 2, name
        for follower, copy in followers.copies(name).items():
            assert without_context(copy) == whole, (follower, name)


def without_context(copy: dict[str, Any]) -> dict[str, Any]:
    """The records alone: which request one came with is told too, and is not of it."""
    return {
        key: {name: value for name, value in record.items() if name != "@odata.context"}
        for key, record in copy.items()
    }
