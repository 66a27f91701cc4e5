"""What an administrator can do about a user, each with the sentence that says it is done."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from app.errors import InvalidBody
from app.models import User
from app.models.identity import ADMINISTRATOR, MEMBER
from app.services import second_factor, staff
from app.transactions import session
from app.web.firm.new_user import SHOWN_PASSWORD


@dataclass(frozen=True)
class Act:
    """Something to choose on the user's page."""

    name: str
    title: str
    help: str
    done: str


MAKE_ADMINISTRATOR = Act(
    "administrator",
    "Make administrator",
    "Then this user, too, decides on users and apps, and reads the audit trail.",
    "This user is an administrator now.",
)
MAKE_MEMBER = Act(
    "member", "Make member", "This user no longer sees the pages of the firm.", "This user is a member now."
)
SWITCH_OFF = Act(
    "off",
    "Switch the account off",
    "This user is signed out, and every app and token of theirs ends at once. The records stay.",
    "The account is switched off. The user's sessions, apps and tokens have ended.",
)
SWITCH_ON = Act(
    "on",
    "Switch the account on again",
    "The user can sign in as before, and connects apps anew.",
    "The account works again.",
)
NEW_PASSWORD = Act(
    "password",
    "Give a new password",
    "For a user who forgot it. It signs the user out everywhere, and ends every app and token of theirs.",
    "The user has a new password. The user's sessions, apps and tokens have ended.",
)
DROP_SECOND_FACTOR = Act(
    "second_factor",
    "Switch the second factor off",
    "For a user who lost the phone and the recovery codes. Make sure that it is this user who asks.",
    "The second factor is off.",
)


def acts_for(administrator: User, user: User) -> list[Act]:
    """What can be done about the user now. One's own password and second factor are on one's own pages."""
    acts = [MAKE_MEMBER if user.role == ADMINISTRATOR else MAKE_ADMINISTRATOR]
    if user.id != administrator.id:
        acts.append(NEW_PASSWORD)
        if second_factor.is_on(user):
            acts.append(DROP_SECOND_FACTOR)
    acts.append(SWITCH_OFF if user.is_active else SWITCH_ON)
    return acts


def find_act(name: str, administrator: User, user: User) -> Act:
    """What was chosen.

    Raises:
        InvalidBody: nothing that can be done about the user now.
    """
    act = next((act for act in acts_for(administrator, user) if act.name == name), None)
    if act is None:
        raise InvalidBody({"act": ["Choose what to do."]})
    return act


def do(act: Act, administrator: User, user: User) -> None:
    """Do it.

    Raises:
        Conflict: it would leave the firm without an administrator.
    """
    work, address = session(), request.remote_addr
    if act is NEW_PASSWORD:
        password = staff.reset_password(work, administrator, user.id, address=address)
        SHOWN_PASSWORD.keep(user.id, password)
    elif act is DROP_SECOND_FACTOR:
        second_factor.reset(work, administrator, user, address=address)
    elif act in (SWITCH_ON, SWITCH_OFF):
        staff.change(work, administrator, user.id, is_active=act is SWITCH_ON, address=address)
    else:
        role = ADMINISTRATOR if act is MAKE_ADMINISTRATOR else MEMBER
        staff.change(work, administrator, user.id, role=role, address=address)
