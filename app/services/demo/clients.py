"""The demo firm's clients: companies and people, and the contacts in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from app.models.clients import ACTIVE, ARCHIVED
from app.services.demo.brief import Brief, Row
from app.services.demo.plan import later_that_day
from app.services.demo.practice import ACCOUNT_TAGS
from app.services.demo.words import PLACES, POSITIONS, email, phone
from app.services.display_names import account_name, contact_name

NOTES = (
    "Prefers to be called after 4 pm.",
    "Referred by a former client.",
    "Send invoices by post as well.",
    "Conflict check completed at intake.",
    "Asks for a budget before work over $5,000.",
)
LARGEST_COMPANY = 4
"""Contacts in an account, at most."""


@dataclass(frozen=True)
class Client:
    """Who an account is; known from its number alone, because its matters are named after it."""

    company: str | None
    first_name: str
    middle_name: str | None
    last_name: str

    @property
    def short_name(self) -> str:
        return self.company or self.last_name


def client_of(brief: Brief, account: int) -> Client:
    dice = brief.plan.chance.of("client", account)
    words = brief.words
    return Client(
        dice.choice(words.companies) if dice.random() < 0.4 else None,
        dice.choice(words.first_names),
        dice.choice(words.first_names) if dice.random() < 0.3 else None,
        dice.choice(words.last_names),
    )


def contact_id(brief: Brief, account: int, position: int = 0) -> str:
    """The id of one of the client's own people; the first is the primary contact."""
    return brief.id("contact", account * LARGEST_COMPANY + position)


def accounts(brief: Brief) -> Iterator[Row]:
    for number in range(1, brief.plan.size.accounts + 1):
        client = client_of(brief, number)
        dice = brief.plan.chance.of("account", number)
        city, state, zip_code = dice.choice(PLACES)
        company, first, last = client.company, client.first_name, client.last_name
        yield {
            "id": brief.id("account", number),
            "legacy_id": number,
            "number": number,
            "display_name": account_name(company, first, client.middle_name, last),
            "company_name": company,
            "status": ARCHIVED if dice.random() < 0.06 else ACTIVE,
            "notes": dice.choice(NOTES) if dice.random() < 0.25 else None,
            "website": f"https://www.example.com/{number}" if company else None,
            "address_street_1": brief.words.street(dice),
            "address_street_2": f"Suite {dice.randint(100, 990)}"
            if company and dice.random() < 0.5
            else None,
            "address_city": city,
            "address_state": state,
            "address_country": "United States",
            "address_zip_code": f"{zip_code}{dice.randrange(100):02d}",
            "currency_code": "USD",
            "created_at": later_that_day(dice, brief.plan.arrival_of(number)),
        }


def contacts(brief: Brief) -> Iterator[Row]:
    """The client in person, or the people at the company; the first is the primary contact."""
    for number in range(1, brief.plan.size.accounts + 1):
        client = client_of(brief, number)
        dice = brief.plan.chance.of("contacts", number)
        yield _contact(brief, dice, number, 0, client)
        for position in range(1, dice.randint(1, LARGEST_COMPANY) if client.company else 1):
            words = brief.words
            colleague = Client(
                client.company, dice.choice(words.first_names), None, dice.choice(words.last_names)
            )
            yield _contact(brief, dice, number, position, colleague)


def _contact(brief: Brief, dice: Random, account: int, position: int, person: Client) -> Row:
    first, middle, last = person.first_name, person.middle_name, person.last_name
    return {
        "id": contact_id(brief, account, position),
        "account_id": brief.id("account", account),
        "is_primary": position == 0,
        "display_name": contact_name(first, middle, last),
        "first_name": first,
        "middle_name": middle,
        "last_name": last,
        "position": dice.choice(POSITIONS) if person.company else None,
        "email": email(first, last),
        "phone_mobile": phone(dice),
        "phone_work": phone(dice) if person.company else None,
        "phone_extension": str(dice.randint(100, 499)) if person.company and dice.random() < 0.4 else None,
        "created_at": later_that_day(dice, brief.plan.arrival_of(account)),
    }


def account_tags(brief: Brief) -> Iterator[Row]:
    for number in range(1, brief.plan.size.accounts + 1):
        dice = brief.plan.chance.of("account tags", number)
        for name in dice.sample(ACCOUNT_TAGS, dice.choice((0, 1, 1, 2))):
            yield {"account_id": brief.id("account", number), "tag_id": brief.tag("Account", name)}


def account_recipients(brief: Brief) -> Iterator[Row]:
    """To whom invoices go: the primary contact, where anybody is named."""
    for number in range(1, brief.plan.size.accounts + 1):
        if brief.plan.chance.of("account recipients", number).random() < 0.4:
            yield {"account_id": brief.id("account", number), "contact_id": contact_id(brief, number)}


def account_assignees(brief: Brief) -> Iterator[Row]:
    for number in range(1, brief.plan.size.accounts + 1):
        dice = brief.plan.chance.of("account assignees", number)
        yield {"account_id": brief.id("account", number), "user_id": dice.choice(brief.staff).id}
