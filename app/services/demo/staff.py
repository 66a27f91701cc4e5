"""The people who work at the demo firm."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import count

from app.models.identity import ADMINISTRATOR, MEMBER
from app.services.demo.brief import Colleague, Row
from app.services.demo.chance import Chance
from app.services.demo.plan import OPENING_DAY, midnight
from app.services.demo.words import Words, email
from app.services.display_names import user_name

ADMINISTRATOR_NAME = ("Nora", "Alder")
RATES = (425, 395, 340, 310, 275, 240, 150, 135)
"""From the partners down to the paralegals, in dollars an hour."""


def users(chance: Chance, words: Words, *, number: int, domain: str, password_hash: str) -> list[Row]:
    """The administrator first. All sign in with the same password: it is a demo."""
    return [
        {
            "id": chance.id("user", position),
            "email": email(first, last, domain=domain),
            "login": email(first, last, domain=domain),
            "password_hash": password_hash,
            "role": MEMBER if position else ADMINISTRATOR,
            "is_active": True,
            "first_name": first,
            "last_name": last,
            "display_name": user_name(first, last),
            "hourly_rate": Decimal(RATES[position % len(RATES)]),
            "time_zone_id": "Pacific Standard Time",
            "created_at": midnight(OPENING_DAY),
        }
        for position, (first, last) in zip(range(number), _names(chance, words), strict=False)
    ]


def colleague(user: Row) -> Colleague:
    """A user, as other rows know them."""
    return Colleague(user["id"], user["hourly_rate"], user["display_name"], user["email"])


def _names(chance: Chance, words: Words) -> Iterator[tuple[str, str]]:
    """Everybody is called differently, so that no two have the same address."""
    taken = {ADMINISTRATOR_NAME}
    yield ADMINISTRATOR_NAME
    for number in count(1):
        dice = chance.of("user", number)
        name = (dice.choice(words.first_names), dice.choice(words.last_names))
        if name not in taken:
            taken.add(name)
            yield name
