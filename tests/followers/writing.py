"""Random writes to four kinds of records, for followers to follow: from threads, or from processes of their own."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from app.config import Settings
from tests.parallel import become

Send = Callable[[str, str, Any], Any]
"""Sends a method, an address below the server's root and a body; the answer."""

SETS = ("Accounts", "Matters", "TimeEntries", "Activities")
PROCESSES = 4


class Writer:
    """Makes, changes and deletes records of its own at the OData door.

    Args:
        seed: the same writes follow from it.
        user_id: whose hours the time entries are.
    """

    def __init__(self, send: Send, seed: int, user_id: str) -> None:
        self._send = send
        self._random = random.Random(seed)
        self._user_id = user_id
        self._mine: dict[str, list[str]] = {name: [] for name in SETS}

    def write(self, how_many: int) -> int:
        """Write so many times; how many writes were taken. What points at a deleted record may be refused."""
        for name in SETS:
            self._make(name)
        return sum(self._once() < 400 for _ in range(how_many))

    def _once(self) -> int:
        name = self._random.choices(SETS, (1, 2, 6, 4))[0]
        mine = self._mine[name]
        act = self._random.choices(("make", "change", "delete"), (4, 5, 2))[0]
        if act == "make" or len(mine) < 2:
            return self._make(name)
        key = self._random.choice(mine)
        if act == "delete":
            mine.remove(key)
            return self._taken("DELETE", f"{name}({key})", None).status_code  # type: ignore[no-any-return]
        return self._taken("PATCH", f"{name}({key})", self._changed(name)).status_code  # type: ignore[no-any-return]

    def _make(self, name: str) -> int:
        answer = self._taken("POST", name, self._new(name))
        if answer.status_code == 201:
            self._mine[name].append(answer.get_json()["id"])
        return int(answer.status_code)

    def _taken(self, method: str, address: str, body: Any) -> Any:
        answer = self._send(method, f"/odata/v4/{address}", body)
        assert answer.status_code < 500, (method, address, answer.status_code, answer.text[:500])
        return answer

    def _new(self, name: str) -> dict[str, Any]:
        match name:
            case "Accounts":
                return {"company_name": f"Company {self._random.randrange(1000)}"}
            case "Matters":
                return {"name": "Acme v. Bolt", "account_id": self._random.choice(self._mine["Accounts"])}
            case "TimeEntries":
                on = {
                    "matter_id": self._random.choice(self._mine["Matters"]),
                    "billed_by_user_id": self._user_id,
                }
                return {"date": "2026-01-31T00:00:00Z", "rate": 100} | on | self._changed(name)
            case _:
                return {"type": "Task", "subject": "File the motion"} | self._changed(name)

    def _changed(self, name: str) -> dict[str, Any]:
        match name:
            case "TimeEntries":
                return {"hours": self._random.randrange(1, 40) / 4}
            case "Activities":
                return {"status": self._random.choice(("NotStarted", "InProgress", "Completed"))}
            case "Matters":
                return {"status": self._random.choice(("Open", "Closed")), "tags": [{"name": "urgent"}]}
            case _:
                return {"notes": f"Note {self._random.randrange(1000)}"}


def in_processes(settings: Settings, token: str, user_id: str, each: int) -> subprocess.Popen[bytes]:
    """Start writers in processes of their own over one database.

    Returns:
        A process that ends when all of them have, with 0 if all went well.
    """
    work = json.dumps([asdict(settings), token, user_id, each])
    return subprocess.Popen([sys.executable, "-m", "tests.followers.writing", work])


def main() -> None:
    from app.factory import create_app

    given, token, user_id, each = json.loads(sys.argv[1])
    app = create_app(Settings(**given))
    client = app.test_client()
    headers = {"Authorization": f"Bearer {token}"}

    def send(method: str, address: str, body: Any) -> Any:
        return client.open(address, method=method, json=body, headers=headers)

    become(PROCESSES, lambda seed: Writer(send, seed, user_id).write(each))


if __name__ == "__main__":
    main()
