"""Entity tags of the OData door: one form, for reading and for writing (Protocol 4.01, 8.2.5 and 8.3.1)."""

from __future__ import annotations

import datetime as dt

from app.models.types import utc_text

ANY = "*"


def etag_of(key: str, updated_at: dt.datetime) -> str:
    """The weak tag of an entity: it changes with every change of the record.

    Reads make the same of the columns themselves (`odata/annotations.py`).

    Args:
        key: the entity's id.
        updated_at: when it last changed, aware, to the millisecond; every change moves it by one at least.
    """
    return f'W/"{key[:8]}.{utc_text(updated_at)}"'


def matches(header: str, etag: str | None) -> bool:
    """Whether an `If-Match` or `If-None-Match` header names the tag (RFC 9110, 13.1, compared weakly).

    Args:
        header: a list of tags, or `*`, which any entity matches that exists.
        etag: the tag of the entity as it is; None where there is none.
    """
    if etag is None:
        return False
    wanted = [tag.strip() for tag in header.split(",")]
    return ANY in wanted or etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in wanted}
