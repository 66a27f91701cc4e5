"""`matterbase run`, and bringing the database up to date."""

from __future__ import annotations

import click
from flask.cli import ScriptInfo

from app import migrations, serving
from app.cli.demo import first_demo_firm
from app.cli.opening import opened
from app.services import demo, purging


@click.command()
@click.pass_obj
def run(script: ScriptInfo) -> None:
    """Serve the API. Migrates first; outside production an empty database gets a demo firm."""
    settings, database = opened(script)
    serving.check_port(settings)
    migrations.upgrade(database)
    facts = None if settings.is_production else first_demo_firm(settings, database)
    if facts:
        click.echo(demo.banner(facts))
    else:
        click.echo(f"Matterbase is at {serving.base_url(settings)}")
    kept = (settings.audit_retention, settings.changes_retention)
    purging.purge(database.session, *kept, most=purging.AT_THE_START)
    database.dispose()  # the workers are forks of this process and must not share its connections
    serving.serve(settings)


@click.command()
@click.pass_obj
def migrate(script: ScriptInfo) -> None:
    """Bring the database up to date."""
    migrations.upgrade(opened(script)[1])
    click.echo("The database is up to date.")


@click.command("make-migration")
@click.argument("message")
@click.pass_obj
def make_migration(script: ScriptInfo, message: str) -> None:
    """For maintainers: write a revision for what changed in the models."""
    path = migrations.make_migration(opened(script)[1], message)
    click.echo(f"Read it over: {path}")


COMMANDS = (run, migrate, make_migration)
