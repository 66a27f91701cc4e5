"""Keeping what was answered to a request that carries an `Idempotency-Key`.

The row is written in the transaction of the work, and it is the first thing written there: of two requests with
one key the second waits until the first is committed, and finds its row, or rolled back, and takes its place.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass
from typing import Any

import orjson
import psycopg
from cryptography.fernet import InvalidToken
from psycopg import RawCursor
from sqlalchemy import select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.models import IdempotencyKey
from app.models.base import now
from app.models.types import utc_text
from app.services.numbering import INSERTS
from app.services.sealing import cipher

KEPT = dt.timedelta(hours=24)
LONGEST_ANSWER = 1_000_000
"""Bytes of a body."""
PURPOSE = b"matterbase idempotency"
PATIENCE = "10s"
"""How long a second request waits for the first on PostgreSQL; SQLite has its own time for that."""
NOT_KEPT = "The request was carried out before, and its answer is not there to be sent again; read what it has written."
BUSY = "A request with this Idempotency-Key is being carried out; send it again in a moment."

COLUMNS = ("firm_id", "user_id", "app", "key")
LOOK = "SELECT fingerprint, answer FROM idempotency_keys WHERE "
ON_SQLITE = LOOK + "firm_id = ? AND user_id = ? AND app = ? AND key = ? AND created_at > ?"
ON_POSTGRESQL = LOOK + "firm_id = $1 AND user_id = $2 AND app = $3 AND key = $4 AND created_at > $5"


@dataclass(frozen=True)
class Sender:
    """Whose key it is: two apps may use the same one, and never meet.

    Args:
        app: the app's client id, or the grant's id of a personal access token.
    """

    firm_id: int
    user_id: str
    app: str


@dataclass(frozen=True)
class Answer:
    """What was answered, to be sent again.

    Args:
        rights: what the caller was allowed when it was answered.
    """

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    rights: str


@dataclass(frozen=True)
class Kept:
    """What is known of a key: the digest of its request, and the sealed answer if it was not too long."""

    fingerprint: str
    answer: str | None


def look(connection: Any, sender: Sender, key: str) -> Kept | None:
    """What is kept for a key, without waiting for anybody.

    Args:
        connection: a driver connection, as `Database.reading` lends it.
    """
    since = now() - KEPT
    values = [sender.firm_id, sender.user_id, sender.app, key]
    if isinstance(connection, sqlite3.Connection):
        row = connection.execute(ON_SQLITE, [*values, utc_text(since)]).fetchone()
    else:
        row = RawCursor(connection).execute(ON_POSTGRESQL, [*values, since.replace(tzinfo=None)]).fetchone()
    return Kept(*row) if row else None


def claim(session: Session, sender: Sender, key: str, fingerprint: str) -> Kept | None:
    """Take the key for the work of this transaction; or else, what is kept for it.

    Raises:
        Conflict: another request with this key is still being carried out.
    """
    name = session.get_bind().dialect.name
    at = now()
    values = {**vars(sender), "key": key, "fingerprint": fingerprint, "created_at": at, "answer": None}
    fresh = (
        INSERTS[name](IdempotencyKey)
        .values(values)
        .on_conflict_do_update(
            index_elements=COLUMNS, set_=values, where=IdempotencyKey.created_at <= at - KEPT
        )
        .returning(IdempotencyKey.key)
    )
    if name == "postgresql":
        session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
    try:
        taken = session.execute(fresh).first()
    except OperationalError as error:
        if isinstance(error.orig, psycopg.errors.LockNotAvailable):
            raise Conflict(BUSY) from None
        raise
    if taken is None:
        of_sender = select(IdempotencyKey.fingerprint, IdempotencyKey.answer).filter_by(
            firm_id=sender.firm_id, user_id=sender.user_id, app=sender.app, key=key
        )
        return Kept(*session.execute(of_sender).one())
    if name == "postgresql":
        session.execute(text("SET LOCAL lock_timeout = 0"))
    return None


def keep(session: Session, sender: Sender, key: str, answer: Answer, secret: str) -> None:
    """Keep the answer beside the work, in its transaction.

    Args:
        secret: the application's SECRET_KEY. An answer can hold what the database has in no other place.
    """
    mine = update(IdempotencyKey).filter_by(
        firm_id=sender.firm_id, user_id=sender.user_id, app=sender.app, key=key
    )
    session.execute(mine.values(answer=_sealed(answer, secret)))


def opened(kept: Kept, secret: str, rights: str | None) -> Answer:
    """The answer.

    Args:
        rights: what the caller is allowed now.

    Raises:
        Conflict: it was too long to be kept, or was for other rights, or SECRET_KEY is another one now.
    """
    try:
        head, _, body = cipher(secret, PURPOSE).decrypt(kept.answer or "").partition(b"\n")
    except InvalidToken:
        raise Conflict(NOT_KEPT) from None
    status, headers, then = orjson.loads(head)
    if then != rights:
        raise Conflict(NOT_KEPT)
    return Answer(status, [(name, value) for name, value in headers], body, then)


def _sealed(answer: Answer, secret: str) -> str | None:
    if len(answer.body) > LONGEST_ANSWER:
        return None
    head = orjson.dumps([answer.status, answer.headers, answer.rights])
    return cipher(secret, PURPOSE).encrypt(head + b"\n" + answer.body).decode()
