"""What its developer sees of an app at work: how much it is used, and what went wrong last.

Other firms stay unnamed: a developer learns how many people use the app, not who they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from app.models import AccessRequest, AuditEvent, OAuthClient, OAuthGrant
from app.services import grants

REFUSALS = ("app.refused", "grant.refused", "grant.denied", "access.refused", "token.refused", "token.reused")
LAST = 20


@dataclass(frozen=True)
class Use:
    """How much an app is used now: the grants that still open something, of how many people and firms."""

    grants: int
    users: int
    firms: int


@dataclass(frozen=True)
class Refusal:
    """One time that the app, or somebody who pretended to be it, did not get what it asked for."""

    at: dt.datetime
    action: str
    details: dict[str, object]


@dataclass(frozen=True)
class AskedFor:
    """A firm that was asked to let the app in, and what became of it."""

    asked_at: dt.datetime
    is_approved: bool | None
    decided_at: dt.datetime | None


def use(session: Session, client: OAuthClient) -> Use:
    """How much the app is used.

    Args:
        client: an app that the caller may manage (`apps.find`).
    """
    open_ones = (grants.of_app(client.client_id), grants.LIVE, grants.opens_something())
    users = select(OAuthGrant.firm_id, OAuthGrant.user_id).where(*open_ones)
    counted = select(func.count()).select_from(users.distinct().subquery())
    totals = select(func.count(), func.count(distinct(OAuthGrant.firm_id))).where(*open_ones)
    number, firms = session.execute(totals).one()
    return Use(number, session.scalar(counted) or 0, firms)


def last_errors(session: Session, client: OAuthClient, limit: int = LAST) -> list[Refusal]:
    """The last times that the app was refused something, the newest first.

    Args:
        client: an app that the caller may manage (`apps.find`).
    """
    refusals = (
        select(AuditEvent.at, AuditEvent.action, AuditEvent.details)
        .where(AuditEvent.client_id == client.client_id, AuditEvent.action.in_(REFUSALS))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(limit)
    )
    return [Refusal(*row) for row in session.execute(refusals)]


def last_uses(session: Session, clients: Sequence[OAuthClient]) -> dict[str, dt.datetime | None]:
    """When each of several apps was last used, by client id; what is missing never was.

    Args:
        clients: apps that the caller may manage (`apps.of_developer`, `apps.of_firm`).
    """
    latest = (
        select(OAuthGrant.client_id, func.max(OAuthGrant.last_used_at))
        .where(OAuthGrant.client_id.in_([client.client_id for client in clients]))
        .group_by(OAuthGrant.client_id)
    )
    return {client_id: at for client_id, at in session.execute(latest) if client_id is not None}


def requests(session: Session, client: OAuthClient) -> list[AskedFor]:
    """The requests that firms let the app in, those that still wait first.

    Args:
        client: an app that the caller may manage (`apps.find`).
    """
    asked = (
        select(AccessRequest.created_at, AccessRequest.is_approved, AccessRequest.decided_at)
        .where(AccessRequest.client_id == client.client_id)
        .order_by(AccessRequest.decided_at.is_not(None), AccessRequest.created_at.desc())
    )
    return [AskedFor(*row) for row in session.execute(asked)]
