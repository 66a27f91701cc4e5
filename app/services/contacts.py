"""Contacts written by themselves. Most are written with their account, of which they stay a part."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.errors import InvalidBody
from app.models import Account, Contact
from app.services.accounts import NAME_PARTS
from app.services.changes import is_written
from app.services.custom_values import Holder, check_values
from app.services.display_names import account_name, contact_name
from app.services.records import Rules, Values
from app.services.scoping import Actor, held_by_id

BY_THE_ACCOUNT = "Which contact is the primary one is said with the account."


def complete(session: Session, actor: Actor, contact: Any, values: Values) -> None:
    """
    Raises:
        InvalidBody: it names no account or another than before, or makes itself the primary contact.
    """
    account_id = values.setdefault("account_id", contact.account_id)
    if account_id is None:
        raise InvalidBody({"account_id": ["Missing data for required field."]})
    if contact.account_id not in (None, account_id):
        raise InvalidBody({"account_id": ["A contact stays with its account."]})
    if bool(values.get("is_primary", contact.is_primary)) != bool(contact.is_primary):
        raise InvalidBody({"is_primary": [BY_THE_ACCOUNT]})
    values["is_primary"] = bool(contact.is_primary)
    check_values(session, actor, Contact, [Holder(contact.id, values)])
    names = (values.get(part, getattr(contact, part)) for part in NAME_PARTS)
    values["display_name"] = contact_name(*names)


def tell_account(session: Session, actor: Actor, contact: Contact, values: Values) -> None:
    """A contact is part of its account, and a person's account is called by the primary contact's name.

    Raises:
        InvalidBody: the account was deleted since, or nobody would be left to call it by.
    """
    session.flush()
    if not is_written(session, contact):
        return
    account = held_by_id(session, actor, Account, [contact.account_id]).get(contact.account_id)
    if account is None:
        raise InvalidBody({"account_id": ["There is no such account."]})
    flag_modified(account, "updated_at")
    if contact.is_primary:
        names = (getattr(contact, part) for part in NAME_PARTS)
        account.display_name = account_name(account.company_name, *names)
        if not account.display_name:
            raise InvalidBody({"first_name": ["The account is called by this contact's name; it needs one."]})


RULES = Rules(before=complete, after=tell_account)
