"""Deleting users: who may, and that a firm always keeps somebody who can."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.models import User
from app.models.identity import ADMINISTRATOR, MEMBER
from tests.firms import Workplace, issue_token
from tests.parallel import in_threads


def colleague(place: Workplace, session: Session, role: str) -> tuple[str, str]:
    """Another user of the firm and a token of theirs."""
    user = User(firm_id=place.firm_id, email="c@example.com", password_hash="-", role=role, display_name="C")
    session.add(user)
    session.flush()
    token = issue_token(session, user, str(place.client_id), "full")
    session.commit()
    return user.id, token


def test_a_member_deletes_nobody(workplace: Workplace, session: Session) -> None:
    _, token = colleague(workplace, session, MEMBER)
    answer = workplace.request("DELETE", f"/api/v2/users?id={workplace.user_id}", token=token)
    assert answer.status_code == 403


def test_a_deleted_users_token_ends_with_them(workplace: Workplace, session: Session) -> None:
    user_id, token = colleague(workplace, session, MEMBER)
    assert workplace.request("GET", "/api/v2/users/me", token=token).status_code == 200
    workplace.ok("DELETE", f"/api/v2/users?id={user_id}")
    assert workplace.request("GET", "/api/v2/users/me", token=token).status_code == 401


def test_two_administrators_who_delete_each_other_leave_one(workplace: Workplace, session: Session) -> None:
    other, token = colleague(workplace, session, ADMINISTRATOR)
    targets = ((workplace.user_id, token), (other, workplace.token))
    answers = in_threads(
        lambda i: workplace.request("DELETE", f"/api/v2/users?id={targets[i][0]}", token=targets[i][1]), 2
    )
    assert sorted(answer.status_code for answer in answers)[0] == 200
    left = [
        user
        for user in session.query(User).filter_by(firm_id=workplace.firm_id)
        if user.is_active and user.role == ADMINISTRATOR
    ]
    assert len(left) == 1
    session.rollback()
