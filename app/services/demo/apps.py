"""The apps of the demo firm: one to build a client with, Swagger UI's own, and one for the command line."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models import OAuthAccessToken, OAuthClient, OAuthGrant
from app.models.base import new_id, now
from app.services import apps
from app.services.demo.firm import DemoFirm
from oauth.credentials import digest, new_credential
from oauth.scopes import FULL

REDIRECT_URIS = (
    "http://127.0.0.1:8765/callback",
    "http://localhost:8765/callback",
    "http://127.0.0.1/callback",  # without a port it matches any port (RFC 8252 section 7.3)
)
SWAGGER_UI = "swagger-ui"
SWAGGER_PATH = "/swagger/oauth2-redirect.html"
COMMAND_LINE = "Command line"


def register_demo_app(session: Session, firm: DemoFirm) -> tuple[OAuthClient, str]:
    """The app to try things with. It may leave PKCE out, so that any old client library will do."""
    client, secret = apps.register(
        session, firm_id=firm.id, name="Demo app", redirect_uris=REDIRECT_URIS, requires_pkce=False
    )
    return client, secret or ""


def welcome_swagger_ui(session: Session, firm_id: int, port: int) -> None:
    """Let Swagger UI on this machine ask for tokens; registered once for all firms, whatever the port."""
    wanted = [f"http://127.0.0.1{SWAGGER_PATH}", f"http://localhost:{port}{SWAGGER_PATH}"]
    client = session.get(OAuthClient, SWAGGER_UI)
    if client is None:
        client = OAuthClient(
            client_id=SWAGGER_UI,
            firm_id=firm_id,
            name="Swagger UI",
            is_confidential=False,
            redirect_uris=[],
            scope=FULL,
            requires_pkce=True,
        )
        session.add(client)
    client.redirect_uris = sorted({*client.redirect_uris, *wanted})
    session.flush()


def command_line_token(session: Session, firm_id: int, user_id: str, lifetime: int) -> str:
    """A fresh access token to paste into a shell. It is the token of an app of its own, so that the demo app
    still has to ask for consent.

    Args:
        lifetime: in seconds.
    """
    grant_id = _command_line_grant(session, firm_id, user_id)
    token = new_credential()
    session.execute(
        insert(OAuthAccessToken).values(
            hash=digest(token),
            firm_id=firm_id,
            grant_id=grant_id,
            scope=FULL,
            expires_at=now() + dt.timedelta(seconds=lifetime),
        )
    )
    return token


def _command_line_grant(session: Session, firm_id: int, user_id: str) -> str:
    mine = select(OAuthClient).where(OAuthClient.firm_id == firm_id, OAuthClient.name == COMMAND_LINE)
    client = session.scalars(mine).first()
    if client is None:
        client, _ = apps.register(
            session, firm_id=firm_id, name=COMMAND_LINE, redirect_uris=["http://127.0.0.1/"]
        )
    given = select(OAuthGrant.id).where(
        OAuthGrant.firm_id == firm_id,
        OAuthGrant.user_id == user_id,
        OAuthGrant.client_id == client.client_id,
        OAuthGrant.revoked_at.is_(None),
    )
    grant_id = session.scalars(given).first()
    if grant_id is None:
        grant_id = new_id()
        grant = OAuthGrant(
            id=grant_id, firm_id=firm_id, user_id=user_id, client_id=client.client_id, scope=FULL
        )
        session.add(grant)
        session.flush()
    return grant_id
