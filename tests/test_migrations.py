"""The revisions lead to the tables that the models describe, on both databases and under any start-up."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from app import migrations
from app.config import Settings
from app.errors import ConfigurationError
from app.extensions import Database
from app.migrations import upgrade
from app.models import Base

PROCESSES = 3
UPGRADE = f"import sys; from app.migrations import upgrade; from app.extensions import Database; \
from app.config import Settings; from tests.parallel import become; \
become({PROCESSES}, lambda number: upgrade(Database(Settings(database_url=sys.argv[1]))))"
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
    "UNION SELECT name, 'WITHOUT ROWID' FROM sqlite_master WHERE type = 'table' AND sql LIKE '%WITHOUT ROWID%'",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
    "AND tablename <> 'alembic_version'",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_urls(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Two databases of the same kind with nothing in them."""
    names = [f"empty_{secrets.token_hex(6)}" for _ in range(2)]
    if request.param == "sqlite":
        first, second = (f"sqlite:///{tmp_path / name}.db" for name in names)
        return first, second
    server = request.getfixturevalue("postgresql_url")
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
    first, second = (
        make_url(server).set(database=name).render_as_string(hide_password=False) for name in names
    )
    return first, second


@pytest.fixture
def empty(empty_urls: tuple[str, str]) -> Iterator[Database]:
    database = Database(Settings(database_url=empty_urls[0]))
    yield database
    database.dispose()


@pytest.fixture
def other(empty_urls: tuple[str, str]) -> Iterator[Database]:
    database = Database(Settings(database_url=empty_urls[1]))
    yield database
    database.dispose()


def tables(database: Database) -> set[str]:
    return set(inspect(database.writer).get_table_names())


def test_the_revisions_lead_to_the_models(empty: Database) -> None:
    upgrade(empty)
    with empty.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_indexes_are_those_of_the_models_to_the_letter(empty: Database, other: Database) -> None:
    """Autogenerate looks neither at an index's conditions and directions, nor at how a table is stored."""
    upgrade(empty)
    Base.metadata.create_all(other.writer)
    found = []
    for database in (empty, other):
        with database.writer.connect() as connection:
            rows = connection.execute(text(INDEXES[database.name])).all()
        found.append({name: " ".join(definition.split()) for name, definition in rows})
    assert found[0] == found[1]


def test_an_upgraded_database_stays_as_it_is(empty: Database) -> None:
    upgrade(empty)
    before = tables(empty)
    upgrade(empty)
    assert tables(empty) == before


def test_processes_that_start_together_do_not_collide(empty_urls: tuple[str, str], empty: Database) -> None:
    command = [sys.executable, "-c", UPGRADE, empty_urls[0]]
    done = subprocess.run(
        command, stderr=subprocess.PIPE, text=True, timeout=60, cwd=Path(__file__).parents[1]
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "time_entries" in tables(empty)


def test_a_revision_that_fails_leaves_nothing_behind(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = op.create_table

    def failing(name: str, *parts: Any, **options: Any) -> Any:
        if name == "time_entries":
            raise RuntimeError("the power went out")
        return create(name, *parts, **options)

    with monkeypatch.context() as patch:
        patch.setattr(op, "create_table", failing)
        with pytest.raises(RuntimeError):
            upgrade(empty)
    assert tables(empty) == set()
    upgrade(empty)
    assert "time_entries" in tables(empty)


def test_a_database_that_is_newer_than_the_program_is_refused(empty: Database) -> None:
    upgrade(empty)
    with empty.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigurationError, match="9999"):
        upgrade(empty)


MADE = "2026-01-31T07:00:00"
BEFORE_LOOKUPS: dict[str, dict[str, Any]] = {
    "firms": {"id": 7, "name": "A", "created_at": MADE, "approves_apps": True, "is_demo": True},
    "custom_fields": {
        "object_type": "Matter",
        "name": "Court",
        "value_type": "DropDownList",
        "row_index": 0,
        "dropdown_list_values": "North, South,,North",
        "is_default": False,
        "is_in_lists": False,
        "is_exported_to_ledes": False,
    },
    "users": {
        "email": "a@example.com",
        "password_hash": "-",
        "role": "member",
        "is_active": True,
        "display_name": "Ada",
    },
    "matters": {
        "legacy_id": 1,
        "number": 1,
        "name": "A v. B",
        "display_name": "1 - A v. B",
        "status": "Open",
        "rate_type": "UserRate",
        "is_flat_rate_billed": False,
        "evergreen_is_on": False,
        "adds_evergreen_to_invoice": False,
        "is_contact_sync": False,
        "is_email_sync": False,
        "is_files_sync": False,
    },
}


def upgrade_to(database: Database, revision: str) -> None:
    with migrations._alone(database.writer) as connection:
        migrations.command.upgrade(migrations._config(connection), revision)


def test_options_assigned_users_and_rights_go_over_into_the_new_tables(empty: Database) -> None:
    upgrade_to(empty, "0010")
    ids = {
        table: f"{number * 11111111}-0000-4000-8000-000000000000"
        for number, table in enumerate(BEFORE_LOOKUPS, 1)
    }
    with empty.writer.begin() as connection:
        for table, row in BEFORE_LOOKUPS.items():
            if table != "firms":
                row = {"firm_id": 7, "id": ids[table], "created_at": MADE, "updated_at": MADE, **row}
            names = ", ".join(row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES (:{', :'.join(row)})"), row)  # noqa: S608
        link = {"matter": ids["matters"], "user": ids["users"]}
        connection.execute(text("INSERT INTO matter_assignees VALUES (7, :matter, :user)"), link)
    upgrade_to(empty, "0018")
    with empty.writer.begin() as connection:
        columns = "firm_id, id, created_at, updated_at, restrictions, name, rights"
        for number, rights in enumerate(("", "api_all_cases")):
            row = f"7, '{number}{ids['users'][1:]}', '{MADE}', '{MADE}', '', 'role {number}', '{rights}'"
            connection.execute(text(f"INSERT INTO roles ({columns}) VALUES ({row})"))  # noqa: S608
    upgrade(empty)
    with empty.writer.connect() as connection:
        options = connection.execute(
            text("SELECT lookup_id, name, position, is_active FROM lookup_values ORDER BY position")
        )
        assert [tuple(row) for row in options] == [(1, "North", 0, True), (2, "South", 1, True)]
        last = connection.execute(text("SELECT value FROM counters WHERE name = 'LookupValue'"))
        assert last.scalar_one() == 2
        made = connection.execute(text("SELECT matter_id, user_id, end_date FROM assignments"))
        assert [tuple(map(str, row)) for row in made] == [(ids["matters"], ids["users"], "None")]
        rights = connection.execute(text("SELECT rights FROM roles ORDER BY name"))
        assert list(rights.scalars()) == ["lookups", "api_all_cases lookups"]
