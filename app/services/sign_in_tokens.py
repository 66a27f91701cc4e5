"""What a program is given that signs a user in over the API with a password: a grant with a single token.

It is the user's own program, so the token can do what the user can. Whatever ends a grant ends it too, and so does
another password, as it ends the sessions of browsers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import OAuthGrant, User
from app.models.base import now
from app.models.types import is_guid
from app.services import audit, grants, single_tokens
from oauth.credentials import new_credential
from oauth.scopes import FULL

KIND = "sign_in"
LONGEST_NAME = 100
MOST = 50
"""How many of a user's live at a time; the oldest make way."""


@dataclass(frozen=True)
class SignInToken:
    """A sign-in over the API that goes on, without the token itself."""

    id: str
    name: str
    created_at: dt.datetime
    expires_at: dt.datetime
    last_used_at: dt.datetime | None


def make(session: Session, user: User, *, lifetime: int, program: str | None) -> tuple[str, dt.datetime]:
    """A token for somebody who has just proved who they are, and when it expires.

    Args:
        lifetime: in seconds.
        program: what the program calls itself in its `User-Agent`.
    """
    _make_room(session, user)
    token, expires_at = new_credential(), now() + dt.timedelta(seconds=lifetime)
    letters = "".join(letter for letter in program or "" if letter.isprintable())[:LONGEST_NAME]
    name = letters.strip() or "Sign-in over the API"
    single_tokens.add(session, user, kind=KIND, name=name, scope=FULL, token=token, expires_at=expires_at)
    return token, expires_at


def of(session: Session, user: User) -> list[SignInToken]:
    """The user's sign-ins that go on, the newest first."""
    return [
        SignInToken(grant.id, grant.name or "", grant.created_at, expires_at, grant.last_used_at)
        for grant, expires_at in single_tokens.living(session, user, KIND)
    ]


def is_one(session: Session, user: User, grant_id: str) -> bool:
    """Whether a grant is one of the user's sign-ins, and no app's or personal token."""
    these = (grants.of_person(user), OAuthGrant.kind == KIND, OAuthGrant.id == grant_id)
    return session.scalar(select(OAuthGrant.id).where(*these)) is not None


def end(session: Session, user: User, *, but: str | None = None) -> int:
    """End the user's sign-ins over the API; how many there were.

    Args:
        but: the grant of one that goes on.
    """
    these = [grants.of_person(user), OAuthGrant.kind == KIND]
    if but is not None:
        these.append(OAuthGrant.id != but)
    return grants.end_where(session, *these)


def end_one(session: Session, user: User, grant_id: str, *, address: str | None = None) -> None:
    """End one of them at once.

    Raises:
        NotFound: the user has no such sign-in.
    """
    this = (grants.of_person(user), OAuthGrant.kind == KIND, OAuthGrant.id == grant_id, grants.LIVE)
    if not is_guid(grant_id) or not grants.end_where(session, *this):
        raise NotFound("There is no such sign-in, or it has ended already.")
    audit.record_by(session, user, "session.ended", address=address)


def _make_room(session: Session, user: User) -> None:
    for old in of(session, user)[MOST - 1 :]:
        grants.end_where(session, grants.of_person(user), OAuthGrant.id == old.id)
