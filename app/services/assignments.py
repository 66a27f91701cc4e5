"""Assignments, and the users who are assigned to a matter: two views of one thing.

A matter's assigned users are those who have an assignment on it that has not ended. Whichever of the two is
written, the other follows in the same transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.errors import InvalidBody
from app.models import Assignment, Matter
from app.models.base import new_id, now
from app.services.linking import linked_ids, relink
from app.services.matter_records import complete, today
from app.services.on_matters import held_matter
from app.services.records import Rules, Values
from app.services.scoping import Actor, of_firm

ASSIGNED = "assigned_users"
A_DAY = dt.timedelta(days=1)


def complete_assignment(session: Session, actor: Actor, assignment: Any, values: Values) -> None:
    """Fill in the start, and keep to what has happened: nobody would be there to end an assignment in time.

    Raises:
        InvalidBody: it ends before it starts, or in days to come, or its user or matter changes.
    """
    complete(session, actor, assignment, values, alone=True)
    start = values["start_date"] = values.get("start_date") or assignment.start_date or today()
    end = values.get("end_date")
    problems = {}
    if end is not None and end < start:
        problems["end_date"] = ["This is before the start."]
    elif end is not None and end > now() + A_DAY:  # somewhere, tomorrow has begun
        problems["end_date"] = ["An assignment can only be ended once the day has come."]
    for column in ("user_id", "matter_id"):
        if assignment in session and values[column] != getattr(assignment, column):
            problems[column] = ["This does not change; end the assignment and make another."]
    if problems:
        raise InvalidBody(problems)


def assign(session: Session, actor: Actor, assignment: Assignment, values: Values) -> None:
    """Have the matter's assigned users follow its assignments."""
    matter = held_matter(session, actor, assignment, assignment.matter_id, alone=True)
    users = {each.user_id for each in current(session, actor, matter)}
    if relink(session, actor, matter, ASSIGNED, sorted(users)):
        flag_modified(matter, "updated_at")  # the list is part of the matter


def unassign(session: Session, actor: Actor, assignment: Assignment) -> None:
    assignment.deleted_at = now()
    session.flush()
    assign(session, actor, assignment, {})


def current(session: Session, actor: Actor, matter: Matter) -> list[Assignment]:
    """The assignments on a matter that have not ended. Who writes one holds the matter, so they need no lock."""
    mine = of_firm(Assignment, actor).where(Assignment.matter_id == matter.id, Assignment.end_date.is_(None))
    return list(session.scalars(mine.order_by(Assignment.id), execution_options={"populate_existing": True}))


def follow(session: Session, actor: Actor, matter: Matter, values: Values) -> None:
    """Have a matter's assignments follow its assigned users, who have just been written."""
    if ASSIGNED in values:
        follow_users(session, actor, matter, linked_ids(session, matter, ASSIGNED))


def follow_users(session: Session, actor: Actor, matter: Matter, users: Iterable[str]) -> None:
    """End the assignments of all others, and begin one for each of the users who has none."""
    left = set(users)
    for assignment in current(session, actor, matter):
        if assignment.user_id in users:
            left.discard(assignment.user_id)
        else:
            assignment.end_date = max(today(), assignment.start_date)
    for user_id in sorted(left):
        mine = {"matter_id": matter.id, "user_id": user_id, "start_date": today()}
        session.add(Assignment(firm_id=matter.firm_id, id=new_id(), **mine))
    session.flush()


RULES = Rules(before=complete_assignment, after=assign, delete=unassign)
