"""What the server needs of its host: six tables, a session, how long things last, and who hears of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Table
from sqlalchemy.orm import Session

from oauth.events import Event, Report, What


class Owner(NamedTuple):
    """The user who approves, and the firm that the user belongs to."""

    firm_id: int
    user_id: str


@dataclass(frozen=True)
class Tables:
    """The host's tables; each needs at least the columns named.

    Args:
        clients: client_id, firm_id, name, secret_hash, previous_secret_hash, previous_secret_until,
            is_confidential, redirect_uris, grant_types, scope, requires_pkce, acts_as_id, deleted_at; for
            registration also homepage, logo_uri, auth_method, registration_token_hash, created_at.
        grants: firm_id, id, user_id, client_id, kind, scope, resource, created_at, revoked_at, revoked_for.
        codes: hash, firm_id, grant_id, expires_at, used_at, refusals, redirect_uri, code_challenge.
        access_tokens: hash, firm_id, grant_id, created_at, expires_at, scope.
        refresh_tokens: hash, firm_id, grant_id, created_at, expires_at, used_at, refusals, parent_hash.
        device_codes: hash, user_code_hash, client_id, scope, resource, created_at, expires_at, interval,
            polled_at, firm_id, user_id, is_approved, used_at.
    """

    clients: Table
    grants: Table
    codes: Table
    access_tokens: Table
    refresh_tokens: Table
    device_codes: Table


@dataclass(frozen=True)
class Lifetimes:
    """How long each credential works, in seconds.

    Args:
        grace: how long a refresh token whose answer was lost may be used again; 0 for never.
    """

    code: int
    access_token: int
    refresh_token: int
    device_code: int
    grace: int = 0


@dataclass(frozen=True)
class Store:
    """The tables, reached through the session of the request's transaction, which the host commits.

    Args:
        report: hears of what happens, within the same transaction.
    """

    session: Session
    tables: Tables
    lifetimes: Lifetimes
    report: Report

    def tell(
        self,
        what: What,
        client_id: str | None,
        firm_id: int | None,
        user_id: str | None = None,
        **facts: object,
    ) -> None:
        """Report an event (the arguments are those of `Event`)."""
        self.report(Event(what, client_id, firm_id, user_id, facts))


def moment() -> dt.datetime:
    """Now in UTC, to the millisecond: what the tables keep, so that times compare as they are stored."""
    now = dt.datetime.now(dt.UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def seconds(count: int) -> dt.timedelta:
    return dt.timedelta(seconds=count)
