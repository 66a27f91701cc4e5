"""The apps that may ask users for access: registering them, and what their developer may change.

An app belongs to the developer's firm. Whoever registered it may manage it, and every administrator of that
firm; to everybody else it does not exist.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from app.errors import InvalidBody, NotFound
from app.models import OAuthClient, User
from app.models.base import now
from app.models.identity import ADMINISTRATOR
from app.services import app_rules, audit, grants
from app.services.people import require_administrator
from oauth.credentials import digest, new_credential
from oauth.scopes import FULL, listed, parse

CODE_GRANTS = ("authorization_code", "refresh_token")
CLIENT_CREDENTIALS = "client_credentials"
CHANGEABLE = ("name", "homepage", "logo", "redirect_uris", "scope", "requires_pkce")
OVERLAP = 24
LONGEST_OVERLAP = 30 * 24
"""Hours that the secret before the last one may still work."""


def register(
    session: Session,
    *,
    firm_id: int | None,
    name: str,
    redirect_uris: Sequence[str],
    confidential: bool = True,
    scope: str = FULL,
    requires_pkce: bool = True,
    homepage: str | None = None,
    logo: bytes | None = None,
    grant_types: Sequence[str] = CODE_GRANTS,
    acts_as: User | None = None,
    developer: User | None = None,
    address: str | None = None,
    allows_dotless_schemes: bool = False,
) -> tuple[OAuthClient, str | None]:
    """Register an app, and give it its id and, if it can keep one, its secret. The secret is shown only here.

    Args:
        firm_id: the developer's firm; users of other firms may approve the app too. None for an app that
            registered itself.
        confidential: whether the app runs where its users cannot read its secret.
        requires_pkce: off only for older clients that never send a challenge; a public app always needs one.
        homepage: its address on the web.
        logo: a PNG, JPEG or WebP picture.
        grant_types: how it may come by tokens.
        acts_as: for a service account: the user of the firm as whom it acts by client credentials. Only an
            administrator can make one.
        developer: who registers it; None where that is no user.
        address: the network address of the request.
        allows_dotless_schemes: what the operator says to redirect URIs such as `myapp:/callback`.

    Raises:
        InvalidBody: something about it cannot be registered.
        Forbidden: the developer may not make a service account.
    """
    wanted = list(grant_types)
    if acts_as is not None:
        app_rules.check_service_account(firm_id, confidential, acts_as)
        if developer is not None:
            require_administrator(developer)
        wanted = list(dict.fromkeys([*wanted, CLIENT_CREDENTIALS]))
    needs_redirect = "authorization_code" in wanted
    app_rules.check(
        {"name": name, "redirect_uris": redirect_uris, "scope": scope, "homepage": homepage, "logo": logo},
        needs_redirect=needs_redirect,
        allows_dotless_schemes=allows_dotless_schemes,
    )
    secret = new_credential() if confidential else None
    client = OAuthClient(
        client_id=secrets.token_hex(16),
        firm_id=firm_id,
        developer_id=developer.id if developer else None,
        name=name.strip(),
        homepage=homepage or None,
        logo=logo or None,
        secret_hash=digest(secret) if secret else None,
        is_confidential=confidential,
        redirect_uris=list(redirect_uris),
        grant_types=wanted,
        scope=listed(parse(scope)),
        requires_pkce=requires_pkce,
        acts_as_id=acts_as.id if acts_as else None,
    )
    session.add(client)
    session.flush()
    _note(session, "app.registered", client, developer, address, name=client.name)
    return client, secret


def of_developer(session: Session, user: User) -> list[OAuthClient]:
    """The apps that the user registered, the newest first."""
    return list(
        session.scalars(_live(OAuthClient.firm_id == user.firm_id, OAuthClient.developer_id == user.id))
    )


def of_firm(session: Session, user: User) -> list[OAuthClient]:
    """Every app that the user's firm has registered, the newest first.

    Raises:
        Forbidden: the user is no administrator.
    """
    require_administrator(user)
    return list(session.scalars(_live(OAuthClient.firm_id == user.firm_id)))


def find(session: Session, user: User, client_id: str) -> OAuthClient:
    """An app that the user may manage, locked until the transaction ends.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    mine = _live(OAuthClient.firm_id == user.firm_id, OAuthClient.client_id == client_id)
    client = None if "\0" in client_id else session.scalar(mine.with_for_update())
    if client is None or not (user.role == ADMINISTRATOR or client.developer_id == user.id):
        raise NotFound("There is no such app among yours.")
    return client


def change(
    session: Session,
    user: User,
    client_id: str,
    *,
    address: str | None = None,
    allows_dotless_schemes: bool = False,
    **values: Any,
) -> OAuthClient:
    """Change what the developer may: any of CHANGEABLE. What is left out stays.

    Args:
        allows_dotless_schemes: what the operator says to redirect URIs such as `myapp:/callback`.

    Raises:
        NotFound: the app is not the user's.
        InvalidBody: a value will not do.
    """
    if unknown := values.keys() - set(CHANGEABLE):
        raise TypeError(f"No such property of an app: {', '.join(sorted(unknown))}")
    client = find(session, user, client_id)
    app_rules.check(
        values,
        needs_redirect="authorization_code" in client.grant_types,
        allows_dotless_schemes=allows_dotless_schemes,
    )
    if "scope" in values:
        values["scope"] = listed(parse(values["scope"]))
    if "name" in values:
        values["name"] = values["name"].strip()
    changed = [name for name, value in values.items() if getattr(client, name) != (value or _empty(value))]
    for name in changed:
        setattr(client, name, values[name] or _empty(values[name]))
    if changed:
        told = {name: values[name] for name in changed if name != "logo"}
        _note(session, "app.changed", client, user, address, changed=changed, **told)
    session.flush()
    return client


def _empty(value: Any) -> Any:
    return None if value in ("", b"") else value


def rotate_secret(
    session: Session, user: User, client_id: str, *, overlap: int = OVERLAP, address: str | None = None
) -> str:
    """Give a confidential app a new secret, which is shown only here.

    Args:
        overlap: for how many more hours the present secret works beside the new one; 0 ends it at once.

    Raises:
        NotFound: the app is not the user's.
        InvalidBody: it has no secret, or the overlap is longer than 30 days.
    """
    client = find(session, user, client_id)
    return replace_secret(session, client, overlap=overlap, user=user, address=address)


def replace_secret(
    session: Session,
    client: OAuthClient,
    *,
    overlap: int = OVERLAP,
    user: User | None = None,
    address: str | None = None,
) -> str:
    """The same for an operator, who needs no right to the app."""
    if not client.is_confidential:
        raise InvalidBody({"client_id": ["A public app has no secret."]})
    if not 0 <= overlap <= LONGEST_OVERLAP:
        raise InvalidBody({"overlap": [f"The overlap is 0 to {LONGEST_OVERLAP} hours."]})
    secret = new_credential()
    client.previous_secret_hash = client.secret_hash if overlap else None
    client.previous_secret_until = now() + dt.timedelta(hours=overlap) if overlap else None
    client.secret_hash = digest(secret)
    session.flush()
    _note(session, "app.secret_rotated", client, user, address, overlap_hours=overlap)
    return secret


def delete(session: Session, user: User, client_id: str, *, address: str | None = None) -> int:
    """Delete an app: nothing that was ever issued to it works any more, in any firm.

    Returns:
        How many grants ended.
    """
    client = find(session, user, client_id)
    client.deleted_at = now()
    client.secret_hash = client.previous_secret_hash = client.registration_token_hash = None
    session.flush()
    ended = grants.end_where(session, grants.of_app(client.client_id))
    _note(session, "app.deleted", client, user, address, name=client.name, grants=ended)
    return ended


def _live(*conditions: ColumnElement[bool]) -> Select[OAuthClient]:
    live = select(OAuthClient).where(OAuthClient.deleted_at.is_(None), *conditions)
    return live.order_by(OAuthClient.created_at.desc(), OAuthClient.client_id)


def _note(
    session: Session,
    action: str,
    client: OAuthClient,
    user: User | None,
    address: str | None,
    **details: object,
) -> None:
    audit.record(
        session,
        action,
        firm_id=client.firm_id,
        user_id=user.id if user else None,
        client_id=client.client_id,
        address=address,
        **details,
    )
