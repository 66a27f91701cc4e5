"""What every command begins with, and how it ends when it cannot go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import click
from flask.cli import ScriptInfo
from sqlalchemy.exc import DatabaseError, OperationalError

from app.config import Settings
from app.errors import InvalidBody, MatterbaseError
from app.extensions import Database


def opened(script: ScriptInfo) -> tuple[Settings, Database]:
    """The settings and the database, which is closed when the command ends."""
    extensions = script.load_app().extensions
    database = cast(Database, extensions["database"])
    click.get_current_context().call_on_close(database.dispose)
    return cast(Settings, extensions["settings"]), database


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Tell the operator what is wrong without a traceback, where it is something an operator can mend."""
    try:
        yield
    except InvalidBody as error:
        raise click.ClickException(
            " ".join(text for texts in error.fields.values() for text in texts)
        ) from error
    except MatterbaseError as error:
        raise click.ClickException(error.message) from error
    except DatabaseError as error:
        if type(error) not in (OperationalError, DatabaseError):
            raise
        reason = str(error.orig).strip().partition("\n")[0]
        raise click.ClickException(f"The database at DATABASE_URL does not work: {reason}") from error
    except OSError as error:
        if error.filename is None:
            raise
        raise click.ClickException(f"{error.filename} cannot be used: {error.strerror}.") from error
