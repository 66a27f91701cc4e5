"""Token families: a user's approval, the code it gives, and the tokens that descend from it.

Nothing here commits: what is stored belongs to the transaction of the request.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Table, insert, select, update

from oauth.clients import Client
from oauth.credentials import digest, new_credential
from oauth.events import What
from oauth.scopes import covers
from oauth.tables import Owner, Store, moment, seconds


@dataclass(frozen=True)
class Family:
    """A grant: what a user lets an app do."""

    owner: Owner
    grant_id: str
    client_id: str
    scope: str
    resource: str | None


@dataclass(frozen=True)
class Credential(Family):
    """A code or token that an app holds, with the grant it stands for."""

    hash: str
    created_at: dt.datetime
    expires_at: dt.datetime
    revoked_at: dt.datetime | None
    is_access_token: bool
    used_at: dt.datetime | None = None
    redirect_uri: str | None = None
    code_challenge: str | None = None

    @property
    def is_dead(self) -> bool:
        return self.revoked_at is not None or self.expires_at <= moment()

    def get_redirect_uri(self) -> str | None:
        return self.redirect_uri

    def check_client(self, client: Client) -> bool:
        return self.client_id == client.client_id


def begin(
    store: Store, owner: Owner, client_id: str, *, kind: str, scope: str, resource: str | None
) -> Family:
    """Start a family. Only a user who has just approved is told of: a device's user did so before
    (`oauth.devices.decide`), a service account never does.

    Args:
        kind: how it comes about: `authorization_code`, `device_code` or `client_credentials`.
        resource: the resource indicators of the request, separated by spaces (RFC 8707).
    """
    family = Family(owner, str(uuid4()), client_id, scope, resource)
    row = {"id": family.grant_id, "client_id": client_id, "kind": kind, "scope": scope, "resource": resource}
    store.session.execute(insert(store.tables.grants).values(**row, created_at=moment(), **owner._asdict()))
    if kind == "authorization_code":
        store.tell(What.APPROVED, client_id, owner.firm_id, owner.user_id, scope=scope, resource=resource)
    return family


def give_code(
    store: Store, family: Family, code: str, *, redirect_uri: str | None, challenge: str | None
) -> None:
    """Keep the code that stands for a family until its first tokens.

    Args:
        redirect_uri: as the app sent it, or None.
        challenge: the S256 challenge of PKCE, or None.
    """
    row = {
        "hash": digest(code),
        "firm_id": family.owner.firm_id,
        "grant_id": family.grant_id,
        "expires_at": moment() + seconds(store.lifetimes.code),
        "redirect_uri": redirect_uri,
        "code_challenge": challenge,
    }
    store.session.execute(insert(store.tables.codes).values(row))


def find(store: Store, table: Table, credential: str, client_id: str) -> Credential | None:
    """The code or token, if it was issued to this app. Spent and expired ones are found too.

    An access token is found with its own scope, the others with that of their grant.
    """
    grants, is_access_token = store.tables.grants, table is store.tables.access_tokens
    joined = table.join(grants, (grants.c.firm_id == table.c.firm_id) & (grants.c.id == table.c.grant_id))
    scope = table.c.scope if is_access_token else grants.c.scope
    wanted = ("hash", "grant_id", "created_at", "expires_at", "used_at", "redirect_uri", "code_challenge")
    columns = [table.c[name] for name in wanted if name in table.c]
    family = (scope, grants.c.client_id, grants.c.resource, grants.c.revoked_at)
    row = store.session.execute(
        select(*columns, *family, grants.c.firm_id, grants.c.user_id)
        .select_from(joined)
        .where(table.c.hash == digest(credential), grants.c.client_id == client_id)
    ).first()
    if row is None:
        return None
    found = dict(row._mapping)
    owner = Owner(found.pop("firm_id"), found.pop("user_id"))
    return Credential(owner=owner, is_access_token=is_access_token, **found)


def issue(
    store: Store,
    family: Family,
    *,
    scope: str,
    refresh_until: dt.datetime | None,
    parent: str | None = None,
) -> dict[str, str | int]:
    """Give the family its next tokens; the answer of the token endpoint (RFC 6749 section 5.1).

    Args:
        scope: what the access token may do; a refresh token keeps the grant's.
        refresh_until: when the refresh token expires; None gives none.
        parent: the digest of the refresh token that buys them; None for the family's first.
    """
    access, at = new_credential(), moment()
    common = {"firm_id": family.owner.firm_id, "grant_id": family.grant_id, "created_at": at}
    tables, lifetime = store.tables, store.lifetimes.access_token
    row = {"hash": digest(access), "scope": scope, "expires_at": at + seconds(lifetime), **common}
    store.session.execute(insert(tables.access_tokens).values(row))
    answer: dict[str, str | int] = {
        "access_token": access,
        "token_type": "bearer",
        "expires_in": lifetime,
    }
    if refresh_until is not None:
        answer["refresh_token"] = refresh = new_credential()
        row = {"hash": digest(refresh), "expires_at": refresh_until, "parent_hash": parent, **common}
        store.session.execute(insert(tables.refresh_tokens).values(row))
    what = What.ISSUED if parent is None else What.REFRESHED
    store.tell(what, family.client_id, family.owner.firm_id, family.owner.user_id, scope=scope)
    return {**answer, "scope": scope}


def revoke(store: Store, family: Family) -> None:
    """End a family, and with it every token that it has, at once and in every process."""
    grants = store.tables.grants
    store.session.execute(
        update(grants)
        .where(grants.c.firm_id == family.owner.firm_id, grants.c.id == family.grant_id)
        .where(grants.c.revoked_at.is_(None) | grants.c.revoked_for.is_not(None))
        .values(revoked_at=moment(), revoked_for=None)
    )
    store.tell(What.REVOKED, family.client_id, family.owner.firm_id, family.owner.user_id)


def keep_resource(store: Store, family: Family, asked: str | None) -> None:
    """Keep the resource that an app names only when it redeems its code (RFC 8707 section 2.2)."""
    if asked and family.resource is None:
        grants = store.tables.grants
        own = (grants.c.firm_id == family.owner.firm_id) & (grants.c.id == family.grant_id)
        store.session.execute(update(grants).where(own).values(resource=asked))


def has_approved(store: Store, owner: Owner, client_id: str, scope: str) -> bool:
    """Whether the user has already let this app do all that, and not taken it back."""
    grants = store.tables.grants
    approved = (
        select(grants.c.scope)
        .where(grants.c.firm_id == owner.firm_id, grants.c.user_id == owner.user_id)
        .where(grants.c.client_id == client_id, grants.c.revoked_at.is_(None))
        .where(grants.c.kind == "authorization_code")
        .distinct()
    )
    return any(covers(given, scope) for given in store.session.scalars(approved))
