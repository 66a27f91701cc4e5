"""A user chooses another password."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import User
from app.services import audit, browser_sessions, passwords, sign_in_tokens


def change(
    session: Session,
    user: User,
    old: str,
    new: str,
    *,
    staying: str | None = None,
    token: str | None = None,
    address: str | None = None,
) -> None:
    """Change the user's own password, and end the sessions of the other browsers and programs.

    Guarding against guesses at the old one is the caller's task (`throttling.OLD_PASSWORD`). The slow hashes come
    before the first statement, so that a caller without a transaction keeps no other writer waiting meanwhile.

    Args:
        staying: the id of the browser session in which it is done; all end when left out.
        token: the grant of the sign-in over the API with which it is done; all end when left out.

    Raises:
        InvalidBody: the old password is wrong, or the new one breaks the rule or is the old one.
    """
    if not passwords.verify(old, user.password_hash):
        raise InvalidBody({"old": ["This is not your present password."]})
    if old == new:
        raise InvalidBody({"password": ["This is your present password; choose another."]})
    passwords.check_password_rule(new, user.email, user.first_name, user.last_name)
    replace(session, user, passwords.hash_password(new), staying=staying, token=token)
    audit.record_by(session, user, "password.changed", address=address)


def replace(
    session: Session, user: User, password_hash: str, *, staying: str | None = None, token: str | None = None
) -> None:
    """Give a user a new password, and end the sessions that began with the old one.

    Past the session's own objects, for this is no change of the user's record, and is not logged as one.
    """
    this = (User.firm_id == user.firm_id, User.id == user.id)
    session.execute(update(User).where(*this).values(password_hash=password_hash))
    browser_sessions.end(session, user, but=staying)
    sign_in_tokens.end(session, user, but=token)
