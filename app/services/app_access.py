"""Which apps a firm lets in.

An app works for its developer's own firm and for demo data at once. Any other firm is asked first: one of its
users asks, one of its administrators decides, unless the firm approves every app by itself.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import AccessRequest, Firm, OAuthClient, OAuthGrant, User
from app.models.base import now
from app.services import audit, grants
from app.services.numbering import INSERTS
from app.services.people import require_administrator

Decision: TypeAlias = Literal["allowed", "pending", "refused", "unasked"]
LONGEST_REASON = 500


@dataclass(frozen=True)
class Asked:
    """An app that somebody asked for, and what became of it."""

    client_id: str
    app_name: str
    homepage: str | None
    asked_by: str
    reason: str | None
    asked_at: dt.datetime
    is_approved: bool | None
    decided_at: dt.datetime | None


def decision(session: Session, client_id: str, firm_id: int) -> Decision:
    """Whether the users of a firm may connect an app."""
    client, firm = session.get(OAuthClient, client_id), session.get(Firm, firm_id)
    if client is None or client.deleted_at is not None or firm is None:
        return "refused"
    if client.firm_id == firm_id:
        return "allowed"
    request = session.get(AccessRequest, (firm_id, client_id))
    if request is not None and request.is_approved is not None:
        return "allowed" if request.is_approved else "refused"
    if firm.approves_apps or firm.is_demo:
        return "allowed"
    return "pending" if request is not None else "unasked"


def ask(
    session: Session, user: User, client_id: str, *, reason: str | None = None, address: str | None = None
) -> Decision:
    """Ask the user's firm to let an app in. Asking again changes nothing, not even who asked first.

    Args:
        reason: what the user says to the administrator; cut to 500 characters.

    Returns:
        How things stand now.

    Raises:
        NotFound: there is no such app.
    """
    _app(session, client_id)
    standing = decision(session, client_id, user.firm_id)
    if standing != "unasked":
        return standing
    said = "".join(filter(str.isprintable, reason or "")).strip()[:LONGEST_REASON] or None
    if _insert_unless_there(session, user, client_id, reason=said):
        audit.record_by(session, user, "access.requested", client_id=client_id, address=address, reason=said)
    return "pending"


def decide(
    session: Session, administrator: User, client_id: str, approve: bool, *, address: str | None = None
) -> None:
    """Let an app into the firm, or refuse it; an earlier decision can be changed.

    Refusing ends every grant that the firm's users have given the app, at once.

    Raises:
        Forbidden: the user is no administrator.
        NotFound: there is no such app.
    """
    require_administrator(administrator)
    _app(session, client_id)
    _insert_unless_there(session, administrator, client_id)
    key = (administrator.firm_id, client_id)
    request = session.get_one(AccessRequest, key, with_for_update=True, populate_existing=True)
    was_in = request.is_approved
    request.is_approved, request.decided_at, request.decided_by_id = approve, now(), administrator.id
    session.flush()
    if approve:
        audit.record_by(session, administrator, "access.approved", client_id=client_id, address=address)
        return
    ended = grants.end_where(
        session, OAuthGrant.firm_id == administrator.firm_id, OAuthGrant.client_id == client_id
    )
    action = "access.withdrawn" if was_in else "access.refused"
    audit.record_by(session, administrator, action, client_id=client_id, address=address, grants=ended)


def of_firm(session: Session, administrator: User, *, pending: bool = False) -> list[Asked]:
    """The apps that were asked for, those that still wait first.

    Args:
        pending: only those that nobody has decided on.

    Raises:
        Forbidden: the user is no administrator.
    """
    require_administrator(administrator)
    asked = (
        select(AccessRequest, OAuthClient.name, OAuthClient.homepage, User.display_name)
        .join(OAuthClient, OAuthClient.client_id == AccessRequest.client_id)
        .join(User, (User.firm_id == AccessRequest.firm_id) & (User.id == AccessRequest.user_id))
        .where(AccessRequest.firm_id == administrator.firm_id, OAuthClient.deleted_at.is_(None))
        .order_by(AccessRequest.decided_at.is_not(None), AccessRequest.created_at.desc())
    )
    if pending:
        asked = asked.where(AccessRequest.is_approved.is_(None))
    return [
        Asked(
            request.client_id,
            name,
            homepage,
            who,
            request.reason,
            request.created_at,
            request.is_approved,
            request.decided_at,
        )
        for request, name, homepage, who in session.execute(asked)
    ]


def set_approves_apps(
    session: Session, administrator: User, approves: bool, *, address: str | None = None
) -> None:
    """Say whether the firm lets every app in without a request.

    When that ends, the apps that users have connected until then stay, as if each had been approved.

    Raises:
        Forbidden: the user is no administrator.
    """
    require_administrator(administrator)
    firm = session.get_one(Firm, administrator.firm_id, with_for_update=True)
    if firm.approves_apps == approves:
        return
    firm.approves_apps = approves
    session.flush()
    if not approves:
        _keep_connected(session, administrator)
    audit.record_by(session, administrator, "firm.changed", address=address, approves_apps=approves)


def _keep_connected(session: Session, administrator: User) -> None:
    firm_id = administrator.firm_id
    connected = (
        select(OAuthGrant.client_id)
        .where(OAuthGrant.firm_id == firm_id, grants.LIVE, OAuthGrant.client_id.is_not(None))
        .distinct()
    )
    verdict = {"decided_by_id": administrator.id, "decided_at": now(), "is_approved": True}
    pending = (AccessRequest.firm_id == firm_id, AccessRequest.is_approved.is_(None))
    session.execute(
        update(AccessRequest).where(*pending, AccessRequest.client_id.in_(connected)).values(verdict)
    )
    asked = select(AccessRequest.client_id).where(AccessRequest.firm_id == firm_id)
    rows = [
        {"firm_id": firm_id, "client_id": client_id, "user_id": administrator.id, **verdict}
        for client_id in session.scalars(connected.where(OAuthGrant.client_id.not_in(asked)))
    ]
    if rows:
        session.execute(insert(AccessRequest), rows)


def _app(session: Session, client_id: str) -> OAuthClient:
    client = None if "\0" in client_id else session.get(OAuthClient, client_id)
    if client is None or client.deleted_at is not None:
        raise NotFound("There is no such app.")
    return client


def _insert_unless_there(session: Session, user: User, client_id: str, **values: object) -> bool:
    """Several users may ask at the same moment; the first one's request counts."""
    row = {"firm_id": user.firm_id, "client_id": client_id, "user_id": user.id, "created_at": now(), **values}
    adding = INSERTS[session.get_bind().dialect.name](AccessRequest).values(row)
    added = adding.on_conflict_do_nothing().returning(AccessRequest.client_id)
    return session.execute(added).first() is not None
