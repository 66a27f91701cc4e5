"""Which matters somebody of the firm sees: their office and program, and what they are restricted to."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import LookupValue, User
from app.models.roles import OFFICE, PROGRAM, RESTRICTIONS
from app.models.types import is_guid
from app.services import audit, staff
from app.services.people import require_administrator


def places(session: Session, firm_id: int, table: str) -> list[LookupValue]:
    """The firm's offices, or its programs.

    Args:
        table: `office` or `program`.
    """
    values = select(LookupValue).where(
        LookupValue.firm_id == firm_id, LookupValue.table_name == table, LookupValue.deleted_at.is_(None)
    )
    return list(session.scalars(values.order_by(LookupValue.name)))


def restrict(
    session: Session,
    administrator: User,
    user_id: str,
    *,
    office_id: str | None,
    program_id: str | None,
    restrictions: Iterable[str],
    address: str | None = None,
) -> User:
    """Say where somebody works, and what they are restricted to besides what their role says.

    Raises:
        Forbidden: the user is no administrator.
        NotFound: nobody of the firm has this id.
        InvalidBody: there is no such office, program or restriction.
    """
    require_administrator(administrator)
    user = staff.find(session, administrator, user_id)
    words = list(restrictions)
    if not set(words) <= RESTRICTIONS.keys():
        raise InvalidBody({"restrictions": [f"A restriction is one of: {', '.join(RESTRICTIONS)}."]})
    wanted = {
        "office_id": _place(session, user, OFFICE, office_id),
        "program_id": _place(session, user, PROGRAM, program_id),
        "restrictions": " ".join(word for word in RESTRICTIONS if word in words) or None,
    }
    told = {name: value for name, value in wanted.items() if value != getattr(user, name)}
    if not told:
        return user
    staff.by_hand(session, administrator)
    for name, value in told.items():
        setattr(user, name, value)
    session.flush()
    shown = {name: value or "none" for name, value in told.items()}
    audit.record_by(session, administrator, "user.restricted", address=address, of=user.id, **shown)
    return user


def _place(session: Session, user: User, table: str, key: str | None) -> str | None:
    """An office or a program by its id; one that the user has already may have been switched off since."""
    if not key or key == getattr(user, f"{table}_id"):
        return key or None
    known = {place.id for place in places(session, user.firm_id, table) if place.is_active}
    if not is_guid(key) or key not in known:
        raise InvalidBody({f"{table}_id": [f"The firm has no such {table}."]})
    return key
