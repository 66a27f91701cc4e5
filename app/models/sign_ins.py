"""How users prove who they are: the browsers they signed in from, and the codes of last resort."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, PrimaryKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, new_id, now, refers
from app.models.types import Guid, PlainText, UtcDateTime


class BrowserSession(Base):
    """One browser that a user is signed in with. The cookie carries the id, signed; this row can end it."""

    __tablename__ = "browser_sessions"

    firm_id: Mapped[int]
    id: Mapped[str] = mapped_column(Guid, default=new_id)
    user_id: Mapped[str] = mapped_column(Guid)
    address: Mapped[str | None] = mapped_column(PlainText)
    """The network address of the sign-in."""
    browser: Mapped[str | None] = mapped_column(PlainText)
    """As it named itself then (`User-Agent`), shortened."""
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    last_seen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        PrimaryKeyConstraint("firm_id", "id"),
        refers("user_id", "users"),
        Index("ix_browser_sessions_user", "firm_id", "user_id"),
        Index("ix_browser_sessions_expires_at", "expires_at"),
    )


class RecoveryCode(Base):
    """A code that stands in once for a lost second factor; kept as a SHA-256 digest, for it is random."""

    __tablename__ = "recovery_codes"

    firm_id: Mapped[int]
    user_id: Mapped[str] = mapped_column(Guid)
    hash: Mapped[str] = mapped_column(PlainText)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (PrimaryKeyConstraint("firm_id", "user_id", "hash"), refers("user_id", "users"))
