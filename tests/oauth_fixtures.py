"""An app that a firm has registered, and a real server for those who need one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import Thread
from typing import Any, TypeAlias

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from app.config import Settings
from app.factory import create_app
from app.models import Firm, User
from app.rate_limits import set_counters
from app.services.apps import register
from tests.firms import Workplace, open_firm, password_hash
from tests.oauth_servers import several

REDIRECT_URI = "https://app.example.com/callback"


@dataclass(frozen=True)
class RegisteredApp:
    """What an app's developer was told."""

    client_id: str
    secret: str | None
    redirect_uri: str

    @property
    def basic(self) -> tuple[str, str]:
        return self.client_id, self.secret or ""


Register: TypeAlias = Callable[..., RegisteredApp]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def firm(app: Flask, session: Session) -> Workplace:
    """A firm with a name that needs escaping, and an address that needs folding."""
    workplace = open_firm(app, session)
    session.get_one(Firm, workplace.firm_id).name = "Lovelace & Partners"
    user = session.get_one(User, (workplace.firm_id, workplace.user_id))
    user.email = workplace.email = workplace.email.title()
    session.commit()
    return workplace


@pytest.fixture
def cheap_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown user costs no more work than those of the tests; that it is as much, `tests/web/test_sign_in.py`
    looks at."""
    monkeypatch.setattr("app.services.passwords._nobody", password_hash)


@pytest.fixture
def register_app(session: Session, firm: Workplace) -> Register:
    """A function that registers an app for the firm."""

    def function(**options: Any) -> RegisteredApp:
        options = {"name": "Ledger", "redirect_uris": [REDIRECT_URI], "requires_pkce": False, **options}
        row, secret = register(session, firm_id=firm.firm_id, **options)
        session.commit()
        return RegisteredApp(row.client_id, secret, next(iter(row.redirect_uris), ""))

    return function


@pytest.fixture
def oauth_app(register_app: Register) -> RegisteredApp:
    return register_app()


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """The application behind a real HTTP server with a thread a connection; yields its address."""
    running = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture(scope="module")
def servers(app: Flask, settings: Settings) -> Iterator[list[str]]:
    """Several processes over one migrated database; yields their addresses."""
    with several(settings) as addresses:
        yield addresses


@pytest.fixture(scope="session")
def variants() -> Iterator[dict[Settings, Flask]]:
    """The application with other settings: building it takes most of a second, so each is kept for all tests."""
    built: dict[Settings, Flask] = {}
    yield built
    for other in built.values():
        other.extensions["database"].dispose()


@pytest.fixture
def client_with(
    app: Flask, settings: Settings, variants: dict[Settings, Flask]
) -> Callable[..., FlaskClient]:
    """A function that opens the application over the same database with some settings changed, and with
    nothing counted yet."""

    def function(**changed: Any) -> FlaskClient:
        other = replace(settings, **changed)
        if other not in variants:
            variants[other] = create_app(other)
        set_counters(variants[other], other)
        return variants[other].test_client()

    return function
