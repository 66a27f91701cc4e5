"""A copy of several sets, kept by reading again each record that the hub or a webhook names."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, NamedTuple

from tests.firms import Workplace
from tests.followers.by_delta import ROOT, in_test_client, read_whole
from tests.realtime.raw import RS, Raw

SET_OF = {"Account": "Accounts", "Matter": "Matters", "TimeEntry": "TimeEntries", "Activity": "Activities"}


class Told(NamedTuple):
    """What the hub and a webhook say of a change."""

    entity: str
    id: str
    action: str


class ByWord:
    """Reads every set once, and from then on the records that it hears of."""

    def __init__(self, place: Workplace) -> None:
        get = in_test_client(place)
        self.state = {name: read_whole(get, name) for name in SET_OF.values()}
        self.heard = 0
        self.last_id = ""
        self._place = place

    def hear(self, told: Iterable[Told]) -> None:
        """Bring the copy up to date. What was named several times is read once."""
        last: dict[tuple[str, str], str] = {}
        for entity, key, action in told:
            if entity in SET_OF:  # the hub tells of other kinds too
                self.heard, self.last_id = self.heard + 1, key
                last[SET_OF[entity], key] = action
        for (name, key), action in last.items():
            record = None if action == "deleted" else self._read(name, key)
            if record is None:
                self.state[name].pop(key, None)
            else:
                self.state[name][key] = record

    def _read(self, name: str, key: str) -> Any:
        """The record as it is, unless it has been deleted meanwhile."""
        answer = self._place.get(f"{ROOT}/{name}({key})")
        assert answer.status_code in (200, 404), (name, key, answer.status_code, answer.text[:500])
        return None if answer.status_code == 404 else dict(answer.get_json())


class Ear:
    """A connection to a hub that keeps what it is told until somebody asks."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = Raw(port, f"/hubs/sync?access_token={token}").shake_hands()
        self._connection.socket.settimeout(None)
        self._heard: SimpleQueue[Told] = SimpleQueue()
        self._listener = Thread(target=self._listen)
        self._listener.start()

    def __enter__(self) -> Ear:
        return self

    def __exit__(self, *failure: object) -> None:
        self._connection.socket.shutdown(socket.SHUT_RDWR)
        self._listener.join()
        self._connection.close()

    def told(self) -> list[Told]:
        """What has come since the last time; and the hub hears that somebody is there."""
        self._connection.say(json.dumps({"type": 6}) + RS)
        found: list[Told] = []
        while True:
            try:
                found.append(self._heard.get_nowait())
            except Empty:
                return found

    def _listen(self) -> None:
        while True:
            try:
                [told] = self._connection.told(1)
            except (EOFError, OSError):
                return
            self._heard.put(Told(*told))
