"""Opening firms, and adding people to them."""

from __future__ import annotations

import sys

import click
from flask.cli import ScriptInfo

from app import migrations
from app.cli.opening import opened
from app.errors import NotFound
from app.models import Firm
from app.models.identity import MEMBER
from app.services import audit, firms, people
from app.services.staff import new_password


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
    _, database = opened(script)
    migrations.upgrade(database)
    password, generated = _password(generate_password)
    with database.session() as session:
        firm, user = firms.create_firm(
            session, name, email=email, password=password, first_name=first_name, last_name=last_name
        )
        session.commit()
    click.echo(f"Firm {firm.id}: {firm.name}. {user.email} can sign in.")
    if generated:
        _show(password)


@click.command("create-user")
@click.argument("email")
@click.option("--firm", "firm_id", type=int, required=True, help="The number that create-firm printed.")
@click.option("--role", type=click.Choice(people.ROLES), default=MEMBER, show_default=True)
@click.option("--first-name")
@click.option("--last-name")
@click.option("--generate-password", is_flag=True, help="Print a password instead of asking for one.")
@click.pass_obj
def create_user(
    script: ScriptInfo,
    email: str,
    firm_id: int,
    role: str,
    first_name: str | None,
    last_name: str | None,
    generate_password: bool,
) -> None:
    """Add somebody to a firm."""
    _, database = opened(script)
    password, generated = _password(generate_password)
    names = {"first_name": first_name, "last_name": last_name}
    with database.session() as session:
        if session.get(Firm, firm_id) is None:
            raise NotFound(f"There is no firm {firm_id}.")
        user = people.create_user(session, firm_id, email, password, role=role, **names)
        audit.record(session, "user.created", firm_id=firm_id, of=user.id, email=user.email, role=role)
        session.commit()
    click.echo(f"{user.email} can sign in, as {role} of firm {firm_id}.")
    if generated:
        _show(password)


def _password(generate: bool) -> tuple[str, bool]:
    """A password, and whether it was made up here rather than typed."""
    if generate or not sys.stdin.isatty():
        return new_password(), True
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True)), False


def _show(password: str) -> None:
    click.echo(f"The password, which is shown only now: {password}")


COMMANDS = (create_firm, create_user)
