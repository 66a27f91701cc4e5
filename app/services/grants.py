"""What users have let apps do: seeing it, and taking it back.

Ending a grant is one column, which every token check reads: whatever was issued under it is dead at once, in
every process.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import OAuthAccessToken, OAuthClient, OAuthCode, OAuthGrant, OAuthRefreshToken, User
from app.models.base import now
from app.models.identity import ADMINISTRATOR
from app.models.oauth import Credential
from app.models.types import is_guid
from app.services import audit
from app.services.people import require_administrator
from oauth.credentials import digest
from oauth.scopes import listed, meet, parse

PERSONAL = "personal"
WITH_CONSENT = "authorization_code"
LIVE = OAuthGrant.revoked_at.is_(None)


@dataclass(frozen=True)
class ConnectedApp:
    """An app that a user has connected, however many times; `scope` is what it may do now.

    Args:
        opens: whether any code or token of it still works. Where none does, the app may come back without asking.
    """

    client_id: str
    name: str
    homepage: str | None
    scope: str
    since: dt.datetime
    last_used_at: dt.datetime | None
    opens: bool


@dataclass(frozen=True)
class FirmGrant:
    """One grant, as an administrator sees it; of a personal access token there is no app."""

    id: str
    user_id: str
    user_name: str
    client_id: str | None
    name: str
    kind: str
    scope: str
    since: dt.datetime
    last_used_at: dt.datetime | None


def of_app(client_id: str) -> ColumnElement[bool]:
    return OAuthGrant.client_id == client_id


def of_person(user: User) -> ColumnElement[bool]:
    return and_(OAuthGrant.firm_id == user.firm_id, OAuthGrant.user_id == user.id)


def of_user(session: Session, user: User) -> list[ConnectedApp]:
    """The apps that the user has connected, by name: those that can get in, now or without asking anew."""
    opens = opens_something()
    given = (
        select(OAuthClient.client_id, OAuthClient.name, OAuthClient.homepage)
        .add_columns(OAuthClient.scope.label("registered"))
        .add_columns(OAuthGrant.scope, OAuthGrant.created_at, OAuthGrant.last_used_at, opens.label("opens"))
        .join(OAuthGrant, OAuthGrant.client_id == OAuthClient.client_id)
        .where(of_person(user), LIVE, or_(opens, _is_remembered()))
        .order_by(func.lower(OAuthClient.name), OAuthClient.client_id)
    )
    apps: dict[str, ConnectedApp] = {}
    for row in session.execute(given):
        known, scope = apps.get(row.client_id), meet(row.registered, row.scope)
        apps[row.client_id] = ConnectedApp(
            row.client_id,
            row.name,
            row.homepage,
            listed(parse(scope) | parse(known.scope)) if known else scope,
            min(row.created_at, known.since) if known else row.created_at,
            _later(row.last_used_at, known.last_used_at if known else None),
            row.opens or (known is not None and known.opens),
        )
    return list(apps.values())


def of_firm(session: Session, administrator: User) -> list[FirmGrant]:
    """Every grant of the firm that still opens something, by user and app: not those of which every code and token
    has expired, nor those of users who are gone.

    Raises:
        Forbidden: the user is no administrator.
    """
    require_administrator(administrator)
    shown = func.coalesce(OAuthClient.name, OAuthGrant.name, "")
    given = (
        select(OAuthGrant, User.display_name, shown, OAuthClient.scope)
        .join(User, and_(User.firm_id == OAuthGrant.firm_id, User.id == OAuthGrant.user_id))
        .outerjoin(OAuthClient, OAuthClient.client_id == OAuthGrant.client_id)
        .where(
            OAuthGrant.firm_id == administrator.firm_id, LIVE, User.deleted_at.is_(None), opens_something()
        )
        .order_by(func.lower(User.display_name), func.lower(shown), OAuthGrant.created_at, OAuthGrant.id)
    )
    return [
        FirmGrant(
            grant.id,
            grant.user_id,
            user_name,
            grant.client_id,
            name,
            grant.kind,
            grant.scope if registered is None else meet(registered, grant.scope),
            grant.created_at,
            grant.last_used_at,
        )
        for grant, user_name, name, registered in session.execute(given)
    ]


def revoke(session: Session, user: User, grant_id: str, *, address: str | None = None) -> None:
    """End one grant: the user's own, or for an administrator anybody's in the firm.

    Raises:
        NotFound: there is no such live grant that the user may end.
    """
    mine = [OAuthGrant.firm_id == user.firm_id, OAuthGrant.id == grant_id, LIVE]
    if user.role != ADMINISTRATOR:
        mine.append(OAuthGrant.user_id == user.id)
    grant = session.scalar(select(OAuthGrant).where(*mine)) if is_guid(grant_id) else None
    if grant is None:
        raise NotFound("There is no such grant, or it has ended already.")
    end_where(session, OAuthGrant.firm_id == grant.firm_id, OAuthGrant.id == grant.id)
    told = {"client_id": grant.client_id, "of": grant.user_id, "name": grant.name}
    audit.record_by(session, user, "grant.revoked", address=address, **told)


def revoke_by_code(session: Session, user: User, code: str, *, address: str | None = None) -> None:
    """End the user's own grant that a code belongs to, if it has not ended already."""
    given = (OAuthCode.firm_id == user.firm_id, OAuthCode.hash == digest(code))
    of_code = select(OAuthCode.grant_id).where(*given).scalar_subquery()
    live = select(OAuthGrant.id).where(of_person(user), OAuthGrant.id == of_code, LIVE)
    if grant_id := session.scalar(live):
        revoke(session, user, grant_id, address=address)


def disconnect(session: Session, user: User, client_id: str, *, address: str | None = None) -> int:
    """End everything that the user has let an app do; how many grants that were.

    Raises:
        NotFound: the app is not connected.
    """
    ended = 0 if "\0" in client_id else end_where(session, of_person(user), of_app(client_id), LIVE)
    if not ended:
        raise NotFound("This app is not connected to your account.")
    audit.record_by(session, user, "grant.revoked", client_id=client_id, address=address, grants=ended)
    return ended


def end_where(session: Session, *conditions: ColumnElement[bool]) -> int:
    """End the grants that meet the conditions, for good; how many there were.

    A grant that only the replay of a credential has ended could come back (`oauth.spending`); after this it
    cannot.
    """
    ending = update(OAuthGrant).where(*conditions, or_(LIVE, OAuthGrant.revoked_for.is_not(None)))
    values = {"revoked_at": func.coalesce(OAuthGrant.revoked_at, now()), "revoked_for": None}
    return int(session.execute(ending.values(values)).rowcount)  # type: ignore[attr-defined]


def opens_something() -> ColumnElement[bool]:
    """Whether a grant that is live still has a code or a token that works."""
    return or_(
        _alive(OAuthAccessToken),
        _alive(OAuthRefreshToken, OAuthRefreshToken.used_at.is_(None)),
        _alive(OAuthCode, OAuthCode.used_at.is_(None)),
    )


def _is_remembered() -> ColumnElement[bool]:
    """Whether the app is let in again without a question, as `oauth.families.has_approved` knows."""
    return and_(OAuthClient.is_confidential, OAuthGrant.kind == WITH_CONSENT)


def _alive(model: type[Credential], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the grant has a code or token of this kind that has not expired."""
    own = (model.firm_id == OAuthGrant.firm_id, model.grant_id == OAuthGrant.id)
    return exists().where(*own, model.expires_at > now(), *conditions)


def _later(one: dt.datetime | None, other: dt.datetime | None) -> dt.datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)
