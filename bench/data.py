"""The rows that every measurement reads: the same on every machine, because the seed is fixed.

What the workloads depend on: 1 entry in 12 is about a deposition, 85 % are billable, hours are spread evenly
from 0.1 to 9.9 and days over five years, and each last name belongs to about 2 % of the accounts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import NamedTuple
from uuid import UUID

NAMES = (
    "Smith Jones Garcia Miller Davis Lopez Wilson Moore Taylor Clark Lewis Walker Young Allen King Wright "
    "Abbott Barnes Castillo Dixon Ellis Fischer Gordon Hughes Ibarra Jensen Keller Lambert Meyer Norris "
    "Ortega Palmer Quinn Reyes Sandoval Tucker Underwood Vargas Weber Xiong York Zimmerman Becker Cohen "
    "Donovan Erickson Ferguson Griffin Hoffman Irwin"
)
LAST_NAMES = NAMES.split()
FIRST_NAMES = ("Alma", "Bruno", "Celia", "Derek", "Elena", "Felix", "Grace", "Hugo", "Irene", "Karin")
COMPANIES = ("Ltd.", "Company", "Industries", "Brothers", "Consulting", "Properties", "Foundation", "Farms")
AREAS = (
    "Custody",
    "Bankruptcy",
    "Zoning",
    "Trademark",
    "Probate",
    "Employment",
    "Insurance Claim",
    "Closing",
)
STATUSES = ("Open", "Open", "Open", "Pending", "Closed")
DONE = ("Write", "Check", "Edit", "Discuss", "Compare", "Outline", "Annotate", "Finish", "Correct", "Index")
PAPERS = (
    "deposition of a witness",
    "deposition schedule",
    "motion for summary judgment",
    "retainer agreement",
    "answers to interrogatories",
    "joint stipulation",
    "letter to opposing counsel",
    "appraisal of the property",
    "list of privileged documents",
    "complaint and exhibits",
    "commercial sublease",
    "minutes of the meeting",
    "jury instructions",
    "affidavit of service",
    "request for admissions",
    "chain of title",
    "wiring instructions",
    "purchase offer",
    "trial notebook",
    "opening statement",
    "monthly statement",
    "settlement proposal",
    "third amended petition",
    "reply brief",
)
REMARKS = ("together with the client", "for the hearing", "after the call", "with the paralegal", "", "")

FIRST_DAY = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
DAYS = 5 * 365


@dataclass(frozen=True)
class Size:
    """How many rows of each kind."""

    accounts: int
    matters: int
    time_entries: int


FIRM = Size(2_000, 10_000, 200_000)
NEIGHBOUR = Size(100, 500, 5_000)
"""Another firm in the same database, so that telling firms apart has something to do."""


class Account(NamedTuple):
    id: str
    display_name: str
    created_at: dt.datetime
    updated_at: dt.datetime


class Matter(NamedTuple):
    id: str
    account_id: str
    number: int
    name: str
    status: str
    open_date: dt.date
    created_at: dt.datetime
    updated_at: dt.datetime


class TimeEntry(NamedTuple):
    id: str
    matter_id: str
    date: dt.date
    hours: Decimal
    rate: Decimal
    description: str
    is_billable: bool
    is_billed: bool
    created_at: dt.datetime
    updated_at: dt.datetime


@dataclass(frozen=True)
class Rows:
    """A firm's rows, parents first."""

    accounts: list[Account]
    matters: list[Matter]
    time_entries: list[TimeEntry]


def make_rows(size: Size, seed: int) -> Rows:
    """The rows of one firm; the same size and seed give the same rows."""
    dice = Random(seed)
    accounts = [Account(_id(dice), _name(dice), *_stamps(dice)) for _ in range(size.accounts)]
    matters = [_matter(dice, 1_000 + number, dice.choice(accounts).id) for number in range(size.matters)]
    entries = [_time_entry(dice, dice.choice(matters).id) for _ in range(size.time_entries)]
    return Rows(accounts, matters, entries)


def _name(dice: Random) -> str:
    """Three clients in five are people."""
    last = dice.choice(LAST_NAMES)
    if dice.random() < 0.6:
        return f"{last}, {dice.choice(FIRST_NAMES)}"
    return f"{last} {dice.choice(COMPANIES)}"


def _matter(dice: Random, number: int, account_id: str) -> Matter:
    name = f"{dice.choice(AREAS)} {dice.randrange(100, 1_000)}"
    return Matter(
        _id(dice), account_id, number, name, dice.choice(STATUSES), _moment(dice).date(), *_stamps(dice)
    )


def _time_entry(dice: Random, matter_id: str) -> TimeEntry:
    billable = dice.random() < 0.85
    words = (dice.choice(DONE), dice.choice(PAPERS), dice.choice(REMARKS), f"({dice.randint(1, 40)} pages)")
    return TimeEntry(
        _id(dice),
        matter_id,
        _moment(dice).date(),
        Decimal(dice.randint(1, 99)) / 10,
        Decimal(dice.randrange(300, 1_900, 5)) / 2,
        " ".join(word for word in words if word),
        billable,
        billable and dice.random() < 0.6,
        *_stamps(dice),
    )


def _id(dice: Random) -> str:
    return str(UUID(int=dice.getrandbits(128), version=4))


def _moment(dice: Random) -> dt.datetime:
    return FIRST_DAY + dt.timedelta(milliseconds=dice.randrange(DAYS * 86_400_000))


def _stamps(dice: Random) -> list[dt.datetime]:
    """When the row was made and last changed."""
    return sorted((_moment(dice), _moment(dice)))
