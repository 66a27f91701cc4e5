"""The demo firm: made by `matterbase demo`, and by the first `matterbase run`."""

from __future__ import annotations

import click
from flask.cli import ScriptInfo

from app import migrations, serving
from app.cli.opening import opened
from app.config import Settings
from app.extensions import Database
from app.progress import showing
from app.services import demo

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
    settings, database = opened(script)
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


def first_demo_firm(settings: Settings, database: Database) -> demo.Facts | None:
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


COMMANDS = (make_demo,)
