"""`page`, `limit` and `sort`: what they mean in OData's words, and what an answer says of its page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from marshmallow import Schema, fields

from app.api.own_words import counted, once
from app.api.sorting import SORT
from app.errors import InvalidBody
from odata.limits import LARGEST
from odata.options import Options

USUAL, MOST = 50, 1_000
"""Records on a page."""
PATH = re.compile(r"-?[A-Za-z][A-Za-z0-9_]*(/[A-Za-z][A-Za-z0-9_]*)*", re.A)
PAIRS = {"page": "skip", "limit": "top", SORT: "orderby"}
"""Each of the door's own parameters, and the OData option that says the same."""
PARAMETERS = (
    {
        "name": "page",
        "in": "query",
        "description": "Which page, from 1.",
        "schema": {"type": "integer", "minimum": 1},
    },
    {
        "name": "limit",
        "in": "query",
        "description": f"How many on a page: {USUAL} unless it says so, and {MOST:,} at most.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST},
    },
    {
        "name": SORT,
        "in": "query",
        "description": "Properties with commas between, each with a `-` before it for the other way round.",
        "schema": {"type": "string"},
    },
)


class Pagination(Schema):
    """Which page this is; `page` is null where `$skip` begins in the middle of one."""

    page = fields.Integer(required=True, allow_none=True)
    limit = fields.Integer(required=True)
    total = fields.Integer(required=True, metadata={"description": "Of records, on all pages."})
    pages = fields.Integer(required=True)


def read_paging(options: Options) -> tuple[Options, bool]:
    """The options with the door's own parameters read into them, and whether `sort` is among these.

    Raises:
        InvalidBody: one is wrong, there twice, or there beside the option that says the same.
    """
    asked = {name: once(options, name) for name in PAIRS}
    for name, option in PAIRS.items():
        if asked[name] and getattr(options, option) is not None:
            raise InvalidBody({name: [f"Give {name} or ${option}, not both."]})
    top = USUAL if options.top is None else options.top
    if asked["limit"]:
        top = counted("limit", asked["limit"], MOST)
    if top > MOST:
        raise InvalidBody({"$top": [f"Must be at most {MOST}; more comes on the next page."]})
    skip = options.skip
    if asked["page"]:
        skip = (counted("page", asked["page"], LARGEST // MOST) - 1) * top
    orderby = _order(asked[SORT]) if asked[SORT] else options.orderby
    return replace(options, top=top, skip=skip, orderby=orderby, count=True), bool(asked[SORT])


def pagination(options: Options, total: int) -> dict[str, Any]:
    """What an answer says of its page.

    >>> pagination(Options(top=20, skip=40), 41)
    {'page': 3, 'limit': 20, 'total': 41, 'pages': 3}
    >>> pagination(Options(top=20, skip=30), 41)
    {'page': None, 'limit': 20, 'total': 41, 'pages': 3}
    """
    limit, skip = options.top or 0, options.skip or 0
    page = skip // limit + 1 if limit and skip % limit == 0 else None
    return {"page": page, "limit": limit, "total": total, "pages": -(-total // limit) if limit else 0}


def _order(text: str) -> str:
    """
    >>> _order("-dueDate,client/name")
    'dueDate desc,client/name'
    """
    paths = [path.strip() for path in text.split(",")]
    if not all(PATH.fullmatch(path) for path in paths):
        raise InvalidBody({SORT: ["Must be properties with commas between, such as -createdAt,title."]})
    return ",".join(f"{path[1:]} desc" if path.startswith("-") else path for path in paths)
