"""Makes a demo firm ready to be used, or finds the one that an earlier start made."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.config import Settings
from app.models import Firm, OAuthClient, User
from app.services import people
from app.services.demo import apps, facts
from app.services.demo.documents import add_documents
from app.services.demo.facts import Facts
from app.services.demo.firm import SEED, make_demo_firm
from app.services.demo.plan import Size
from app.services.demo.writer import Progress, silent
from app.services.file_store import FileStore

LOCK = 0x6465_6D6F  # "demo"
FILE = "demo.json"


def open_demo_firm(
    session: Session,
    settings: Settings,
    base_url: str,
    size: Size,
    *,
    seed: int = SEED,
    progress: Progress = silent,
) -> Facts:
    """Make a demo firm with its documents and apps, and write down how to use it; the caller commits.

    Args:
        base_url: where the server is, or will be.
    """
    password = secrets.token_urlsafe(12)
    firm = make_demo_firm(session, size, password, seed=seed, progress=progress)
    add_documents(session, FileStore(settings.files), firm.brief, firm.id)
    client, secret = apps.register_demo_app(session, firm)
    apps.welcome_swagger_ui(session, firm.id, settings.port)
    token = apps.command_line_token(session, firm.id, firm.administrator_id, settings.access_token_lifetime)
    found = Facts(
        base_url=base_url,
        firm=firm.name,
        email=firm.email,
        password=password,
        client_id=client.client_id,
        client_secret=secret,
        redirect_uri=client.redirect_uris[0],
        redirect_uris=client.redirect_uris,
        access_token=token,
    )
    facts.write(_file(settings), found)
    return found


def reopen_demo_firm(session: Session, settings: Settings, base_url: str) -> Facts | None:
    """The facts of the demo firm that an earlier start made, with this start's address and a fresh token.

    Returns:
        None when there is no such firm in this database.
    """
    known = facts.read(_file(settings))
    client = session.get(OAuthClient, known.client_id) if known else None
    user: User | None = people.by_login(session, known.email) if known else None
    if known is None or client is None or user is None or user.firm_id != client.firm_id:
        return None
    apps.welcome_swagger_ui(session, client.firm_id, settings.port)
    token = apps.command_line_token(session, user.firm_id, user.id, settings.access_token_lifetime)
    found = replace(known, base_url=base_url, access_token=token)
    facts.write(_file(settings), found)
    return found


def is_empty(session: Session) -> bool:
    """Whether the database has no firm yet. Until the transaction ends, nobody else is told that it is so."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite lets one transaction write at a time anyway
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    return session.scalars(select(Firm.id).limit(1)).first() is None


def _file(settings: Settings) -> Path:
    return Path(settings.instance_path) / FILE
