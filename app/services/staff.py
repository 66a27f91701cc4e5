"""What an administrator does about the people of the firm."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Conflict, InvalidBody, NotFound
from app.models import Firm, Role, User
from app.models.identity import ADMINISTRATOR, MEMBER
from app.models.types import is_guid
from app.services import audit, changes, password_changes, people
from app.services.passwords import hash_password
from app.services.people import ROLES, require_administrator
from app.services.shutting_out import shut_out

LONGEST_NAME = 100
LAST_ADMINISTRATOR = "A firm keeps at least one administrator; make somebody else one first."


@dataclass(frozen=True)
class ByHand:
    """An administrator who changes records on the pages, without an app in between."""

    firm_id: int
    user_id: str
    client_id: str | None = None
    sight: None = None
    not_enabled: None = None
    role: str = ADMINISTRATOR
    rights: None = None


def of_firm(session: Session, administrator: User) -> list[User]:
    """The firm's users, those who left last.

    Raises:
        Forbidden: the user is no administrator.
    """
    require_administrator(administrator)
    users = select(User).where(User.firm_id == administrator.firm_id, User.deleted_at.is_(None))
    return list(
        session.scalars(users.order_by(User.is_active.desc(), func.lower(User.display_name), User.id))
    )


def take_on(
    session: Session,
    administrator: User,
    email: str,
    *,
    first_name: str | None = None,
    last_name: str | None = None,
    role: str = MEMBER,
    address: str | None = None,
) -> tuple[User, str]:
    """Add somebody to the firm, with a password to be changed, which is shown only here.

    Raises:
        Forbidden: the user is no administrator.
        InvalidBody: a name is too long or not printable; see `people.create_user` for the rest.
    """
    require_administrator(administrator)
    names = {"first_name": first_name or None, "last_name": last_name or None}
    check_names(names)
    by_hand(session, administrator)
    password = new_password()
    user = people.create_user(session, administrator.firm_id, email, password, role=role, **names)
    audit.record_by(
        session, administrator, "user.created", address=address, of=user.id, email=user.email, role=role
    )
    return user, password


def change(
    session: Session,
    administrator: User,
    user_id: str,
    *,
    role: str | None = None,
    is_active: bool | None = None,
    address: str | None = None,
) -> User:
    """Change what somebody is at the firm. Whoever is switched off is signed out, and every app of theirs
    is disconnected at once.

    Raises:
        Forbidden: the user is no administrator.
        NotFound: nobody of the firm has this id.
        InvalidBody: there is no such role.
        Conflict: it would leave the firm without an administrator.
    """
    require_administrator(administrator)
    session.get_one(Firm, administrator.firm_id, with_for_update=True)  # two must not demote one another
    if role is not None and not _is_role(session, administrator.firm_id, role):
        raise InvalidBody({"role": ["The firm has no such role."]})
    user = find(session, administrator, user_id)
    wanted = {"role": role, "is_active": is_active}
    told: dict[str, Any] = {
        name: value for name, value in wanted.items() if value is not None and value != getattr(user, name)
    }
    by_hand(session, administrator)
    for name, value in told.items():
        setattr(user, name, value)
    session.flush()
    carry_out(session, administrator, user, told, address=address)
    return user


def carry_out(
    session: Session,
    administrator: User,
    user: User,
    told: Mapping[str, Any],
    *,
    client_id: str | None = None,
    address: str | None = None,
) -> None:
    """What follows from a change that is flushed already.

    Args:
        told: what has changed, for the audit trail.
        client_id: the app through which the administrator did it.

    Raises:
        Conflict: it leaves the firm without an administrator.
    """
    if not _has_administrator(session, administrator.firm_id):
        raise Conflict(LAST_ADMINISTRATOR)
    if told.get("is_active") is False:
        shut_out(session, user)
    if told:
        audit.record_by(
            session,
            administrator,
            "user.changed",
            client_id=client_id,
            address=address,
            of=user.id,
            **told,
        )


def reset_password(session: Session, administrator: User, user_id: str, *, address: str | None = None) -> str:
    """Give somebody who forgot it a new password, which is shown only here.

    It may have been stolen rather than forgotten, so the user is signed out everywhere, and every app and personal
    token of theirs ends.

    Raises:
        Forbidden: the user is no administrator.
        NotFound: nobody of the firm has this id.
    """
    require_administrator(administrator)
    password = new_password()
    password_hash = hash_password(password)  # which is slow, before a statement begins a transaction
    user = find(session, administrator, user_id)
    password_changes.replace(session, user, password_hash)
    ended = shut_out(session, user)
    audit.record_by(session, administrator, "password.changed", address=address, of=user.id, grants=ended)
    return password


def find(session: Session, administrator: User, user_id: str) -> User:
    """Somebody of the administrator's firm.

    Raises:
        NotFound: nobody has this id.
    """
    mine = (User.firm_id == administrator.firm_id, User.id == user_id, User.deleted_at.is_(None))
    found = select(User).where(*mine).execution_options(populate_existing=True)
    user = session.scalar(found) if is_guid(user_id) else None
    if user is None:
        raise NotFound("Nobody in the firm has this id.")
    return user


def new_password() -> str:
    """One that can be read out: 20 characters, 100 random bits."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))


def check_names(names: Mapping[str, str | None]) -> None:
    """
    Raises:
        InvalidBody: a name is too long, or cannot be printed.
    """
    wrong = [
        name for name, text in names.items() if text and (len(text) > LONGEST_NAME or not text.isprintable())
    ]
    if wrong:
        raise InvalidBody(
            {name: [f"A name has at most {LONGEST_NAME} printable characters."] for name in wrong}
        )


def _is_role(session: Session, firm_id: int, name: str) -> bool:
    of_firm = select(Role.id).where(Role.firm_id == firm_id, Role.name == name, Role.deleted_at.is_(None))
    return name in ROLES or session.scalars(of_firm).first() is not None


def _has_administrator(session: Session, firm_id: int) -> bool:
    active = select(User.id).where(User.firm_id == firm_id, User.role == ADMINISTRATOR, User.is_active)
    return session.scalars(active.where(User.deleted_at.is_(None)).limit(1)).first() is not None


def by_hand(session: Session, administrator: User) -> None:
    """Say in the log of changes who makes them."""
    changes.act_as(session, ByHand(administrator.firm_id, administrator.id))
