"""What everything in the demo firm is made from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.services.demo.plan import Plan
from app.services.demo.words import Words

Row = dict[str, Any]


@dataclass(frozen=True)
class Colleague:
    """A user, as far as other rows need to know them."""

    id: str
    hourly_rate: Decimal


@dataclass(frozen=True)
class Brief:
    """What the makers of rows are handed."""

    plan: Plan
    words: Words
    staff: tuple[Colleague, ...]
    """Everybody at the firm; the administrator is the first."""

    @property
    def administrator(self) -> Colleague:
        return self.staff[0]

    def id(self, kind: str, number: int) -> str:
        return self.plan.chance.id(kind, number)

    def tag(self, tag_for: str, name: str) -> str:
        """The id of a tag."""
        return self.id(f"tag for {tag_for} {name}", 0)
