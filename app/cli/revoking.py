"""Ending at once what apps may do."""

from __future__ import annotations

import sys

import click
from flask.cli import ScriptInfo

from app.cli.opening import opened
from app.errors import InvalidBody, NotFound
from app.services import people, revoking


@click.command()
@click.option("--client", "client_id", help="Of this app.")
@click.option("--firm", "firm_id", type=int, help="Given by users of this firm.")
@click.option("--user", "email", help="Given by the user with this email address.")
@click.option(
    "--token", "by_token", is_flag=True, help="The one that a token belongs to, which is asked for."
)
@click.pass_obj
def revoke(
    script: ScriptInfo, client_id: str | None, firm_id: int | None, email: str | None, by_token: bool
) -> None:
    """End grants, and all tokens that were issued under them: those that meet every condition given."""
    _, database = opened(script)
    narrowed = any(given is not None for given in (client_id, firm_id, email))
    if narrowed == by_token:
        raise click.UsageError("Say which grants: --client, --firm or --user, or else --token.")
    with database.session() as session:
        if by_token:
            ended = revoking.by_credential(session, _asked_token())
        else:
            user = people.by_login(session, email) if email else None
            if email and user is None:
                raise NotFound(f"Nobody signs in with {email}.")
            ended = revoking.all_of(session, client_id=client_id, firm_id=firm_id, user=user)
        session.commit()
    if by_token and not ended:
        raise InvalidBody({"token": ["No live grant has such a token."]})
    click.echo(f"Grants ended: {ended}")


def _asked_token() -> str:
    """Not an argument: those are seen by everybody on the machine, and kept in the shell's history."""
    return str(click.prompt("Token", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()).strip()


COMMANDS = (revoke,)
