"""What codes and refresh tokens have in common when they are turned into tokens."""

from __future__ import annotations

from typing import Any

from authlib.oauth2.rfc6749 import InvalidGrantError
from sqlalchemy import Table

from oauth.clients import Client
from oauth.families import Credential
from oauth.scopes import meet
from oauth.spending import refuse_second_use, spend
from oauth.tables import Owner

TokenAnswer = tuple[int, dict[str, str | int], list[tuple[str, str]]]


def redeem(grant: Any, table: Table, credential: Credential) -> None:
    """Spend a credential.

    Raises:
        InvalidGrantError: it was spent before, has expired or is revoked.
    """
    store = grant.server.store
    if not spend(store, table, credential.hash):
        refuse_second_use(store, table, credential, grant.request.began)
        raise InvalidGrantError("It was used before.")
    if credential.is_dead:
        raise InvalidGrantError("It has expired or was revoked.")


def check_connected(grant: Any, owner: Owner, client_id: str) -> None:
    """Refuse an app that may not act for this user now.

    Raises:
        InvalidGrantError: the user is gone, or the firm does not let the app in.
    """
    if not grant.server.may_connect(owner, client_id):
        raise InvalidGrantError("The user, or the firm, does not let this app in any more.")


def scope_within(client: Client, scope: str) -> str:
    """The part of a scope that the app is registered for today.

    Raises:
        InvalidGrantError: nothing of it is left.
    """
    left = meet(client.scope, scope)
    if not left:
        raise InvalidGrantError("The app is not registered for this scope any more.")
    return left
