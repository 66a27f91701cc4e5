"""The `Prefer` header: what a client would like, and gets where it makes sense (RFC 7240; Protocol 4.01, 8.2.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app, request

from app.auth import INSIDE

APPLIED = "Preference-Applied"
MAX_PAGE_SIZE = "maxpagesize"


@dataclass(frozen=True)
class PageSize:
    """How many objects a page has at most.

    Args:
        preferred: the same, where the client has asked for it, with this page or one before; else None.
        applied: the header that says so, where this request asked.
    """

    objects: int
    preferred: int | None
    applied: dict[str, str]


def page_size(remembered: int | None) -> PageSize:
    """The size of the page that is asked for.

    Args:
        remembered: what the client asked for on an earlier page: its next links lead to pages of the same size.
    """
    settings = current_app.extensions["settings"]
    usual: int = settings.odata_page_size
    most = usual if INSIDE in request.environ else max(usual, settings.odata_max_page_size)
    wanted = _max_page_size()
    size = min(wanted or remembered or usual, most)
    preferred = size if wanted or remembered else None
    return PageSize(size, preferred, {APPLIED: f"odata.{MAX_PAGE_SIZE}={size}"} if size == wanted else {})


def also_applied(headers: Mapping[str, str], name: str) -> dict[str, str]:
    """The headers of an answer that heeds one more preference."""
    already = f"{headers[APPLIED]}, " if APPLIED in headers else ""
    return {**headers, APPLIED: f"{already}odata.{name}"}


def preference(name: str) -> str | None:
    """The value of a preference, with or without the `odata.` in front; None where it is not given."""
    return _preferences(request.environ.get("HTTP_PREFER", "")).get(name)


def _max_page_size() -> int | None:
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
