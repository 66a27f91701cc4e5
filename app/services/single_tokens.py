"""Grants without an app, each with a single access token: a personal access token, or a sign-in over the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.models import OAuthAccessToken, OAuthGrant, User
from app.models.base import new_id, now
from app.services import grants
from oauth.credentials import digest


def add(
    session: Session, user: User, *, kind: str, name: str, scope: str, token: str, expires_at: dt.datetime
) -> OAuthGrant:
    """Add a grant of the user's with its token, of which only the digest is kept.

    Args:
        kind: what the grant is.
        name: what the user knows it by.
        expires_at: an aware moment.
    """
    at = now()
    grant = OAuthGrant(
        firm_id=user.firm_id,
        id=new_id(),
        user_id=user.id,
        kind=kind,
        name=name,
        scope=scope,
        created_at=at,
    )
    session.add(grant)
    session.flush()
    row = OAuthAccessToken(
        hash=digest(token),
        firm_id=user.firm_id,
        grant_id=grant.id,
        scope=scope,
        created_at=at,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return grant


def living(session: Session, user: User, kind: str) -> Iterable[tuple[OAuthGrant, dt.datetime]]:
    """The user's grants of this kind that still open something, the newest first, and when each expires."""
    found = (
        select(OAuthGrant, OAuthAccessToken.expires_at)
        .join(
            OAuthAccessToken,
            and_(OAuthAccessToken.firm_id == OAuthGrant.firm_id, OAuthAccessToken.grant_id == OAuthGrant.id),
        )
        .where(grants.of_person(user), OAuthGrant.kind == kind, grants.LIVE)
        .where(OAuthAccessToken.expires_at > now())
        .order_by(OAuthGrant.created_at.desc(), OAuthGrant.id)
    )
    return ((grant, expires_at) for grant, expires_at in session.execute(found))
