"""Files: what is known of them. Their content lies in the file store (`app/services/file_store.py`)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, FirmRow, live, refers, to_one
from app.models.types import Guid, PlainText


class File(FirmRow):
    """A document that somebody uploaded."""

    __tablename__ = "files"

    file_name: Mapped[str] = mapped_column(PlainText)
    """For people; where the content lies does not depend on it."""
    description: Mapped[str | None] = mapped_column(PlainText)
    size: Mapped[int] = mapped_column(BigInteger)
    """In bytes."""
    content_type: Mapped[str] = mapped_column(PlainText)
    storage_key: Mapped[str] = mapped_column(String(80))
    """The content's name in the file store; ours, random, and shown to nobody."""
    account_id: Mapped[str | None] = mapped_column(Guid)
    matter_id: Mapped[str | None] = mapped_column(Guid)
    activity_id: Mapped[str | None] = mapped_column(Guid)

    links = {
        "account": to_one("Account", "account_id"),
        "matter": to_one("Matter", "matter_id"),
        "activity": to_one("Activity", "activity_id"),
        **AUTHORS,
    }
    listed_by = ("created_at",)

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("account_id", "accounts"),
            refers("matter_id", "matters"),
            refers("activity_id", "activities"),
            Index("ix_files_account", "firm_id", "account_id", **live("account_id IS NOT NULL")),
            Index("ix_files_matter", "firm_id", "matter_id", **live("matter_id IS NOT NULL")),
            Index("ix_files_activity", "firm_id", "activity_id", **live("activity_id IS NOT NULL")),
            Index("ix_files_updated_at", "firm_id", "updated_at", **live()),
        )
