"""The same rows as a firm in Matterbase, with an app that may read them, and a smaller firm next door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.config import Settings
from app.extensions import Database
from app.migrations import upgrade
from app.models import Account, Contact, Firm, Matter, OAuthAccessToken, OAuthGrant, TimeEntry, User
from app.models.base import new_id
from app.models.identity import ADMINISTRATOR
from app.services import apps, people
from app.services.charges import total
from app.services.demo.writer import Writer
from app.services.display_names import contact_name, matter_name
from bench.data import Rows
from oauth.credentials import digest, new_credential
from oauth.scopes import FULL

Row = dict[str, Any]
TOKEN_LIFETIME = dt.timedelta(days=3_650)
"""The rows are kept between runs, and the token with them."""


def load_firms(address: str, firm: Rows, neighbour: Rows) -> str:
    """Migrate an empty database and fill it.

    Returns:
        An access token of the first firm.
    """
    database = Database(Settings(database_url=address))
    try:
        upgrade(database)
        with database.session() as session:
            _write(session, "Neighbour", neighbour)
            user = _write(session, "Benchmark", firm)
            token = _token(session, user)
            session.commit()
        if database.name == "postgresql":  # which would do so by itself before long
            with database.writer.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
    finally:
        database.dispose()
    return token


def _write(session: Session, name: str, rows: Rows) -> User:
    firm = Firm(name=name)
    session.add(firm)
    session.flush()
    email = f"{name.lower()}@example.com"
    user = people.create_user(
        session, firm.id, email, new_credential(), first_name="Ada", last_name=name, role=ADMINISTRATOR
    )
    writer = Writer(session.connection(), firm.id, user.id)
    writer.write(Account, _accounts(rows))
    writer.write(Contact, _contacts(rows))
    writer.write(Matter, _matters(rows))
    writer.write(TimeEntry, _time_entries(rows, user.id))
    writer.count({})
    return user


def _token(session: Session, user: User) -> str:
    client, _ = apps.register(
        session, firm_id=user.firm_id, name="Benchmark", redirect_uris=["http://127.0.0.1/callback"]
    )
    grant = OAuthGrant(
        firm_id=user.firm_id, id=new_id(), user_id=user.id, client_id=client.client_id, scope=FULL
    )
    session.add(grant)
    session.flush()
    token = new_credential()
    until = dt.datetime.now(dt.UTC) + TOKEN_LIFETIME
    session.add(
        OAuthAccessToken(
            hash=digest(token), firm_id=user.firm_id, grant_id=grant.id, scope=FULL, expires_at=until
        )
    )
    return token


def _accounts(rows: Rows) -> Iterator[Row]:
    for number, account in enumerate(rows.accounts, 1):
        yield {
            "id": account.id,
            "legacy_id": number,
            "number": number,
            "display_name": account.display_name,
            "created_at": account.created_at,
        }


def _contacts(rows: Rows) -> Iterator[Row]:
    """Every account has its primary contact."""
    for account in rows.accounts:
        last = account.display_name.partition(",")[0]
        yield {
            "id": new_id(),
            "account_id": account.id,
            "is_primary": True,
            "last_name": last,
            "display_name": contact_name(None, None, last),
            "created_at": account.created_at,
        }


def _matters(rows: Rows) -> Iterator[Row]:
    for number, matter in enumerate(rows.matters, 1):
        yield {
            "id": matter.id,
            "legacy_id": number,
            "account_id": matter.account_id,
            "number": matter.number,
            "name": matter.name,
            "display_name": matter_name(matter.number, matter.name),
            "status": matter.status,
            "open_date": _midnight(matter.open_date),
            "created_at": matter.created_at,
        }


def _time_entries(rows: Rows, user_id: str) -> Iterator[Row]:
    account_of = {matter.id: matter.account_id for matter in rows.matters}
    for entry in rows.time_entries:
        yield {
            "id": entry.id,
            "account_id": account_of[entry.matter_id],
            "matter_id": entry.matter_id,
            "billed_by_user_id": user_id,
            "date": _midnight(entry.date),
            "hours": entry.hours,
            "rate": entry.rate,
            "total": total(entry.hours, entry.rate),
            "description": entry.description,
            "is_billable": entry.is_billable,
            "is_billed": entry.is_billed,
            "created_at": entry.created_at,
        }


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
