"""Registering the apps that may ask users for access."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import OAuthClient
from oauth.credentials import digest, new_credential
from oauth.redirects import check_redirect_uri
from oauth.scopes import FULL, is_known, listed, parse

LONGEST_NAME = 100


def register(
    session: Session,
    *,
    firm_id: int,
    name: str,
    redirect_uris: Sequence[str],
    confidential: bool = True,
    scope: str = FULL,
    requires_pkce: bool = True,
) -> tuple[OAuthClient, str | None]:
    """Register an app, and give it its id and, if it can keep one, its secret. The secret is shown only here.

    Args:
        firm_id: the developer's firm; users of other firms may approve the app too.
        confidential: whether the app runs where its users cannot read its secret.
        requires_pkce: off only for older clients that never send a challenge; a public app always needs one.

    Raises:
        InvalidBody: the name, a redirect URI or a scope cannot be registered.
    """
    _check(name, redirect_uris, scope)
    secret = new_credential() if confidential else None
    client = OAuthClient(
        client_id=secrets.token_hex(16),
        firm_id=firm_id,
        name=name.strip(),
        secret_hash=digest(secret) if secret else None,
        is_confidential=confidential,
        redirect_uris=list(redirect_uris),
        scope=listed(parse(scope)),
        requires_pkce=requires_pkce,
    )
    session.add(client)
    session.flush()
    return client, secret


def _check(name: str, redirect_uris: Sequence[str], scope: str) -> None:
    wrong: dict[str, list[str]] = {}
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        wrong["name"] = [f"An app has a name of 1 to {LONGEST_NAME} printable characters."]
    unusable = [problem for uri in redirect_uris if (problem := _problem(uri))]
    if unusable or not redirect_uris:
        wrong["redirect_uris"] = unusable or ["An app has at least one redirect URI."]
    if not parse(scope) or not all(is_known(part) for part in parse(scope)):
        wrong["scope"] = ["An app is registered for known scopes, and at least one."]
    if wrong:
        raise InvalidBody(wrong)


def _problem(uri: str) -> str | None:
    try:
        check_redirect_uri(uri)
    except ValueError as error:
        return str(error)
    return None
