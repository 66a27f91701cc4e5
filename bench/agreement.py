"""Checks, before anything is measured, that two servers say the same."""

from __future__ import annotations

import http.client
from contextlib import closing
from dataclasses import dataclass

import orjson

from bench.servers import Target
from bench.workloads import Workload


@dataclass(frozen=True)
class Agreement:
    """Whether a workload can be compared.

    Args:
        difference: what is wrong, or None.
        sizes: bytes of the first answer, by target name.
    """

    difference: str | None
    sizes: dict[str, int]


def compare(workload: Workload, floor: Target, matterbase: Target) -> Agreement:
    """Ask both for every variant and compare the ids, in order, and the counts."""
    sizes: dict[str, int] = {}
    with closing(_connect(floor)) as one, closing(_connect(matterbase)) as other:
        for request in workload.requests:
            status, expected = _get(one, request.floor, floor)
            if status != 200 or not _ids(expected):
                return Agreement(f"the floor has nothing to answer to {request.floor}", sizes)
            status, found = _get(other, request.odata, matterbase)
            if status != 200:
                return Agreement(f"{request.odata} is answered {status}: {found[:300]!r}", sizes)
            if _ids(found) != _ids(expected):
                return Agreement(f"{request.odata} is answered with other rows", sizes)
            sizes.setdefault(floor.name, len(expected))
            sizes.setdefault(matterbase.name, len(found))
    return Agreement(None, sizes)


def _connect(target: Target) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(target.host, target.port, timeout=60)


def _get(connection: http.client.HTTPConnection, path: str, target: Target) -> tuple[int, bytes]:
    connection.request("GET", path, headers=dict(target.headers))
    answer = connection.getresponse()
    return answer.status, answer.read()


def _ids(answer: bytes) -> tuple[list[str], int | None]:
    found = orjson.loads(answer)
    rows = found.get("value", [found])
    return [row["id"] for row in rows], found.get("@odata.count")
