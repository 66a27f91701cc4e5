"""Opening a firm."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import BankAccount, Firm, User
from app.models.identity import ADMINISTRATOR
from app.models.payments import OPERATING
from app.services import people


def create_firm(
    session: Session,
    name: str,
    *,
    email: str,
    password: str,
    first_name: str | None = None,
    last_name: str | None = None,
) -> tuple[Firm, User]:
    """Open a firm with its first administrator, who can then do everything else.

    Raises:
        InvalidBody: the firm has no name, or the administrator cannot be taken on (see `people.create_user`).
    """
    name = name.strip()
    if not name or not name.isprintable():
        raise InvalidBody({"name": ["A firm has a name of printable characters."]})
    firm = Firm(name=name)
    session.add(firm)
    session.flush()
    user = people.create_user(
        session,
        firm.id,
        email,
        password,
        first_name=first_name,
        last_name=last_name,
        role=ADMINISTRATOR,
    )
    return firm, user


def open_with_an_account(session: Session, name: str, **administrator: str | None) -> tuple[Firm, User]:
    """The same with a bank account for the money that comes in, where nobody is there to make one.

    Args:
        administrator: as in `create_firm`.
    """
    firm, user = create_firm(session, name, **administrator)  # type: ignore[arg-type]
    session.add(BankAccount(firm_id=firm.id, type=OPERATING, name="Operating account"))
    session.flush()
    return firm, user
