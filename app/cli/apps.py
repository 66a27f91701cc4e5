"""Registering apps, and giving them new secrets."""

from __future__ import annotations

import click
from flask.cli import ScriptInfo

from app.cli.opening import opened
from app.errors import InvalidBody, NotFound
from app.models import Firm, OAuthClient
from app.services import apps, people, registration
from app.services.apps import OVERLAP
from oauth.scopes import FULL

DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
FIRM = click.option("--firm", "firm_id", type=int, required=True, help="The number that create-firm printed.")
REDIRECT_URI = click.option(
    "--redirect-uri", "redirect_uris", multiple=True, help="Can be given several times."
)


@click.command("create-client")
@click.argument("name")
@FIRM
@REDIRECT_URI
@click.option("--public", is_flag=True, help="The app runs where its users could read a secret.")
@click.option("--scope", default=FULL, show_default=True, help="What it may ask for at most.")
@click.option("--device", is_flag=True, help="It runs where there is no browser (RFC 8628).")
@click.option("--acts-as", help="For a service account: the email address of the user as whom it acts.")
@click.option("--no-pkce", is_flag=True, help="For an older client that sends no code challenge.")
@click.option("--requests-per-minute", type=click.IntRange(1), help="RATE_LIMIT when left out.")
@click.pass_obj
def create_client(
    script: ScriptInfo,
    name: str,
    firm_id: int,
    redirect_uris: tuple[str, ...],
    public: bool,
    scope: str,
    device: bool,
    acts_as: str | None,
    no_pkce: bool,
    requests_per_minute: int | None,
) -> None:
    """Register an app that may ask users for access."""
    settings, database = opened(script)
    grant_types = [
        *(apps.CODE_GRANTS if redirect_uris else ()),
        *((DEVICE_CODE, "refresh_token") if device else ()),
    ]
    with database.session() as session:
        if session.get(Firm, firm_id) is None:
            raise NotFound(f"There is no firm {firm_id}.")
        actor = people.by_login(session, acts_as) if acts_as else None
        if acts_as and actor is None:
            raise InvalidBody({"acts_as": [f"Nobody signs in with {acts_as}."]})
        client, secret = apps.register(
            session,
            firm_id=firm_id,
            name=name,
            redirect_uris=redirect_uris,
            confidential=not public,
            scope=scope,
            requires_pkce=not no_pkce,
            grant_types=list(dict.fromkeys(grant_types)) if grant_types or actor else apps.CODE_GRANTS,
            acts_as=actor,
            allows_dotless_schemes=settings.dotless_redirect_schemes,
        )
        client.requests_per_minute = requests_per_minute
        session.commit()
    click.echo(f"Client id: {client.client_id}")
    if secret:
        _show(secret)


@click.command("rotate-secret")
@click.argument("client_id")
@click.option(
    "--overlap", type=int, default=OVERLAP, show_default=True, help="Hours that the old one still works."
)
@click.pass_obj
def rotate_secret(script: ScriptInfo, client_id: str, overlap: int) -> None:
    """Give an app a new secret."""
    _, database = opened(script)
    with database.session() as session:
        secret = apps.replace_secret(session, _app(session.get(OAuthClient, client_id)), overlap=overlap)
        session.commit()
    _show(secret)


@click.command("limit-client")
@click.argument("client_id")
@click.argument("requests_per_minute", type=click.IntRange(0))
@click.pass_obj
def limit_client(script: ScriptInfo, client_id: str, requests_per_minute: int) -> None:
    """Say how often an app may call on behalf of one user; 0 for what RATE_LIMIT says."""
    _, database = opened(script)
    with database.session() as session:
        _app(session.get(OAuthClient, client_id)).requests_per_minute = requests_per_minute or None
        session.commit()


@click.command("initial-access-token")
@click.option("--firm", "firm_id", type=int, help="The firm that the app will belong to.")
@click.option("--days", type=click.IntRange(1, 365), default=registration.DAYS, show_default=True)
@click.pass_obj
def initial_access_token(script: ScriptInfo, firm_id: int | None, days: int) -> None:
    """Make a token with which one app can register itself (RFC 7591)."""
    _, database = opened(script)
    with database.session() as session:
        token = registration.make_initial_access_token(session, firm_id=firm_id, days=days)
        session.commit()
    click.echo(f"The token, which is shown only now: {token}")


def _app(client: OAuthClient | None) -> OAuthClient:
    if client is None or client.deleted_at is not None:
        raise NotFound("There is no app with this client id.")
    return client


def _show(secret: str) -> None:
    click.echo(f"Client secret, which is shown only now: {secret}")


COMMANDS = (create_client, rotate_secret, limit_client, initial_access_token)
