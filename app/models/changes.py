"""The log of every insert, update and delete, in the order in which the firm's transactions committed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, now
from app.models.types import Guid, UtcDateTime


class Change(Base):
    """One change of one row. `number` counts from 1 within the firm, without gaps; a delete is a tombstone."""

    __tablename__ = "changes"

    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[str] = mapped_column(Guid)
    action: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[str | None] = mapped_column(Guid)
    client_id: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)

    __table_args__ = (
        # Those of a set since a number, and of each row the last: what a delta link asks for.
        Index("ix_changes_of_set", "firm_id", "entity", "number"),
        Index("ix_changes_of_row", "firm_id", "entity", "entity_id", "number"),
    )
