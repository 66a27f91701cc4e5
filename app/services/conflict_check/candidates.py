"""Everybody whom the firm has to do with: one statement for each kind of record, columns and no objects.

All of the firm's records are read, whoever asks, since a conflict that is overlooked is the worst one; what the
answer tells of those that the asker may not see is for `telling` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models import Account, Contact, Litigation, Matter, Party, Relationship
from app.models.base import FirmRow
from app.services.conflict_check.asked import COMPANY, EMAIL, NAME, PHONE
from app.services.conflict_check.normalizing import parties_of_case
from app.services.display_names import full_name
from app.services.scoping import Actor, of_firm, owned

PERSON = "person"
"""A name that is known to be a person's."""
MOST_ALIASES = 100
"""How many other names of one party are looked at."""
PHONES_OF_CONTACT = ("phone_mobile", "phone_home", "phone_work", "phone_fax")
PHONES_OF_PARTY = ("phone_home", "phone_work", "phone_mobile", "phone_fax")


@dataclass(slots=True, eq=False)
class Record:
    """A record that matches can be found in.

    Args:
        kind: `account`, `contact`, `relationship`, `party`, `litigation` or `matter`.
        matter_ids: the matters concerned.
        on_matter: whether it is hidden with its matter.
    """

    kind: str
    id: str
    display_name: str
    matter_ids: tuple[str, ...]
    on_matter: bool


class Candidate(NamedTuple):
    """A value of a record that something sought is compared with.

    Args:
        sort: `PERSON`, or a word of `asked.SORTS`. A `NAME` may be of either, a person or a company.
    """

    record: Record
    field: str
    text: str
    sort: str


@dataclass(frozen=True)
class Known:
    """What a check is made against.

    Args:
        matters: of the firm, by id: what they are called, and their status.
        seen: the ids of those that the asker may see; None for all.
    """

    candidates: list[Candidate]
    matters: dict[str, tuple[str, str]]
    seen: frozenset[str] | None


def known_to(session: Session, actor: Actor) -> Known:
    """Everybody whom the actor's firm has to do with, in open and closed matters; deleted records are left out."""
    matters = list(_rows(session, actor, Matter, "id", "account_id", "name", "display_name", "status"))
    seen = None
    if actor.sight is not None:
        seen = frozenset(session.scalars(owned(Matter, actor).with_only_columns(Matter.id)))
    live = {matter.id for matter in matters}
    candidates = (
        *_of_clients(session, actor, matters, live),
        *_of_parties(session, actor, live),
        *_of_matters(session, actor, matters, live),
    )
    told = {matter.id: (matter.display_name or matter.name, matter.status) for matter in matters}
    return Known([one for one in candidates if one.text], told, seen)


def _of_clients(session: Session, actor: Actor, matters: list[Any], live: set[str]) -> Iterator[Candidate]:
    """Accounts, the contacts in them, and what contacts are to matters."""
    of_account: dict[str, list[str]] = {}
    for matter in matters:
        of_account.setdefault(matter.account_id, []).append(matter.id)
    accounts = set()
    for row in _rows(session, actor, Account, "id", "display_name", "company_name"):
        accounts.add(row.id)
        record = Record("account", row.id, row.display_name, tuple(of_account.get(row.id, ())), False)
        if row.company_name:
            yield Candidate(record, "company_name", row.company_name, COMPANY)
        else:
            yield Candidate(record, "display_name", row.display_name, PERSON)
    columns = ("id", "account_id", *_NAMES, "email", *PHONES_OF_CONTACT)
    contacts = {}
    for row in _rows(session, actor, Contact, *columns):
        if row.account_id in accounts:
            matters_of = tuple(of_account.get(row.account_id, ()))
            contacts[row.id] = row
            yield from _of_contact(Record("contact", row.id, row.display_name, matters_of, False), row)
    for row in _rows(session, actor, Relationship, "id", "contact_id", "matter_id", "name"):
        if row.contact_id in contacts and row.matter_id in live:
            contact = contacts[row.contact_id]
            label = f"{contact.display_name} ({row.name})"
            yield from _of_contact(Record("relationship", row.id, label, (row.matter_id,), True), contact)


_NAMES = ("display_name", "first_name", "middle_name", "last_name")


def _of_contact(record: Record, row: Any) -> Iterator[Candidate]:
    name = full_name(row.first_name, row.middle_name, row.last_name, None) or row.display_name
    yield Candidate(record, "name", name, PERSON)
    yield from _reached_by(record, row, PHONES_OF_CONTACT)


def _of_parties(session: Session, actor: Actor, live: set[str]) -> Iterator[Candidate]:
    """Adverse and other parties, by all the names that they go by."""
    columns = ("id", "matter_id", *_NAMES, "suffix", "organization_name", "aliases", "employer", "email")
    for row in _rows(session, actor, Party, *columns, *PHONES_OF_PARTY):
        if row.matter_id not in live:
            continue
        record = Record("party", row.id, row.display_name, (row.matter_id,), True)
        yield Candidate(
            record, "name", full_name(row.first_name, row.middle_name, row.last_name, None), PERSON
        )
        yield Candidate(record, "organization_name", row.organization_name or "", COMPANY)
        yield Candidate(record, "employer", row.employer or "", COMPANY)
        for alias in (row.aliases or "").split(",")[:MOST_ALIASES]:
            yield Candidate(record, "aliases", alias.strip(), NAME)
        yield from _reached_by(record, row, PHONES_OF_PARTY)


def _of_matters(session: Session, actor: Actor, matters: list[Any], live: set[str]) -> Iterator[Candidate]:
    """The names in the titles of matters, and the other side of their litigations."""
    for row in matters:
        record = Record("matter", row.id, row.display_name or row.name, (row.id,), True)
        for name in parties_of_case(row.name):
            yield Candidate(record, "name", name, NAME)
    for row in _rows(session, actor, Litigation, "id", "matter_id", "caption", "adverse_party"):
        if row.adverse_party and row.matter_id in live:
            label = row.caption or row.adverse_party
            record = Record("litigation", row.id, label, (row.matter_id,), True)
            yield Candidate(record, "adverse_party", row.adverse_party, NAME)


def _reached_by(record: Record, row: Any, phones: Iterable[str]) -> Iterator[Candidate]:
    yield Candidate(record, "email", row.email or "", EMAIL)
    for phone in phones:
        yield Candidate(record, phone, getattr(row, phone) or "", PHONE)


def _rows(session: Session, actor: Actor, model: type[FirmRow], *columns: str) -> Iterable[Any]:
    asked: list[InstrumentedAttribute[Any]] = [getattr(model, name) for name in columns]
    return session.execute(of_firm(model, actor).with_only_columns(*asked))
