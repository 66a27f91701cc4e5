"""What the demo firm chooses from: its price list, taxes, kinds of expenses, bank accounts and tags."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from app.models.payments import CREDIT_CARD, OPERATING, TRUST
from app.services.demo.brief import Brief, Row
from app.services.demo.plan import OPENING_DAY, midnight
from app.services.demo.practice import ACCOUNT_TAGS, ACTIVITY_TAGS, MATTER_TAGS
from app.services.demo.prices import HOURLY_ITEMS, ITEMS, OUTLAYS, SALES_TAXES, TAXED_SERVICES

TAGS = {"Account": ACCOUNT_TAGS, "Matter": MATTER_TAGS, "Activity": ACTIVITY_TAGS}
BANK_ACCOUNTS = {OPERATING: "Operating", TRUST: "Trust (IOLTA)", CREDIT_CARD: "Card payments"}
"""The firm has one of each type."""

OPENED = midnight(OPENING_DAY)


def sales_taxes(brief: Brief) -> Iterator[Row]:
    for position, (name, description, rate, is_compound) in enumerate(SALES_TAXES):
        yield {
            "id": brief.id("sales tax", position),
            "name": name,
            "description": description,
            "rate": Decimal(rate),
            "is_compound": is_compound,
            "created_at": OPENED,
        }


def items(brief: Brief) -> Iterator[Row]:
    for item in ITEMS:
        code, name, description, rate = item
        taxes = [brief.id("sales tax", each) if item in TAXED_SERVICES else None for each in (0, 1)]
        yield {
            "id": brief.item(code),
            "code": code,
            "name": name,
            "description": description,
            "rate": None if rate is None else Decimal(rate),
            "overrides_hourly_rate": item in HOURLY_ITEMS,
            "tax1_id": taxes[0],
            "tax2_id": taxes[1],
            "created_at": OPENED,
        }


def expense_categories(brief: Brief) -> Iterator[Row]:
    for outlay in OUTLAYS:
        yield {
            "id": brief.category(outlay.category),
            "name": outlay.category,
            "code": outlay.code,
            "created_at": OPENED,
        }


def bank_accounts(brief: Brief) -> Iterator[Row]:
    for kind, name in BANK_ACCOUNTS.items():
        yield {"id": brief.bank(kind), "type": kind, "name": name, "created_at": OPENED}


def tags(brief: Brief) -> Iterator[Row]:
    for tag_for, names in TAGS.items():
        for name in names:
            yield {
                "id": brief.tag(tag_for, name),
                "tag_for": tag_for,
                "name": name,
                "created_at": OPENED,
            }
