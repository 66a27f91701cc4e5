"""Users as records: what an administrator's app writes of the people of the firm.

It makes members, by the rules of the pages (`staff.py`). A password is none of its business: whoever is new has
one that nobody knows, until an administrator gives them another on their page.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import Firm, User
from app.services import audit, passwords, people, staff
from app.services.changes import address_of
from app.services.dismissal import dismiss
from app.services.display_names import user_name
from app.services.records import Rules, Values
from app.services.scoping import Actor

NAMES = ("first_name", "middle_name", "last_name")
WATCHED = ("email", "is_active")
"""What the audit trail tells of, of a user that there was."""
TOLD = "told"
"""Where the values keep what is to be told."""


def settle(session: Session, actor: Actor, user: Any, values: Values) -> None:
    """
    Raises:
        Forbidden: the caller is no administrator.
        InvalidBody: the address is no address or is taken, or a name will not do.
    """
    people.administrator_behind(session, actor, "write a user")
    session.get_one(Firm, actor.firm_id, with_for_update=True)  # two must not switch one another off
    names = {name: values.get(name, getattr(user, name)) for name in NAMES}
    staff.check_names(names)
    email = values.get("email") or user.email
    if not email:
        raise InvalidBody({"email": ["A user needs one, to sign in with."]})
    email = people.well_formed(email)
    if values.get("is_active") is None:
        values["is_active"] = user.is_active is not False
    values |= {"email": email, "login": email.lower()}
    values["display_name"] = user_name(names["first_name"], names["last_name"]) or email
    people.refuse_taken(session, email, user.id)
    if user.password_hash is None:
        values["password_hash"] = passwords.unknown()
    else:
        values[TOLD] = {name: values[name] for name in WATCHED if values[name] != getattr(user, name)}


def tell(session: Session, actor: Actor, user: User, values: Values) -> None:
    """Write the audit trail; whoever is switched off is signed out.

    Raises:
        Conflict: nobody would be left to administer the firm.
    """
    administrator = session.get_one(User, (actor.firm_id, actor.user_id))
    how = {"client_id": actor.client_id, "address": address_of(session)}
    if TOLD in values:
        staff.carry_out(session, administrator, user, values[TOLD], **how)
        return
    audit.record_by(
        session, administrator, "user.created", **how, of=user.id, email=user.email, role=user.role
    )


def leave(session: Session, actor: Actor, user: User) -> None:
    dismiss(session, actor, user, address=address_of(session))


RULES = Rules(before=settle, after=tell, delete=leave)
