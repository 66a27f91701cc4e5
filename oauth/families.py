"""Token families: a user's approval, the code it gives, and the tokens that descend from it.

Nothing here commits: what is stored belongs to the transaction of the request.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import Table, insert, select

from oauth.clients import Client
from oauth.credentials import digest, new_credential
from oauth.scopes import covers
from oauth.tables import Store, moment, seconds


class Owner(NamedTuple):
    """The user who approves, and the firm that the user belongs to."""

    firm_id: int
    user_id: str


@dataclass(frozen=True)
class Credential:
    """A code or refresh token that an app holds, with the grant it stands for."""

    hash: str
    owner: Owner
    grant_id: str
    client_id: str
    scope: str
    expires_at: dt.datetime
    revoked_at: dt.datetime | None
    redirect_uri: str | None = None
    code_challenge: str | None = None

    @property
    def is_dead(self) -> bool:
        return self.revoked_at is not None or self.expires_at <= moment()

    def get_redirect_uri(self) -> str | None:
        return self.redirect_uri

    def check_client(self, client: Client) -> bool:
        return self.client_id == client.client_id


def approve(
    store: Store,
    code: str,
    owner: Owner,
    client_id: str,
    *,
    scope: str,
    redirect_uri: str | None,
    challenge: str | None,
) -> None:
    """Start a family whose first tokens the code will give.

    Args:
        redirect_uri: as the app sent it, or None.
        challenge: the S256 challenge of PKCE, or None.
    """
    grant_id, at = str(uuid4()), moment()
    grant = {"id": grant_id, "client_id": client_id, "scope": scope, "created_at": at, **owner._asdict()}
    store.session.execute(insert(store.tables.grants).values(grant))
    row = {
        "hash": digest(code),
        "firm_id": owner.firm_id,
        "grant_id": grant_id,
        "expires_at": at + seconds(store.lifetimes.code),
        "redirect_uri": redirect_uri,
        "code_challenge": challenge,
    }
    store.session.execute(insert(store.tables.codes).values(row))


def find(store: Store, table: Table, credential: str, client_id: str) -> Credential | None:
    """The code or refresh token, if it was issued to this app. Spent and expired ones are found too."""
    grants = store.tables.grants
    joined = table.join(grants, (grants.c.firm_id == table.c.firm_id) & (grants.c.id == table.c.grant_id))
    own = (table.c.redirect_uri, table.c.code_challenge) if table is store.tables.codes else ()
    columns = (table.c.hash, table.c.grant_id, table.c.expires_at, *own)
    family = (grants.c.client_id, grants.c.scope, grants.c.revoked_at)
    row = store.session.execute(
        select(*columns, *family, grants.c.firm_id, grants.c.user_id)
        .select_from(joined)
        .where(table.c.hash == digest(credential), grants.c.client_id == client_id)
    ).first()
    if row is None:
        return None
    found = dict(row._mapping)
    return Credential(owner=Owner(found.pop("firm_id"), found.pop("user_id")), **found)


def issue(
    store: Store, family: Credential, *, scope: str, refresh_until: dt.datetime
) -> dict[str, str | int]:
    """Give the family its next pair of tokens; the answer of the token endpoint (RFC 6749 section 5.1).

    Args:
        scope: what the access token may do; the refresh token keeps the grant's.
    """
    access, refresh, at = new_credential(), new_credential(), moment()
    common = {"firm_id": family.owner.firm_id, "grant_id": family.grant_id}
    tables, lifetime = store.tables, store.lifetimes.access_token
    store.session.execute(
        insert(tables.access_tokens).values(
            hash=digest(access), scope=scope, expires_at=at + seconds(lifetime), **common
        )
    )
    store.session.execute(
        insert(tables.refresh_tokens).values(hash=digest(refresh), expires_at=refresh_until, **common)
    )
    return {
        "access_token": access,
        "token_type": "bearer",
        "expires_in": lifetime,
        "refresh_token": refresh,
        "scope": scope,
    }


def has_approved(store: Store, owner: Owner, client_id: str, scope: str) -> bool:
    """Whether the user has already let this app do all that, and not taken it back."""
    grants = store.tables.grants
    approved = (
        select(grants.c.scope)
        .where(grants.c.firm_id == owner.firm_id, grants.c.user_id == owner.user_id)
        .where(grants.c.client_id == client_id, grants.c.revoked_at.is_(None))
        .distinct()
    )
    return any(covers(given, scope) for given in store.session.scalars(approved))
