"""Reading the audit trail: for an administrator, who did what at the firm, the last first."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from app.models import AccessRequest, AuditEvent, OAuthClient, OAuthGrant, User
from app.models.types import is_guid
from app.services.audit import ACTIONS
from app.services.people import require_administrator
from app.services.spreadsheets import comma_separated

PAGE = 50
PAGE_OF_CSV = 1_000
HEADINGS = ("time (UTC)", "action", "user", "user id", "app", "client id", "address", "details")


@dataclass(frozen=True)
class Filter:
    """Which events to show; what is None does not count.

    Args:
        action: an action such as `grant.revoked`, or the first word of several, such as `grant`.
        since, until: aware moments; the first is included, the second is not.
        before: where the page before ended (`Page.next`).
    """

    action: str | None = None
    user_id: str | None = None
    client_id: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    before: str | None = None


@dataclass(frozen=True)
class Entry:
    """An event, with the names that go with its ids today."""

    id: str
    at: dt.datetime
    action: str
    user_id: str | None
    user_name: str | None
    client_id: str | None
    app_name: str | None
    address: str | None
    details: dict[str, Any]

    @property
    def who(self) -> str:
        """The user's name, or what else is known of who did it: what has no network address, the operator did."""
        if self.user_id:
            return self.user_name or self.user_id
        return "somebody" if self.address else "command line"

    @property
    def in_words(self) -> str:
        """What happened, as it reads after the user's name."""
        return ACTIONS.get(self.action, self.action)


@dataclass(frozen=True)
class Page:
    """Some entries, and where the next page begins; None on the last one."""

    entries: list[Entry]
    next: str | None


def page(session: Session, administrator: User, wanted: Filter, size: int = PAGE) -> Page:
    """One page of the firm's events.

    Raises:
        Forbidden: the user is no administrator.
    """
    require_administrator(administrator)
    rows = session.execute(_events(administrator.firm_id, wanted).limit(size + 1)).all()
    entries = [_entry(row) for row in rows[:size]]
    last = entries[-1] if len(rows) > size else None
    return Page(entries, f"{last.at.replace(tzinfo=None).isoformat()}_{last.id}" if last else None)


def as_csv(session: Session, administrator: User, wanted: Filter) -> Iterator[str]:
    """All of them as CSV (RFC 4180), in pieces of a thousand lines.

    Raises:
        Forbidden: the user is no administrator; when the first piece is taken.
    """
    yield comma_separated([HEADINGS])
    while True:
        found = page(session, administrator, wanted, PAGE_OF_CSV)
        yield comma_separated([_cells(entry) for entry in found.entries])
        if found.next is None:
            return
        wanted = replace(wanted, before=found.next)


def apps_known_to(session: Session, administrator: User) -> list[tuple[str, str]]:
    """The apps of which the firm's trail may tell, as id and name: its own, those that users have connected,
    and those that they have asked for.

    Raises:
        Forbidden: the user is no administrator.
    """
    require_administrator(administrator)
    firm_id = administrator.firm_id
    connected = select(OAuthGrant.client_id).where(OAuthGrant.firm_id == firm_id)
    asked = select(AccessRequest.client_id).where(AccessRequest.firm_id == firm_id)
    known = or_(
        OAuthClient.firm_id == firm_id,
        OAuthClient.client_id.in_(connected),
        OAuthClient.client_id.in_(asked),
    )
    named = select(OAuthClient.client_id, OAuthClient.name).where(known)
    rows = session.execute(named.order_by(func.lower(OAuthClient.name), OAuthClient.client_id))
    return [(client_id, name) for client_id, name in rows]


def _events(firm_id: int, wanted: Filter) -> Select[AuditEvent, str, str]:
    return (
        select(AuditEvent, User.display_name, OAuthClient.name)
        .outerjoin(User, and_(User.firm_id == AuditEvent.firm_id, User.id == AuditEvent.user_id))
        .outerjoin(OAuthClient, OAuthClient.client_id == AuditEvent.client_id)
        .where(AuditEvent.firm_id == firm_id, *_conditions(wanted))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    )


def _conditions(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.action:
        yield AuditEvent.action.in_(
            [action for action in ACTIONS if wanted.action in (action, action.partition(".")[0])]
        )
    if wanted.user_id:
        yield AuditEvent.user_id == wanted.user_id if is_guid(wanted.user_id) else false()
    if wanted.client_id:
        yield AuditEvent.client_id == wanted.client_id.replace("\0", "")
    if wanted.since:
        yield AuditEvent.at >= wanted.since
    if wanted.until:
        yield AuditEvent.at < wanted.until
    if place := _place(wanted.before or ""):
        at, event_id = place
        yield or_(AuditEvent.at < at, and_(AuditEvent.at == at, AuditEvent.id < event_id))


def _place(before: str) -> tuple[dt.datetime, str] | None:
    """The moment and the id of the last event that was shown; None for what never was such a place."""
    moment, _, event_id = before.partition("_")
    try:
        at = dt.datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at.replace(tzinfo=dt.UTC), event_id) if is_guid(event_id) else None


def _entry(row: Row[AuditEvent, str | None, str | None]) -> Entry:
    event, user_name, app_name = row
    return Entry(
        event.id,
        event.at,
        event.action,
        event.user_id,
        user_name,
        event.client_id,
        app_name,
        event.address,
        event.details,
    )


def _cells(entry: Entry) -> tuple[str | None, ...]:
    return (
        entry.at.replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds"),
        entry.action,
        entry.who,
        entry.user_id,
        entry.app_name,
        entry.client_id,
        entry.address,
        json.dumps(entry.details, ensure_ascii=False, sort_keys=True) if entry.details else "",
    )
