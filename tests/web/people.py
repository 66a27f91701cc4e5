"""People in browsers of their own: two members of a firm, their administrator, and one of another firm."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.extensions import Database
from app.models import AuditEvent, OAuthClient, User
from app.services import apps
from tests.firms import PASSWORD, Workplace, issue_token
from tests.web.developer.steps import Portal, colleague


@pytest.fixture
def bob(app: Flask, session: Session, workplace: Workplace) -> Portal:
    return Portal(app, colleague(session, workplace))


@pytest.fixture
def coworker(app: Flask, session: Session, workplace: Workplace) -> Portal:
    return Portal(app, colleague(session, workplace))


@pytest.fixture
def ada(app: Flask, workplace: Workplace) -> Portal:
    """The administrator."""
    return Portal(app, workplace.email)


@pytest.fixture
def stranger(app: Flask, other_workplace: Workplace) -> Portal:
    """An administrator, but of another firm."""
    return Portal(app, other_workplace.email)


@pytest.fixture
def ledger(session: Session, workplace: Workplace) -> OAuthClient:
    """An app of the firm."""
    client, _ = apps.register(
        session, firm_id=workplace.firm_id, name="Ledger", redirect_uris=["https://ledger.example.com/"]
    )
    session.commit()
    return client


def user_of(database: Database, somebody: Portal) -> User:
    """The user as the database has it now; no lock is held."""
    with database.session() as work:
        return work.scalars(select(User).where(User.login == somebody.email)).one()


def connect(
    database: Database, somebody: Portal, app: OAuthClient, scope: str = "matters:read users:read"
) -> str:
    """An access token of the user for the app."""
    user = user_of(database, somebody)
    with database.session.begin() as work:
        return issue_token(work, user, app.client_id, scope)


def events(database: Database, workplace: Workplace, action: str) -> list[AuditEvent]:
    """What the firm's audit trail has of one kind, the first one first."""
    mine = select(AuditEvent).where(AuditEvent.firm_id == workplace.firm_id, AuditEvent.action == action)
    with database.session() as work:
        return list(work.scalars(mine.order_by(AuditEvent.at)))


def shown_once(page: str) -> list[str]:
    """The secrets on a page."""
    return re.findall(r'<p class="code secret">([^<]+)</p>', page)


__all__ = [
    "PASSWORD",
    "Portal",
    "ada",
    "bob",
    "connect",
    "coworker",
    "events",
    "ledger",
    "shown_once",
    "stranger",
]
