"""Contacts that bring their account along, as the Praxis door has it. Beyond the rules of `contacts.py`, a new one
without an account becomes one: a client who is a person, or the company that it names. The primary one renames the
company, and a contact that goes is followed by the next.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import Account, Contact, Matter
from app.models.base import new_id
from app.services import accounts, contacts, records
from app.services.custom_values import VALUES
from app.services.records import EMPTY, PartOf, Rules, Values
from app.services.scoping import Actor, of_firm, owned

COMPANY = "company_name"
NOT_THE_PRIMARY_ONE = "The company's name is changed with the client's primary contact."


def create(session: Session, actor: Actor, values: Values) -> Contact:
    """Add a contact to an account, or make an account of it."""
    account_id, company, body = _parted(values)
    if account_id is not None:
        row = _account(session, actor, account_id)
        if company not in (None, row.company_name):
            raise InvalidBody({COMPANY: [NOT_THE_PRIMARY_ONE]})
        return records.create(session, actor, Contact, contacts.RULES, {**body, "account_id": row.id})
    if body.get("id") in (None, EMPTY):
        body["id"] = new_id()
    elif session.get(Contact, (actor.firm_id, body["id"])) is not None:
        raise InvalidBody({"id": ["A record with this id exists."]})
    account = {COMPANY: company, "primary_contact": body}
    _in_contacts_words(lambda: records.create(session, actor, Account, accounts.RULES, account))
    return session.get_one(Contact, (actor.firm_id, body["id"]))


def change(session: Session, actor: Actor, contact: Contact, values: Values) -> None:
    """Change a contact; with the primary one the account's company can be renamed."""
    account_id, company, body = _parted(values)
    if account_id not in (None, contact.account_id):
        raise InvalidBody({"account_id": ["A contact stays with its client."]})
    row = _account(session, actor, contact.account_id)
    if COMPANY not in values or company == row.company_name:
        records.replace(session, actor, contact, contacts.RULES, {**body, "account_id": row.id})
    elif contact.is_primary:
        _rewrite(session, actor, row, {COMPANY: company, "primary_contact": {**body, "id": contact.id}})
    else:
        raise InvalidBody({COMPANY: [NOT_THE_PRIMARY_ONE]})


def delete(session: Session, actor: Actor, contact: Contact) -> None:
    """Take a contact out of its account. The next one becomes the primary one; a person who is all that there
    is of a client goes with the client.

    Raises:
        InvalidBody: the client has matters.
    """
    row = _account(session, actor, contact.account_id)
    rest = [each for each in _others(session, actor, row) if each.id != contact.id]
    if not contact.is_primary:
        _rewrite(session, actor, row, {"other_contacts": [{"id": each.id} for each in rest]})
    elif rest:
        first, *others = rest
        heir = {"id": first.id, **{name: getattr(first, name) for name in accounts.NAME_PARTS}}
        given = {"primary_contact": heir, "other_contacts": [{"id": each.id} for each in others]}
        _rewrite(session, actor, row, given)
    elif row.company_name:
        _rewrite(session, actor, row, {"primary_contact": {"id": new_id()}, "other_contacts": []})
    else:
        matters = of_firm(Matter, actor).where(Matter.account_id == row.id)
        if session.scalars(matters.limit(1)).first() is not None:
            raise InvalidBody({"id": ["This is a client with cases; delete those first."]})
        records.delete(session, actor, row, accounts.RULES)


def _parted(values: Values) -> tuple[str | None, str | None, Values]:
    """The account, the company's name, and what is the contact's own."""
    body = {name: value for name, value in values.items() if name not in ("account_id", COMPANY)}
    company = (values.get(COMPANY) or "").strip() or None
    return values.get("account_id"), company, body


def _account(session: Session, actor: Actor, key: str) -> Account:
    row = session.scalars(
        owned(Account, actor).where(Account.id == key).with_for_update(key_share=True)
    ).first()
    if row is None:
        raise InvalidBody({"account_id": ["There is no such account."]})
    return row


def _others(session: Session, actor: Actor, account: Account) -> list[Contact]:
    """The contacts but the primary one, the oldest first."""
    mine = of_firm(Contact, actor).where(Contact.account_id == account.id, Contact.is_primary.is_(False))
    return list(session.scalars(mine.order_by(Contact.created_at, Contact.id)))


def _rewrite(session: Session, actor: Actor, account: Account, given: Values) -> None:
    def write() -> None:
        whole = records.merged(session, actor, account, accounts.RULES, given, {}, (COMPANY,))
        records.replace(session, actor, account, accounts.RULES, whole)

    _in_contacts_words(write)


def _in_contacts_words(write: Any) -> None:
    """What the account's rules say of its contacts is said of this one."""
    try:
        write()
    except InvalidBody as error:
        named = {name.rpartition(".")[2]: texts for name, texts in error.fields.items()}
        if "primary_contact" in named:
            named["last_name"] = ["A contact needs a name, or a company."]
            del named["primary_contact"]
        if VALUES in named:
            named[COMPANY] = ["The client has values in fields for companies, so it keeps a company's name."]
            del named[VALUES]
        raise InvalidBody(named) from None


RULES = Rules(part_of=PartOf(create, change, delete))
