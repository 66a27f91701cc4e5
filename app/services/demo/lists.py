"""The demo firm's price list and tags."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from app.services.demo.brief import Brief, Row
from app.services.demo.plan import OPENING_DAY, midnight
from app.services.demo.practice import ACCOUNT_TAGS, ACTIVITY_TAGS, ITEMS, MATTER_TAGS

TAGS = {"Account": ACCOUNT_TAGS, "Matter": MATTER_TAGS, "Activity": ACTIVITY_TAGS}


def items(brief: Brief) -> Iterator[Row]:
    for position, (code, name, description, rate) in enumerate(ITEMS):
        yield {
            "id": brief.id("item", position),
            "code": code,
            "name": name,
            "description": description,
            "rate": Decimal(rate),
            "created_at": midnight(OPENING_DAY),
        }


def tags(brief: Brief) -> Iterator[Row]:
    for tag_for, names in TAGS.items():
        for name in names:
            yield {
                "id": brief.tag(tag_for, name),
                "tag_for": tag_for,
                "name": name,
                "created_at": midnight(OPENING_DAY),
            }
