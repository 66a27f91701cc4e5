"""What was answered to requests with an `Idempotency-Key`, so that the same request again gives the same answer."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, PrimaryKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now, refers
from app.models.types import Guid, PlainText, UtcDateTime


class IdempotencyKey(Base):
    """One request that was carried out, in whose transaction the row was written."""

    __tablename__ = "idempotency_keys"

    firm_id: Mapped[int]
    user_id: Mapped[str] = mapped_column(Guid)
    app: Mapped[str] = mapped_column(PlainText)
    """The app's client id; of a personal access token its grant's id."""
    key: Mapped[str] = mapped_column(String(255))
    fingerprint: Mapped[str] = mapped_column(String(64))
    """A SHA-256 digest of the method, the address and the body."""
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    answer: Mapped[str | None] = mapped_column(PlainText)
    """The status, the headers and the body, encrypted; null where they are too long to be kept."""

    __table_args__ = (
        PrimaryKeyConstraint("firm_id", "user_id", "app", "key"),
        refers("user_id", "users"),
        Index("ix_idempotency_keys_created_at", "created_at"),
    )
