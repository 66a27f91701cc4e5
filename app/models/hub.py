"""The live connections of the hub."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base
from app.models.types import Guid, PlainText, UtcDateTime

NEGOTIATED, OPEN, POLLED, PARKED = "negotiated", "open", "polled", "parked"


class HubConnection(Base):
    """One connection, and where in the log of changes it stands: all that a process needs to go on with it.

    `number` is the last change that the client was told of, `confirmed` the last of which it is sure that the client
    has it. `pending` is what the next poll has to bring besides. `owner` is the process that holds the connection or
    last answered it. The token itself, which the client was given, is not here.
    """

    __tablename__ = "hub_connections"

    hash: Mapped[str] = mapped_column(PlainText, primary_key=True)
    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"))
    grant_id: Mapped[str] = mapped_column(Guid)
    state: Mapped[str] = mapped_column(String(10), default=NEGOTIATED)
    owner: Mapped[str | None] = mapped_column(Guid)
    number: Mapped[int] = mapped_column(BigInteger)
    confirmed: Mapped[int] = mapped_column(BigInteger)
    is_handshaken: Mapped[bool] = mapped_column(default=False)
    pending: Mapped[str] = mapped_column(PlainText, default="")
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_hub_connections_grant", "firm_id", "grant_id"),
        Index("ix_hub_connections_expires_at", "expires_at"),
    )
