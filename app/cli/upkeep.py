"""What is to be done now and then."""

from __future__ import annotations

import click
from flask.cli import ScriptInfo

from app.cli.opening import opened
from app.services import purging


@click.command("purge-tokens")
@click.pass_obj
def purge_tokens(script: ScriptInfo) -> None:
    """Delete what has expired: codes, tokens, sessions, kept answers, and old lines of the audit trail."""
    settings, database = opened(script)
    for table, deleted in purging.purge(database.session, settings.audit_retention).items():
        click.echo(f"{deleted:>9,}  {table}")


COMMANDS = (purge_tokens,)
