"""Conflict checks: what somebody asked before the firm took a matter on, and what was found then."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, FirmRow, live, refers, to_one
from app.models.types import Guid, PlainText


class ConflictCheck(FirmRow):
    """A search for names among everybody whom the firm has to do with, as it was asked and answered.

    It is written once: whoever is asked later shows what was known then. `asked` and `matches` are JSON.
    """

    __tablename__ = "conflict_checks"

    matter_id: Mapped[str | None] = mapped_column(Guid)
    """The matter that it was made for."""
    threshold: Mapped[int]
    """The least score of a match, 0 to 100."""
    match_count: Mapped[int]
    is_cut: Mapped[bool]
    """Whether there were more matches than were told."""
    asked: Mapped[str] = mapped_column(PlainText)
    matches: Mapped[str] = mapped_column(PlainText)

    links = {"matter": to_one("Matter", "matter_id"), **AUTHORS}

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("matter_id", "matters"),
            Index("ix_conflict_checks_matter", "firm_id", "matter_id", **live()),
            Index("ix_conflict_checks_created_at", "firm_id", "created_at", **live()),
        )
