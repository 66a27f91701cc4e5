"""Page 2,000 beside page 1: a next link leads to any page at the cost of the first."""

from __future__ import annotations

import http.client
from contextlib import closing
from dataclasses import replace
from urllib.parse import urlsplit

import orjson

from bench.servers import Target
from bench.workloads import ENTITY_SET

PAGE, OF = 2_000, 50
STRIDE = 1_000
"""Objects of the pages on the way, so that the way is short."""
ORDERS = {"by id": ENTITY_SET, "by date": f"{ENTITY_SET}?$orderby=date%20desc"}


def in_pages(target: Target, size: int = OF) -> Target:
    """The same server, asked for pages of this size."""
    return replace(target, headers={**target.headers, "Prefer": f"maxpagesize={size}"})


def deep_page(target: Target, path: str) -> str:
    """The next link to page 2,000 of a list, found by following links from its beginning."""
    before = (PAGE - 1) * OF
    with closing(http.client.HTTPConnection(target.host, target.port, timeout=60)) as connection:
        for size in [STRIDE] * (before // STRIDE) + [OF] * (before % STRIDE // OF):
            path = _next_link(connection, path, in_pages(target, size))
    return path


def _next_link(connection: http.client.HTTPConnection, path: str, target: Target) -> str:
    connection.request("GET", path, headers=dict(target.headers))
    found = orjson.loads(connection.getresponse().read())
    link = urlsplit(found["@odata.nextLink"])
    return f"{link.path}?{link.query}"
