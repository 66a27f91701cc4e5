"""The names and places that fill the demo firm: Faker's people, streets and companies, drawn once into pools.

Drawing from a pool costs a hundredth of asking Faker each time, which is what makes millions of rows quick.
Addresses for mail and telephone end where nobody is: example.com (RFC 2606) and 555-01xx.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

PLACES = (
    ("Portland", "Oregon", "972"),
    ("Salem", "Oregon", "973"),
    ("Eugene", "Oregon", "974"),
    ("Bend", "Oregon", "977"),
    ("Beaverton", "Oregon", "970"),
    ("Vancouver", "Washington", "986"),
    ("Seattle", "Washington", "981"),
    ("Tacoma", "Washington", "984"),
    ("Boise", "Idaho", "837"),
    ("Sacramento", "California", "958"),
)
COURTS = (
    "Multnomah County Circuit Court",
    "Marion County Circuit Court",
    "Lane County Circuit Court",
    "U.S. District Court, District of Oregon",
    "Clark County Superior Court",
)
ISSUES = (
    "breach of contract",
    "comparative fault",
    "duty of care",
    "damages",
    "standing",
    "the statute of limitations",
    "attorney fees",
    "valuation",
    "spoliation of evidence",
    "personal jurisdiction",
)
DOCUMENTS = (
    "the purchase agreement",
    "the operating agreement",
    "bank statements",
    "medical records",
    "email correspondence",
    "the employment file",
    "the lease",
    "the insurance policy",
    "accounting records",
    "the engagement letter",
)
CLAUSES = (
    "shareholder agreement",
    "indemnification provisions",
    "non-compete terms",
    "supply agreement",
    "option plan",
    "software license",
    "distribution agreement",
)
MONTHS = ("January", "March", "April", "June", "August", "September", "November")
POSITIONS = (
    "Chief Executive Officer",
    "General Counsel",
    "Office Manager",
    "Controller",
    "Owner",
    "Vice President",
)


@dataclass(frozen=True)
class Words:
    """The pools that names and places are drawn from."""

    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    companies: tuple[str, ...]
    streets: tuple[str, ...]

    @classmethod
    def of(cls, seed: str) -> Words:
        """The pools of a seed."""
        from faker import Faker  # slow to import, and no worker process ever needs it

        faker = Faker("en_US")
        faker.seed_instance(seed)
        return cls(
            _distinct(faker.first_name, 400),
            _distinct(faker.last_name, 600),
            _distinct(faker.company, 1_000),
            _distinct(faker.street_name, 400),
        )

    def person(self, dice: Random) -> str:
        return f"{dice.choice(self.first_names)} {dice.choice(self.last_names)}"

    def street(self, dice: Random) -> str:
        return f"{dice.randint(100, 9_899)} {dice.choice(self.streets)}"

    def about(self, dice: Random, client: str, other: str) -> dict[str, str]:
        """What the braces in names and descriptions stand for this time."""
        return {
            "client": client,
            "other": other,
            "person": f"{dice.choice(self.first_names)} {client}",
            "company": dice.choice(self.companies),
            "street": self.street(dice),
            "state": "Oregon",
            "court": dice.choice(COURTS),
            "issue": dice.choice(ISSUES),
            "document": dice.choice(DOCUMENTS),
            "clause": dice.choice(CLAUSES),
            "month": dice.choice(MONTHS),
            "witness": self.person(dice),
            "colleague": dice.choice(self.first_names),
            "pages": f"{dice.randint(1, 400)}-{dice.randint(401, 2_000)}",
        }


def phone(dice: Random) -> str:
    return f"{dice.choice((503, 541, 971, 360))}-555-01{dice.randrange(100):02d}"


def email(*parts: str, domain: str = "example.com") -> str:
    local = ".".join("".join(letter for letter in part.lower() if letter.isalnum()) for part in parts)
    return f"{local}@{domain}"


def _distinct(draw: Callable[[], str], count: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(draw() for _ in range(count)))
