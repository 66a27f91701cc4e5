"""Webhooks: where a firm wants to be told of changes, what was sent there, and what came of it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, BigInteger, ForeignKey, ForeignKeyConstraint, Index, PrimaryKeyConstraint, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, new_id, now, refers
from app.models.types import Guid, PlainText, UtcDateTime

WANTED = sql("wanted_at IS NOT NULL")


class Webhook(Base):
    """An address that is told of the firm's changes, and how far it has been told of them."""

    __tablename__ = "webhooks"

    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    id: Mapped[str] = mapped_column(Guid, default=new_id)
    url: Mapped[str] = mapped_column(PlainText)
    entities: Mapped[list[str]] = mapped_column(JSON)
    """The kinds of records, as `changes` names them; empty for all."""
    actions: Mapped[list[str]] = mapped_column(JSON)
    secret: Mapped[str] = mapped_column(PlainText)
    """What signs the deliveries, encrypted with a key that comes from SECRET_KEY."""
    old_secret: Mapped[str | None] = mapped_column(PlainText)
    """The one before, which goes on signing until `old_secret_until`."""
    old_secret_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    position: Mapped[int] = mapped_column(BigInteger)
    """The number of the last change that is done with."""
    is_paused: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    created_by_id: Mapped[str] = mapped_column(Guid)
    client_id: Mapped[str | None] = mapped_column(PlainText)
    """The app that made it; null where it was made on the page, or with a personal access token."""

    failures: Mapped[int] = mapped_column(default=0)
    """Attempts in a row that failed."""
    failing_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    next_attempt_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """Nothing is sent before this moment; null while all goes well."""
    busy_by: Mapped[str | None] = mapped_column(String(36))
    """Who delivers just now: no two do, so that the order is kept."""
    busy_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When somebody else may go on, because whoever delivered must be gone."""

    __table_args__ = (PrimaryKeyConstraint("firm_id", "id"), refers("created_by_id", "users"))


class WebhookDelivery(Base):
    """Some changes in one request. It is the same request each time that it is sent."""

    __tablename__ = "webhook_deliveries"

    firm_id: Mapped[int]
    id: Mapped[str] = mapped_column(Guid, default=new_id)
    webhook_id: Mapped[str] = mapped_column(Guid)
    last: Mapped[int] = mapped_column(BigInteger)
    """The number up to which the changes are done with, once it has arrived."""
    changes: Mapped[int]
    """How many changes it tells of."""
    body: Mapped[str] = mapped_column(PlainText)
    state: Mapped[str] = mapped_column(String(10))
    """`waiting`, `failing` or `delivered`."""
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    delivered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    wanted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When somebody asked for it to be sent again, until that is done."""

    __table_args__ = (
        PrimaryKeyConstraint("firm_id", "id"),
        refers("webhook_id", "webhooks"),
        Index("ix_webhook_deliveries_last", "firm_id", "webhook_id", "last"),
        Index(
            "ix_webhook_deliveries_wanted",
            "firm_id",
            "webhook_id",
            sqlite_where=WANTED,
            postgresql_where=WANTED,
        ),
        Index("ix_webhook_deliveries_made_at", "made_at"),
    )


class WebhookAttempt(Base):
    """One try to deliver, and what was answered."""

    __tablename__ = "webhook_attempts"

    firm_id: Mapped[int]
    delivery_id: Mapped[str] = mapped_column(Guid)
    number: Mapped[int]
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    milliseconds: Mapped[int]
    status: Mapped[int | None]
    """Null where nothing was answered; `error` says why."""
    error: Mapped[str | None] = mapped_column(PlainText)
    answer: Mapped[str | None] = mapped_column(PlainText)
    """The beginning of the answer's body."""

    __table_args__ = (
        PrimaryKeyConstraint("firm_id", "delivery_id", "number"),
        ForeignKeyConstraint(
            ["firm_id", "delivery_id"], ["webhook_deliveries.firm_id", "webhook_deliveries.id"]
        ),
    )
