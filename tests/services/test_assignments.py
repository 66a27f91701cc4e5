"""Assignments and a matter's assigned users say the same, whichever of the two is written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.extensions import Database
from app.models import Assignment, Matter, User
from app.models.base import now
from app.services import assignments, matters, records
from app.services.linking import linked_ids
from app.services.matter_records import today
from tests.firms import Workplace, password_hash
from tests.parallel import in_threads
from tests.services.records_of_a_firm import Desk

LONG_AGO = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


@pytest.fixture
def desk(session: Session, workplace: Workplace) -> Desk:
    return Desk(session, workplace)


def colleague(desk: Desk, name: str) -> str:
    """The id of somebody else at the firm."""
    email = f"{name}.{desk.firm_id}@example.com"
    user = User(
        firm_id=desk.firm_id, display_name=name, email=email, login=email, password_hash=password_hash()
    )
    desk.session.add(user)
    desk.session.flush()
    return user.id


def assigned(desk: Desk, matter: Matter) -> set[str]:
    return set(linked_ids(desk.session, matter, "assigned_users"))


def current(desk: Desk, matter: Matter) -> list[str]:
    mine = select(Assignment.user_id).where(
        Assignment.firm_id == desk.firm_id,
        Assignment.matter_id == matter.id,
        Assignment.end_date.is_(None),
        Assignment.deleted_at.is_(None),
    )
    return list(desk.session.scalars(mine))


def assign(desk: Desk, matter: Matter, user_id: str, **values: Any) -> Assignment:
    given = {"matter_id": matter.id, "user_id": user_id, **values}
    made: Assignment = desk.create(Assignment, assignments.RULES, **given)
    return made


def rewrite(desk: Desk, assignment: Assignment, **values: Any) -> None:
    kept = {name: getattr(assignment, name) for name in ("matter_id", "user_id", "start_date", "end_date")}
    desk.replace(assignment, assignments.RULES, **{**kept, **values})


def test_an_assignment_makes_its_user_an_assigned_user(desk: Desk) -> None:
    matter, bob = desk.matter(), colleague(desk, "Bob")
    made = assign(desk, matter, bob)
    assert assigned(desk, matter) == {bob}
    assert made.start_date == today()


def test_the_last_assignment_that_ends_takes_its_user_out(desk: Desk) -> None:
    matter, bob = desk.matter(), colleague(desk, "Bob")
    first, second = assign(desk, matter, bob), assign(desk, matter, bob)
    rewrite(desk, first, end_date=today())
    assert assigned(desk, matter) == {bob}
    rewrite(desk, second, end_date=today())
    assert assigned(desk, matter) == set()
    rewrite(desk, second, end_date=None)
    assert assigned(desk, matter) == {bob}
    desk.delete(second, assignments.RULES)
    assert assigned(desk, matter) == set()


def test_assigned_users_have_assignments(desk: Desk) -> None:
    bob, eve = colleague(desk, "Bob"), colleague(desk, "Eve")
    matter = desk.matter(assigned_users=[bob, eve])
    assert sorted(current(desk, matter)) == sorted([bob, eve])
    whole = {"name": matter.name, "status": matter.status, "rate_type": matter.rate_type}
    desk.replace(matter, matters.RULES, **whole, assigned_users=[eve])
    assert current(desk, matter) == [eve]
    ended = (
        desk.session.query(Assignment).filter_by(firm_id=desk.firm_id, matter_id=matter.id, user_id=bob).one()
    )
    assert ended.end_date == today(), "the past stays"
    desk.replace(matter, matters.RULES, **whole, assigned_users=[bob])
    assert (current(desk, matter), assigned(desk, matter)) == ([bob], {bob})


def test_a_matter_that_does_not_speak_of_users_leaves_them(desk: Desk) -> None:
    matter, bob = desk.matter(), colleague(desk, "Bob")
    made = assign(desk, matter, bob, start_date=LONG_AGO)
    desk.replace(matter, matters.RULES, name="Renamed", status="Open", rate_type="UserRate")
    desk.replace(
        matter, matters.RULES, name="Again", status="Open", rate_type="UserRate", assigned_users=[bob]
    )
    assert current(desk, matter) == [bob]
    assert (made.start_date, made.end_date) == (LONG_AGO, None)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (LONG_AGO, LONG_AGO - dt.timedelta(days=1), "This is before the start."),
        (LONG_AGO, now() + dt.timedelta(days=40), "An assignment can only be ended once the day has come."),
    ],
    ids=["before", "ahead"],
)
def test_an_assignment_ends_after_it_began_and_not_in_days_to_come(
    desk: Desk, start: dt.datetime, end: dt.datetime, told: str
) -> None:
    matter = desk.matter()
    with pytest.raises(InvalidBody) as refusal:
        assign(desk, matter, desk.user_id, start_date=start, end_date=end)
    assert refusal.value.fields == {"end_date": [told]}


def test_an_assignment_stays_with_its_user_and_its_matter(desk: Desk) -> None:
    made = assign(desk, desk.matter(), desk.user_id)
    for column, other in (("user_id", colleague(desk, "Eve")), ("matter_id", desk.matter(name="Other").id)):
        with pytest.raises(InvalidBody) as refusal:
            rewrite(desk, made, **{column: other})
        assert list(refusal.value.fields) == [column]


def test_what_was_assigned_changes_the_matter(desk: Desk) -> None:
    """Who has read the matter before sees by its moment that the list is another."""
    matter = desk.matter()
    desk.session.commit()
    before = matter.updated_at
    assign(desk, matter, desk.user_id)
    desk.session.commit()
    assert matter.updated_at > before


def test_of_many_who_end_assignments_at_once_the_last_takes_the_user_out(
    desk: Desk, workplace: Workplace, database: Database
) -> None:
    matter, bob = desk.matter(), colleague(desk, "Bob")
    keys = [assign(desk, matter, bob).id for _ in range(6)]
    desk.session.commit()

    def end(index: int) -> None:
        with database.session() as session:
            found = records.find(session, workplace, Assignment, keys[index], "assignment", assignments.RULES)
            rewrite(Desk(session, workplace), found, end_date=today())
            session.commit()

    in_threads(end, len(keys))
    desk.session.rollback()
    assert (current(desk, matter), assigned(desk, matter)) == ([], set())
