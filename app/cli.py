"""The commands of `matterbase`: serving, migrating, the demo firm, and opening firms and apps by hand."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import click
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy.exc import DatabaseError, OperationalError

from app import migrations, serving
from app.config import Settings
from app.errors import InvalidBody, MatterbaseError, NotFound
from app.extensions import Database
from app.models import Firm
from app.progress import showing
from app.services import demo, firms, oauth_clients


class Program(click.Group):
    """The `matterbase` command, as a script of its own.

    Args:
        create_app: builds the application, for the commands that need one.
    """

    def __init__(self, create_app: Callable[[], Flask]) -> None:
        super().__init__("matterbase", COMMANDS, help="Matterbase: a law firm's practice as an API.")
        self._create_app = create_app

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        extra.setdefault("obj", ScriptInfo(create_app=self._create_app, set_debug_flag=False))
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with in_one_sentence():
            return super().invoke(ctx)


def init_app(app: Flask) -> None:
    """Offer the same commands to Flask's own script (`flask --app app.factory`)."""
    for command in COMMANDS:
        app.cli.add_command(command)


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


@click.command()
@click.pass_obj
def run(script: ScriptInfo) -> None:
    """Serve the API. Migrates first; outside production an empty database gets a demo firm."""
    settings, database = _opened(script)
    serving.check_port(settings)
    migrations.upgrade(database)
    facts = None if settings.is_production else _demo_firm(settings, database)
    if facts:
        click.echo(demo.banner(facts))
    else:
        click.echo(f"Matterbase is at {serving.base_url(settings)}")
    database.dispose()  # the workers are forks of this process and must not share its connections
    serving.serve(settings)


@click.command()
@click.pass_obj
def migrate(script: ScriptInfo) -> None:
    """Bring the database up to date."""
    migrations.upgrade(_opened(script)[1])
    click.echo("The database is up to date.")


@click.command("make-migration")
@click.argument("message")
@click.pass_obj
def make_migration(script: ScriptInfo, message: str) -> None:
    """For maintainers: write a revision for what changed in the models."""
    path = migrations.make_migration(_opened(script)[1], message)
    click.echo(f"Read it over: {path}")


COUNT = click.IntRange(0, 100_000_000)


@click.command("demo")
@click.option("--accounts", type=COUNT, help="A fifth of the matters when left out.")
@click.option("--matters", type=COUNT, help="A twentieth of the time entries when left out.")
@click.option("--time-entries", type=COUNT, help="20,000 when nothing is given.")
@click.option(
    "--seed", type=int, default=demo.SEED, show_default=True, help="Another one makes another firm."
)
@click.pass_obj
def make_demo(
    script: ScriptInfo, accounts: int | None, matters: int | None, time_entries: int | None, seed: int
) -> None:
    """Add a demo firm, of any size; `run` then shows how to use it."""
    settings, database = _opened(script)
    if settings.is_production:
        raise click.ClickException(
            "A demo firm has a login that everybody may know; none is made in production."
        )
    migrations.upgrade(database)
    size = demo.Size.of(accounts, matters, time_entries)
    with database.session() as session, showing(size) as progress:
        facts = demo.open_demo_firm(
            session, settings, serving.base_url(settings), size, seed=seed, progress=progress
        )
        session.commit()
    click.echo(demo.banner(facts))


@click.command("create-firm")
@click.argument("name")
@click.option("--email", required=True, help="Where its first administrator signs in.")
@click.option("--first-name")
@click.option("--last-name")
@click.option("--generate-password", is_flag=True, help="Print a password instead of asking for one.")
@click.pass_obj
def create_firm(
    script: ScriptInfo,
    name: str,
    email: str,
    first_name: str | None,
    last_name: str | None,
    generate_password: bool,
) -> None:
    """Open a firm with its first administrator."""
    _, database = _opened(script)
    migrations.upgrade(database)
    generated = generate_password or not sys.stdin.isatty()
    password = secrets.token_urlsafe(12) if generated else _asked_password()
    with database.session() as session:
        firm, user = firms.create_firm(
            session, name, email=email, password=password, first_name=first_name, last_name=last_name
        )
        session.commit()
    click.echo(f"Firm {firm.id}: {firm.name}. {user.email} can sign in.")
    if generated:
        click.echo(f"The password, which is shown only now: {password}")


@click.command("create-app")
@click.argument("name")
@click.option("--firm", "firm_id", type=int, required=True, help="The number that create-firm printed.")
@click.option(
    "--redirect-uri", "redirect_uris", multiple=True, required=True, help="Can be given several times."
)
@click.option("--public", is_flag=True, help="The app runs where its users could read a secret.")
@click.pass_obj
def create_app(
    script: ScriptInfo, name: str, firm_id: int, redirect_uris: tuple[str, ...], public: bool
) -> None:
    """Register an app that may ask users for access."""
    _, database = _opened(script)
    with database.session() as session:
        if session.get(Firm, firm_id) is None:
            raise NotFound(f"There is no firm {firm_id}.")
        client, secret = oauth_clients.register(
            session, firm_id=firm_id, name=name, redirect_uris=redirect_uris, confidential=not public
        )
        session.commit()
    click.echo(f"Client id: {client.client_id}")
    if secret:
        click.echo(f"Client secret, which is shown only now: {secret}")


COMMANDS = (run, migrate, make_migration, make_demo, create_firm, create_app)


def _opened(script: ScriptInfo) -> tuple[Settings, Database]:
    extensions = script.load_app().extensions
    database = cast(Database, extensions["database"])
    click.get_current_context().call_on_close(database.dispose)
    return cast(Settings, extensions["settings"]), database


def _demo_firm(settings: Settings, database: Database) -> demo.Facts | None:
    """The demo firm: a new one in an empty database, else the one of an earlier start, if there is one."""
    base_url, size = serving.base_url(settings), demo.Size()
    facts: demo.Facts | None
    with database.session() as session:
        if demo.is_empty(session):
            with showing(size) as progress:
                facts = demo.open_demo_firm(session, settings, base_url, size, progress=progress)
        else:
            facts = demo.reopen_demo_firm(session, settings, base_url)
        session.commit()
    return facts


def _asked_password() -> str:
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
