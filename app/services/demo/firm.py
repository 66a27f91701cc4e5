"""Puts the demo firm together, in an order in which everything is there before something points at it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.models import (
    Account,
    BankAccount,
    Contact,
    CustomField,
    CustomFieldValue,
    ExpenseCategory,
    Firm,
    Invoice,
    Item,
    LookupValue,
    Matter,
    Payment,
    SalesTax,
    Tag,
    User,
    tags_and_links,
)
from app.services import accounts, matters
from app.services.demo import clients, lists, lookup_lists, own_fields, own_values, staff
from app.services.demo.brief import Brief
from app.services.demo.chance import Chance
from app.services.demo.matter_block import write_block
from app.services.demo.numbers_by_day import Numbering
from app.services.demo.plan import Plan, Size
from app.services.demo.words import Words
from app.services.demo.writer import Progress, Writer, silent
from app.services.passwords import hash_password

NAME = "Alder & Quill LLP"
SEED = 1

STEPS = (
    (SalesTax, lists.sales_taxes),
    (Item, lists.items),
    (ExpenseCategory, lists.expense_categories),
    (BankAccount, lists.bank_accounts),
    (Tag, lists.tags),
    (CustomField, own_fields.custom_fields),
    (LookupValue, lookup_lists.lookup_values),
    (Account, clients.accounts),
    (Contact, clients.contacts),
    (CustomFieldValue, own_values.values_of_clients),
)
LINKS = (
    (tags_and_links.account_tags, clients.account_tags),
    (tags_and_links.account_assignees, clients.account_assignees),
    (tags_and_links.account_recipients, clients.account_recipients),
)


@dataclass(frozen=True)
class DemoFirm:
    """The firm that was made, and who may sign in to it."""

    id: int
    name: str
    administrator_id: str
    email: str
    brief: Brief
    """What everything in it was made from."""


def make_demo_firm(
    session: Session, size: Size, password: str, *, seed: int = SEED, progress: Progress = silent
) -> DemoFirm:
    """Make another firm in the session's transaction.

    The same rows come out for the same size, seed and number of firms before it; the caller commits.

    Args:
        password: what all its users sign in with.
    """
    before = session.scalar(select(func.count()).select_from(Firm)) or 0
    chance, words = Chance(f"{seed}/{before}"), Words.of(f"{seed}/{before}")
    domain = f"firm{before + 1}.example.com" if before else "example.com"
    people = staff.users(
        chance, words, number=size.users, domain=domain, password_hash=hash_password(password)
    )
    name = f"{NAME} {before + 1}" if before else NAME
    firm_id = session.execute(
        insert(Firm).values(name=name, approves_apps=True, is_demo=True).returning(Firm.id)
    ).scalar_one()
    administrator = people[0]
    brief = Brief(Plan(size, chance), words, tuple(staff.colleague(user) for user in people))
    writer = Writer(session.connection(), firm_id, administrator["id"], progress)
    writer.write(User, people)
    for model, rows in STEPS:
        writer.write(model, rows(brief))
    for table, rows in LINKS:
        writer.link(table, rows(brief))
    numbering = Numbering.of(brief)
    for block in brief.plan.blocks():
        write_block(writer, brief, numbering, block)
    writer.count(
        {
            Invoice.__name__: numbering.invoices.last,
            Payment.__name__: numbering.payments.last,
            LookupValue.__name__: lookup_lists.how_many(),
            Account.__name__: size.accounts,
            accounts.LEGACY: size.accounts,
            Matter.__name__: size.matters,
            matters.LEGACY: size.matters,
        }
    )
    return DemoFirm(firm_id, name, administrator["id"], administrator["email"], brief)
