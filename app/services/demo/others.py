"""Who else has to do with a matter of the demo firm: the other side's lawyers, judges, witnesses, experts.

Each is a contact of the client's account, and a relationship to the matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.services.demo.brief import Brief, Row
from app.services.demo.casework import case_of
from app.services.demo.plan import moment_of
from app.services.demo.words import email, phone
from app.services.display_names import contact_name


class Role(NamedTuple):
    """A part that somebody plays.

    Args:
        name: of the relationship.
        prefix, position: of the contact.
        chance: how many matters have somebody in it, of 1.
    """

    name: str
    prefix: str | None
    position: str | None
    chance: float


IN_COURT = (
    Role("Opposing Counsel", None, "Attorney at Law", 0.7),
    Role("Judge", "Hon.", "Judge", 0.45),
    Role("Witness", None, None, 0.4),
    Role("Expert", "Dr.", "Consultant", 0.2),
)
OUT_OF_COURT = (
    Role("Counsel for the Other Side", None, "Attorney at Law", 0.2),
    Role("Accountant", None, "CPA", 0.1),
)
OPPOSING_COUNSEL = {IN_COURT[0], OUT_OF_COURT[0]}
NOTES = ("Prefers email.", "Call the clerk first.", "Represented; do not contact directly.")


class Other(NamedTuple):
    """Somebody who is not the client."""

    contact_id: str
    role: Role
    first_name: str
    last_name: str
    phone: str
    notes: str | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def others_of(brief: Brief, matter: int) -> list[Other]:
    dice = brief.plan.chance.of("others", matter)
    roles = IN_COURT if case_of(brief, matter).practice.in_court else OUT_OF_COURT
    words = brief.words
    return [
        Other(
            brief.id(f"contact of {matter}", position),
            role,
            dice.choice(words.first_names),
            dice.choice(words.last_names),
            phone(dice),
            dice.choice(NOTES) if dice.random() < 0.2 else None,
        )
        for position, role in enumerate(roles)
        if dice.random() < role.chance
    ]


def contacts(brief: Brief, matters: Iterable[int]) -> Iterator[Row]:
    for matter in matters:
        case = case_of(brief, matter)
        for other in others_of(brief, matter):
            yield {
                "id": other.contact_id,
                "account_id": brief.id("account", case.account),
                "is_primary": False,
                "display_name": contact_name(other.first_name, None, other.last_name),
                "prefix": other.role.prefix,
                "first_name": other.first_name,
                "last_name": other.last_name,
                "position": other.role.position,
                "email": email(other.first_name, other.last_name),
                "phone_work": other.phone,
                "created_at": moment_of(case.opened, matter),
            }


def relationships(brief: Brief, matters: Iterable[int]) -> Iterator[Row]:
    for matter in matters:
        case = case_of(brief, matter)
        for other in others_of(brief, matter):
            yield {
                "id": brief.id(f"relationship of {other.contact_id}", 0),
                "contact_id": other.contact_id,
                "matter_id": brief.id("matter", matter),
                "name": other.role.name,
                "notes": other.notes,
                "created_at": moment_of(case.opened, matter),
            }
