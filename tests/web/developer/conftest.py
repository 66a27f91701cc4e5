"""People at the portal: a developer, a colleague, their administrator, and a stranger of another firm."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.extensions import Database
from app.models import OAuthClient, User
from app.services import apps
from tests.firms import Workplace
from tests.web.developer.steps import Portal, colleague
from tests.web.people import coworker, stranger  # noqa: F401 - fixtures

REDIRECT_URI = "http://127.0.0.1/callback"


@pytest.fixture
def developer(app: Flask, session: Session, workplace: Workplace) -> Portal:
    return Portal(app, colleague(session, workplace))


@pytest.fixture
def administrator(app: Flask, workplace: Workplace) -> Portal:
    return Portal(app, workplace.email)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def ledger(session: Session, developer: Portal) -> OAuthClient:
    """A confidential app of the developer."""
    return register(session, developer)


@pytest.fixture
def native(session: Session, developer: Portal) -> OAuthClient:
    """A public app of the developer."""
    return register(session, developer, confidential=False)


@pytest.fixture
def registered(database: Database) -> Callable[[str], OAuthClient]:
    """A function that reads an app as it is in the database now, and holds no lock there."""

    def function(client_id: str) -> OAuthClient:
        with database.session() as session:
            return session.get_one(OAuthClient, client_id)

    return function


def register(session: Session, developer: Portal, **options: object) -> OAuthClient:
    user = session.query(User).filter_by(login=developer.email).one()
    given = {"name": "Ledger", "redirect_uris": [REDIRECT_URI], "developer": user, **options}
    client, secret = apps.register(session, firm_id=user.firm_id, **given)  # type: ignore[arg-type]
    session.commit()
    developer.secrets[client.client_id] = secret
    return client
