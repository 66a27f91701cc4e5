"""The database's history: one revision a step, run by `matterbase migrate` and by every `matterbase run`.

Alembic is driven from code, so that the scripts are found wherever the package is installed and no
`alembic.ini` is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from app.errors import ConfigurationError
from app.extensions import Database

HERE = Path(__file__).parent
LOCK = 0x6D61_7474  # "matt": any number will do, as long as every Matterbase process takes the same


def upgrade(database: Database) -> None:
    """Bring the database to the newest revision; one that is there already stays as it is.

    Any number of processes may call this at once: one migrates while the others wait, and a revision that
    fails leaves nothing behind.

    Raises:
        ConfigurationError: the database is newer than this program.
    """
    with _alone(database.writer) as connection:
        try:
            command.upgrade(_config(connection), "head")
        except CommandError as error:
            raise ConfigurationError(
                f"The database does not fit this version of Matterbase: {error}."
            ) from error


def make_migration(database: Database, message: str) -> Path:
    """Write the next revision from what the models have and the database lacks; the maintainer reads it over.

    Returns:
        The new file.
    """
    with _alone(database.writer) as connection:
        config = _config(connection)
        command.upgrade(config, "head")
        if find_spec("ruff"):
            _format_with_ruff(config)
        newest = ScriptDirectory.from_config(config).get_current_head() or "0"
        script = command.revision(config, message, autogenerate=True, rev_id=f"{int(newest) + 1:04d}")
    return Path(cast(Script, script).path)  # a list comes only of several branches


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config


def _format_with_ruff(config: Config) -> None:
    config.set_section_option("post_write_hooks", "hooks", "ruff")
    config.set_section_option("post_write_hooks", "ruff.type", "module")
    config.set_section_option("post_write_hooks", "ruff.module", "ruff")
    config.set_section_option("post_write_hooks", "ruff.options", "format REVISION_SCRIPT_FILENAME")


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """One transaction around all of it, which no other process can be in at the same time."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            with _without_foreign_keys(connection), connection.begin():  # BEGIN IMMEDIATE is the lock
                yield connection
                _refuse_orphans(connection)
        else:
            with connection.begin():
                connection.execute(
                    text("SET LOCAL statement_timeout = 0")
                )  # both the wait and the work may be long
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
                yield connection


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by copying it and dropping the old one, which its foreign keys would refuse.

    The pragma has no effect inside a transaction, hence the driver's own connection.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _refuse_orphans(connection: Connection) -> None:
    orphans = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if orphans:
        tables = ", ".join(sorted({str(row[0]) for row in orphans}))
        raise ConfigurationError(f"The migration would leave rows without their parent in {tables}.")
