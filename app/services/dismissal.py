"""Letting somebody of the firm go: what ends with them, and who has to stay."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import User
from app.models.identity import ADMINISTRATOR
from app.services import audit, numbering
from app.services.people import administrator_behind
from app.services.scoping import Actor, owned
from app.services.shutting_out import shut_out


def dismiss(session: Session, actor: Actor, user: User, *, address: str | None = None) -> None:
    """Take the user's sign-in away, and end the sessions, apps and tokens.

    Args:
        address: the network address of the request.

    Raises:
        Forbidden: the caller is not an administrator.
        InvalidBody: nobody would be left to administer the firm.
    """
    # One at a time: two administrators who delete each other would both find one left.
    numbering.take(session, actor.firm_id, User.__name__, 0)
    caller = administrator_behind(session, actor, "delete a user")
    administrators = owned(User, actor).where(User.role == ADMINISTRATOR, User.is_active)
    left = select(func.count()).select_from(administrators.where(User.id != user.id).subquery())
    if session.scalar(left) == 0:
        raise InvalidBody({"id": ["This is the firm's last administrator."]})
    user.is_active = False
    user.login = None
    ended = shut_out(session, user)
    audit.record_by(
        session,
        caller,
        "user.deleted",
        client_id=actor.client_id,
        address=address,
        of=user.id,
        name=user.display_name,
        grants=ended,
    )
