"""Accounts and the contacts in them: an account is written together with its contacts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.errors import InvalidBody
from app.models import Account, Contact
from app.models.base import new_id, now
from app.services import numbering
from app.services.custom_values import VALUES, Holder, check_values
from app.services.display_names import account_name, contact_name
from app.services.linking import linked_ids
from app.services.money.parties import refuse_new_currency
from app.services.money.trust import refuse_if_held
from app.services.parts import write_parts
from app.services.records import EMPTY, Rules, Values
from app.services.scoping import Actor, owned

LEGACY = "Account.legacy"
SO_FAR = "contacts_so_far"
"""Where the values keep the contacts that an account has, so that they are read once."""

NAME_PARTS = ("first_name", "middle_name", "last_name")


def complete(session: Session, actor: Actor, account: Any, values: Values) -> None:
    check_values(session, actor, Account, [Holder(account.id, values)])
    if not (values.get("company_name") or "").strip() and _keeps_values(session, account, values):
        raise InvalidBody({VALUES: ["Only a company has these fields; give the account a company name."]})
    check_values(session, actor, Contact, _contacts_in(values))
    if account in session and "currency_code" in values:
        refuse_new_currency(session, actor, account, values["currency_code"])
    if account in session and values.get("status", account.status) != account.status:
        for contact in _contacts_of(session, actor, account, values).values():
            flag_modified(contact, "updated_at")  # a contact's status is that of its account
    values["number"] = numbering.number_for(session, actor, account, values.get("number"))
    if account.legacy_id is None:
        account.legacy_id = numbering.take(session, actor.firm_id, LEGACY)
    primary = values.get("primary_contact") or {}
    values["display_name"] = account_name(
        values.get("company_name"), *(primary.get(part) for part in NAME_PARTS)
    )
    if not values["display_name"]:
        raise InvalidBody({"primary_contact": ["An account needs a company name, or a contact with a name."]})


def _keeps_values(session: Session, account: Account, values: Values) -> bool:
    """Whether there are values in the firm's own fields for companies: given now, or kept by a change of the rest."""
    return bool(values[VALUES] if VALUES in values else linked_ids(session, account, VALUES))


def keep_contacts(session: Session, actor: Actor, account: Account, values: Values) -> None:
    """The contacts that the values do not speak of stay; of the primary contact the names that they leave out."""
    present = _contacts_of(session, actor, account, values)
    holder = next((contact.id for contact in present.values() if contact.is_primary), None)
    primary, others = values.get("primary_contact"), values.get("other_contacts")
    if primary is None:
        primary = next((body for body in others or () if body.get("id") == holder), {"id": holder})
    elif others is None:
        primary.setdefault("id", holder)
    key = primary.get("id")
    so_far = {name: getattr(present[key], name) for name in NAME_PARTS} if key in present else {}
    values["primary_contact"] = so_far | primary
    if others is None:
        others = [{"id": contact} for contact in present]
    values["other_contacts"] = [body for body in others if body is not primary and body.get("id", "") != key]


def _contacts_in(values: Values) -> Iterator[Holder]:
    if primary := values.get("primary_contact"):
        yield Holder(primary.get("id"), primary, "primary_contact.")
    for index, contact in enumerate(values.get("other_contacts", ())):
        yield Holder(contact.get("id"), contact, f"other_contacts[{index}].")


def _contacts_of(session: Session, actor: Actor, account: Account, values: Values) -> dict[str, Contact]:
    if SO_FAR not in values:
        query = owned(Contact, actor).where(Contact.account_id == account.id)
        values[SO_FAR] = {contact.id: contact for contact in session.scalars(query)}
    found: dict[str, Contact] = values[SO_FAR]
    return found


def write_contacts(session: Session, actor: Actor, account: Account, values: Values) -> None:
    """Make the account's contacts just those of the body: each is found by its id, the others go."""
    present = _contacts_of(session, actor, account, values)
    primary = values.get("primary_contact")
    if primary is None:
        # A company needs no named person, but there is always one primary contact to write to.
        primary = {"id": next((contact.id for contact in present.values() if contact.is_primary), None)}
    wanted = [primary, *values.get("other_contacts", ())]
    ids = [body["id"] for body in wanted if body.get("id") not in (None, EMPTY)]
    if len(set(ids)) < len(ids):
        raise InvalidBody({"other_contacts": ["The same contact is there twice."]})
    keep = {contact_id for contact_id in ids if contact_id in present}
    changed = keep != set(present)
    for contact_id, contact in present.items():
        if contact_id not in keep:
            contact.deleted_at = now()
        # Two primary contacts may not meet, not even between two statements of one transaction.
        elif contact.is_primary and contact_id != primary.get("id"):
            contact.is_primary = False
    session.flush()
    written = []
    for body in wanted:
        contact = present.get(body.get("id") or "") or _new_contact(session, account, body)
        for name, value in body.items():
            if name not in ("id", "account_id", VALUES):
                setattr(contact, name, value)
        contact.is_primary = body is primary
        contact.display_name = contact_name(contact.first_name, contact.middle_name, contact.last_name)
        session.add(contact)
        changed |= session.is_modified(contact)
        written.append((contact, body))
    session.flush()
    for contact, body in written:
        if VALUES in body and write_parts(session, actor, contact, VALUES, body[VALUES]):
            changed = True
            if contact.id in present:
                flag_modified(contact, "updated_at")  # the values are part of the contact
    if changed and present:
        flag_modified(account, "updated_at")  # the contacts are part of the account


def _new_contact(session: Session, account: Account, body: Values) -> Contact:
    wanted = None if body.get("id") == EMPTY else body.get("id")
    if wanted and session.get(Contact, (account.firm_id, wanted)) is not None:
        raise InvalidBody({"primary_contact": [f"The contact {wanted} is not one of this account."]})
    return Contact(firm_id=account.firm_id, id=wanted or new_id(), account_id=account.id)


def delete_contacts(session: Session, actor: Actor, account: Account) -> None:
    refuse_if_held(session, actor, "account_id", account.id)
    for contact in session.scalars(owned(Contact, actor).where(Contact.account_id == account.id)):
        contact.deleted_at = now()


RULES = Rules(before=complete, after=write_contacts, delete=delete_contacts, merge=keep_contacts)
