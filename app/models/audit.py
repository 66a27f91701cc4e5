"""The audit trail: what happened at the doors, as distinct from `changes`, which follows the records.

It takes no number from the firm's counter, so a sign-in never waits for a transaction that writes records
(docs/decisions/0013).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, new_id, now
from app.models.types import Guid, PlainText, UtcDateTime


class AuditEvent(Base):
    """One thing that somebody did or was refused. Rows are only ever added, and purged by age."""

    __tablename__ = "audit_events"

    id: Mapped[str] = mapped_column(Guid, primary_key=True, default=new_id)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firms.id"))
    """Null where nobody can say whose it was, as when an unknown address tries to sign in."""
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    action: Mapped[str] = mapped_column(String(40))
    """What happened, in dotted words such as `grant.approved`; `app.services.audit` lists them."""
    user_id: Mapped[str | None] = mapped_column(Guid)
    client_id: Mapped[str | None] = mapped_column(PlainText)
    address: Mapped[str | None] = mapped_column(PlainText)
    """The network address that the request came from."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Facts for people, such as a scope or the redirect URI that was sent; never anything secret."""

    __table_args__ = (
        Index("ix_audit_events_firm_at", "firm_id", "at"),
        Index("ix_audit_events_client_at", "client_id", "at"),
    )
