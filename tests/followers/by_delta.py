"""A copy of one set, kept by its delta link alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.firms import Workplace

ROOT = "/odata/v4"
Get = Callable[[str, dict[str, str]], Any]
"""Fetches an address below the server's root, with headers; the JSON of a successful answer."""


def in_test_client(place: Workplace) -> Get:
    """Fetches from the test application with a workplace's token."""

    def get(address: str, headers: dict[str, str]) -> Any:
        answer = place.get(address, headers=headers)
        assert answer.status_code == 200, (address, answer.status_code, answer.text[:500])
        return answer.get_json()

    return get


class ByDelta:
    """Reads a set once, and from then on only what its delta link leads to.

    Args:
        query: the set and its options, such as `TimeEntries?$filter=hours gt 1`.
        size: how many entries a page is to have; None leaves it to the server.
    """

    def __init__(self, get: Get, query: str, size: int | None = None) -> None:
        self.state: dict[str, Any] = {}
        self.told: list[Any] = []
        """The entries of the last round, in order."""
        self._get = get
        self._next = f"{ROOT}/{query}"
        self._headers = {"Prefer": "odata.track-changes" + (f",maxpagesize={size}" if size else "")}

    def follow(self) -> None:
        """Read up to the next delta link."""
        self.told = []
        while not self.turn_page():
            pass

    def turn_page(self) -> bool:
        """Read one page; whether it is the last for now."""
        page = self._get(self._next, self._headers)
        for entry in page["value"]:
            self._take(entry)
        self.told += page["value"]
        link = page.get("@odata.nextLink") or page["@odata.deltaLink"]
        self._next = "?".join(urlsplit(link)[2:4])
        return "@odata.deltaLink" in page

    def _take(self, entry: Any) -> None:
        if "@removed" in entry:
            self.state.pop(entry["id"], None)
        else:
            self.state[entry["id"]] = entry


def read_whole(get: Get, query: str) -> dict[str, Any]:
    """The set as it is, by id."""
    found: dict[str, Any] = {}
    address: str | None = f"{ROOT}/{query}"
    while address:
        page = get(address, {})
        found |= {entry["id"]: entry for entry in page["value"]}
        link = page.get("@odata.nextLink")
        address = link and "?".join(urlsplit(link)[2:4])
    return found
