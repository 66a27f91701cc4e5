"""What is to be done now and then."""

from __future__ import annotations

import click
from flask.cli import ScriptInfo

from app.cli.opening import opened
from app.services import purging
from app.services.webhooks.courier import Courier


@click.command("purge-tokens")
@click.pass_obj
def purge_tokens(script: ScriptInfo) -> None:
    """Delete what has expired: codes, tokens, sessions, kept answers, and old lines of the audit trail and of the
    log of changes."""
    settings, database = opened(script)
    kept = (settings.audit_retention, settings.changes_retention)
    for table, deleted in purging.purge(database.session, *kept).items():
        click.echo(f"{deleted:>9,}  {table}")


@click.command("deliver-webhooks")
@click.pass_obj
def deliver_webhooks(script: ScriptInfo) -> None:
    """Deliver what is due to webhooks. The server does so by itself, unless WEBHOOK_THREADS is 0."""
    opened(script)
    courier: Courier = script.load_app().extensions["webhook_courier"]
    click.echo(f"Attempts made: {courier.deliver_due()}")


COMMANDS = (purge_tokens, deliver_webhooks)
