"""Who else has to do with a matter: judges, opposing counsel, witnesses."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, FirmRow, live, refers, to_one
from app.models.types import Guid, PlainText


class Relationship(FirmRow):
    """What a contact is to a matter."""

    __tablename__ = "relationships"

    contact_id: Mapped[str] = mapped_column(Guid)
    matter_id: Mapped[str] = mapped_column(Guid)
    name: Mapped[str] = mapped_column(PlainText)
    notes: Mapped[str | None] = mapped_column(PlainText)

    links = {"contact": to_one("Contact", "contact_id"), "matter": to_one("Matter", "matter_id"), **AUTHORS}

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("contact_id", "contacts"),
            refers("matter_id", "matters"),
            Index("ix_relationships_contact", "firm_id", "contact_id", **live()),
            Index("ix_relationships_matter", "firm_id", "matter_id", **live()),
        )
