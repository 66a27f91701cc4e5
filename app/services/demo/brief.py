"""What everything in the demo firm is made from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from app.services.demo.plan import Plan
from app.services.demo.words import Words

Row = dict[str, Any]


@dataclass(frozen=True)
class Colleague:
    """A user, as far as other rows need to know them."""

    id: str
    hourly_rate: Decimal
    name: str
    email: str


@dataclass(frozen=True, eq=False)
class Brief:
    """What the makers of rows are handed."""

    plan: Plan
    words: Words
    staff: tuple[Colleague, ...]
    """Everybody at the firm; the administrator is the first."""

    @property
    def administrator(self) -> Colleague:
        return self.staff[0]

    @cached_property
    def names(self) -> dict[str, str]:
        """What everybody at the firm is called, by id."""
        return {colleague.id: colleague.name for colleague in self.staff}

    def id(self, kind: str, number: int) -> str:
        return self.plan.chance.id(kind, number)

    def tag(self, tag_for: str, name: str) -> str:
        """The id of a tag."""
        return self.id(f"tag for {tag_for} {name}", 0)

    def item(self, code: str) -> str:
        """The id of an item of the price list."""
        return self.id(f"item {code}", 0)

    def category(self, name: str) -> str:
        """The id of an expense category."""
        return self.id(f"expense category {name}", 0)

    def bank(self, kind: str) -> str:
        """The id of the bank account of a type."""
        return self.id(f"bank account {kind}", 0)
