"""People who do not see all of a firm's matters, and the offices and programs that they are restricted to."""

from __future__ import annotations

import secrets
from dataclasses import replace
from itertools import count

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.models import LookupValue, Matter, Role
from app.models.tags_and_links import matter_exclusions
from tests.firms import Workplace, issue_token
from tests.services.people_of_a_firm import colleague

NUMBERS = count(900_001)


def place_of(session: Session, workplace: Workplace, table: str) -> str:
    """A new office or program of the firm."""
    value = LookupValue(
        firm_id=workplace.firm_id, lookup_id=next(NUMBERS), table_name=table, name=secrets.token_hex(4)
    )
    session.add(value)
    session.commit()
    return value.id


def restricted(
    session: Session, workplace: Workplace, of_role: str = "", rights: str = "", **values: object
) -> Workplace:
    """The firm as somebody uses it whose role has these restrictions and rights.

    Args:
        values: further columns of the user.
    """
    role = Role(
        firm_id=workplace.firm_id,
        name=f"Role {secrets.token_hex(4)}",
        rights=rights,
        restrictions=of_role,
    )
    session.add(role)
    user = colleague(session, workplace, role=role.name, **values)
    token = issue_token(session, user, str(workplace.client_id), "full")
    session.commit()
    return replace(workplace, token=token, user_id=user.id, email=user.email)


def put_into(session: Session, workplace: Workplace, matter_id: str, **values: object) -> None:
    """Give a matter an office or a program."""
    this = (Matter.firm_id == workplace.firm_id, Matter.id == matter_id)
    session.execute(update(Matter).where(*this).values(values))
    session.commit()


def exclude(session: Session, workplace: Workplace, matter_id: str, user_id: str) -> None:
    row = {"firm_id": workplace.firm_id, "matter_id": matter_id, "user_id": user_id}
    session.execute(insert(matter_exclusions), [row])
    session.commit()
