"""Personal access tokens: what a user makes for a script or a spreadsheet, without an app in between.

Such a token is a grant of its own kind with a single access token, so whatever ends a grant ends it too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidBody, NotFound
from app.models import OAuthGrant, User
from app.models.base import now
from app.models.types import is_guid
from app.services import audit, grants, single_tokens
from app.services.grants import PERSONAL
from app.services.scopes import CATALOGUE
from oauth.credentials import new_credential
from oauth.scopes import listed, parse

PREFIX = "mb_pat_"
"""By which programs that look for leaked secrets know such a token."""
LONGEST_LIFE = dt.timedelta(days=366)
LONGEST_NAME = 100
MOST = 100


@dataclass(frozen=True)
class PersonalToken:
    """A personal access token that still works, without the token itself."""

    id: str
    name: str
    scope: str
    created_at: dt.datetime
    expires_at: dt.datetime
    last_used_at: dt.datetime | None


def make(
    session: Session,
    user: User,
    *,
    name: str,
    scope: str,
    expires_at: dt.datetime,
    address: str | None = None,
) -> tuple[str, PersonalToken]:
    """Make a token. It is shown only here.

    Args:
        name: what the user calls it.
        scope: what it may do, as a space-separated list.
        expires_at: an aware moment, a year from now at the latest.

    Raises:
        InvalidBody: it has no name, no known scope or no such end, or the user has 100 tokens already.
    """
    _check(name, scope, expires_at)
    if len(of(session, user)) >= MOST:
        raise InvalidBody({"name": [f"A user has at most {MOST} tokens; revoke one first."]})
    token, scope = PREFIX + new_credential(), listed(parse(scope))
    grant = single_tokens.add(
        session, user, kind=PERSONAL, name=name.strip(), scope=scope, token=token, expires_at=expires_at
    )
    audit.record_by(
        session,
        user,
        "personal_token.made",
        address=address,
        name=grant.name,
        scope=scope,
        expires_at=expires_at.isoformat(timespec="seconds"),
    )
    return token, _shown(grant, expires_at)


def of(session: Session, user: User) -> list[PersonalToken]:
    """The user's tokens that still work, the newest first."""
    return [_shown(*living) for living in single_tokens.living(session, user, PERSONAL)]


def revoke(session: Session, user: User, token_id: str, *, address: str | None = None) -> None:
    """End one of the user's own tokens at once.

    Raises:
        NotFound: the user has no such token.
    """
    this = (grants.of_person(user), OAuthGrant.kind == PERSONAL, OAuthGrant.id == token_id, grants.LIVE)
    name = session.scalar(select(OAuthGrant.name).where(*this)) if is_guid(token_id) else None
    if name is None or not grants.end_where(session, *this):
        raise NotFound("There is no such token, or it has ended already.")
    audit.record_by(session, user, "token.revoked", address=address, name=name)


def _shown(grant: OAuthGrant, expires_at: dt.datetime) -> PersonalToken:
    name, used_at = grant.name or "", grant.last_used_at
    return PersonalToken(grant.id, name, grant.scope, grant.created_at, expires_at, used_at)


def _check(name: str, scope: str, expires_at: dt.datetime) -> None:
    wrong: dict[str, list[str]] = {}
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        wrong["name"] = [f"A token has a name of 1 to {LONGEST_NAME} printable characters."]
    if not parse(scope) or not CATALOGUE.knows(scope):
        wrong["scope"] = ["Choose at least one thing that the token may do."]
    if not now() < expires_at <= now() + LONGEST_LIFE:
        wrong["expires_at"] = ["A token expires within a year from now."]
    if wrong:
        raise InvalidBody(wrong)
