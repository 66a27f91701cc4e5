"""The users of a firm: taking them on, and finding them again at the door."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import Forbidden, InvalidBody
from app.models import User
from app.models.base import now
from app.models.identity import ADMINISTRATOR, MEMBER
from app.services.display_names import user_name
from app.services.passwords import check_password_rule, hash_password
from app.services.scoping import Actor, held, owned

ROLES = (ADMINISTRATOR, MEMBER)
LONGEST_EMAIL = 320


def create_user(
    session: Session,
    firm_id: int,
    email: str,
    password: str,
    *,
    first_name: str | None = None,
    last_name: str | None = None,
    role: str = MEMBER,
) -> User:
    """Add somebody to a firm. The slow hash comes before the first statement, and so before a transaction begins.

    Raises:
        InvalidBody: the address is no address or is taken, in this firm or another, there is no such role, or
            the password is too short or too easily guessed.
    """
    if role not in ROLES:
        raise InvalidBody({"role": [f"A role is one of: {', '.join(ROLES)}."]})
    email = well_formed(email)
    check_password_rule(password, email, first_name, last_name)
    password_hash = hash_password(password)
    refuse_taken(session, email)
    user = User(
        firm_id=firm_id,
        email=email,
        login=email.lower(),
        password_hash=password_hash,
        role=role,
        first_name=first_name,
        last_name=last_name,
        display_name=user_name(first_name, last_name) or email,
    )
    session.add(user)
    session.flush()
    return user


def well_formed(email: str) -> str:
    """
    Raises:
        InvalidBody: it is no email address.
    """
    email = email.strip()
    if "@" not in email or not email.isprintable() or len(email) > LONGEST_EMAIL:
        raise InvalidBody({"email": ["This is not an email address."]})
    return email


def refuse_taken(session: Session, email: str, user_id: str | None = None) -> None:
    """
    Args:
        user_id: whoever has the address already.

    Raises:
        InvalidBody: somebody else signs in with it, in this firm or another.
    """
    holder = by_login(session, email)
    if holder is not None and holder.id != user_id:
        raise InvalidBody({"email": ["Somebody already signs in with this address."]})


def by_login(session: Session, email: str) -> User | None:
    """Whoever signs in with this address, whatever its letter case."""
    login = email.strip().lower()
    return session.scalar(select(User).where(User.login == login)) if login.isprintable() else None


def find_active(session: Session, firm_id: int, user_id: str) -> User | None:
    """The user, if there still is one and the firm has not switched the account off."""
    user = session.get(User, (firm_id, user_id))
    return user if user is not None and may_act(user) else None


def may_act(user: User) -> bool:
    return user.is_active and user.deleted_at is None


def note_sign_in(session: Session, user: User) -> None:
    """Keep the time of the last sign-in, past the session's own objects: this is no change of the user's
    record, and is not logged as one."""
    session.execute(
        update(User.__table__)  # type: ignore[arg-type]
        .where(User.firm_id == user.firm_id, User.id == user.id)
        .values(last_login_at=now())
    )


def require_administrator(user: User) -> None:
    """Refuse everybody but the administrators of a firm.

    Raises:
        Forbidden: the user is none.
    """
    if user.role != ADMINISTRATOR:
        raise Forbidden("Only an administrator of the firm may do this.")


def administrator_behind(session: Session, actor: Actor, act: str) -> User:
    """Whoever acts, as long as it is an administrator.

    Args:
        act: what only they can do.

    Raises:
        Forbidden: it is not.
    """
    caller = held(session, owned(User, actor).where(User.id == actor.user_id))
    if not caller or caller[0].role != ADMINISTRATOR:
        raise Forbidden(f"Only an administrator of the firm can {act}.")
    return caller[0]
