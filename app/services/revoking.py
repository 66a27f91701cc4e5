"""Ending grants by hand, for an operator: everything of an app, of a firm or of a user, or by a token found."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from app.models import OAuthAccessToken, OAuthCode, OAuthGrant, OAuthRefreshToken, User
from app.services import audit, grants
from oauth.credentials import digest

CREDENTIALS = (OAuthAccessToken, OAuthRefreshToken, OAuthCode)


def all_of(
    session: Session,
    *,
    client_id: str | None = None,
    firm_id: int | None = None,
    user: User | None = None,
) -> int:
    """End the live grants that meet every condition given; how many there were.

    Args:
        client_id: the app.
        firm_id: the users' firm.
        user: who gave them.
    """
    conditions: list[ColumnElement[bool]] = [grants.LIVE]
    if client_id is not None:
        conditions.append(grants.of_app(client_id))
    if firm_id is not None:
        conditions.append(OAuthGrant.firm_id == firm_id)
    if user is not None:
        conditions.append(grants.of_person(user))
    touched = select(OAuthGrant.firm_id, OAuthGrant.client_id).where(*conditions).distinct()
    for firm, client in session.execute(touched).all():
        audit.record(
            session,
            "grant.revoked",
            firm_id=firm,
            client_id=client,
            of=user.id if user else None,
            by="operator",
        )
    return grants.end_where(session, *conditions)


def by_credential(session: Session, credential: str) -> int:
    """End the grant that a token or code belongs to; 1, or 0 where there is none or it has ended already.

    Whoever finds a token in a log need not know whose it is.
    """
    for model in CREDENTIALS:
        owner = select(model.firm_id, model.grant_id).where(model.hash == digest(credential))
        if (found := session.execute(owner).first()) is not None:
            this = and_(OAuthGrant.firm_id == found.firm_id, OAuthGrant.id == found.grant_id)
            grant = session.scalar(select(OAuthGrant).where(this, grants.LIVE))
            if grant is None:
                return 0
            audit.record(
                session,
                "token.revoked",
                firm_id=grant.firm_id,
                client_id=grant.client_id,
                of=grant.user_id,
                by="operator",
            )
            return grants.end_where(session, this)
    return 0
