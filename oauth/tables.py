"""What the server needs of its host: five tables, a session, and how long things last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Table
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Tables:
    """The host's tables; each needs at least the columns named.

    Args:
        clients: client_id, name, secret_hash, is_confidential, redirect_uris, scope, requires_pkce.
        grants: firm_id, id, user_id, client_id, scope, created_at, revoked_at, revoked_for.
        codes: hash, firm_id, grant_id, expires_at, used_at, refusals, redirect_uri, code_challenge.
        access_tokens: hash, firm_id, grant_id, expires_at, scope.
        refresh_tokens: hash, firm_id, grant_id, expires_at, used_at, refusals.
    """

    clients: Table
    grants: Table
    codes: Table
    access_tokens: Table
    refresh_tokens: Table


@dataclass(frozen=True)
class Lifetimes:
    """How long each credential works, in seconds."""

    code: int
    access_token: int
    refresh_token: int


@dataclass(frozen=True)
class Store:
    """The tables, reached through the session of the request's transaction, which the host commits."""

    session: Session
    tables: Tables
    lifetimes: Lifetimes


def moment() -> dt.datetime:
    """Now in UTC, to the millisecond: what the tables keep, so that times compare as they are stored."""
    now = dt.datetime.now(dt.UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def seconds(count: int) -> dt.timedelta:
    return dt.timedelta(seconds=count)
