"""The `Prefer` header: what a client would like, and gets where it makes sense (RFC 7240; Protocol 4.01, 8.2.8)."""

from __future__ import annotations

from functools import lru_cache

from flask import request

MAX_PAGE_SIZE = "maxpagesize"


def preference(name: str) -> str | None:
    """The value of a preference, with or without the `odata.` in front; None where it is not given."""
    return _preferences(request.environ.get("HTTP_PREFER", "")).get(name)


def max_page_size() -> int | None:
    """How many objects the client wants on a page; what is no such number is as good as not said."""
    text = preference(MAX_PAGE_SIZE) or ""
    size = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return size or None


@lru_cache(maxsize=256)
def _preferences(header: str) -> dict[str, str]:
    """By name; of a name that is there twice, the first counts."""
    found: dict[str, str] = {}
    for item in header.split(","):
        name, _, value = item.partition(";")[0].partition("=")
        found.setdefault(name.strip().lower().removeprefix("odata."), value.strip().strip('"'))
    return found
