"""Messages between the firm and its clients: texts, and secure messages in the client portal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, FirmRow, live, new_id, refers, to_one
from app.models.types import Guid, PlainText, UtcDateTime


class Message(FirmRow):
    """One message of a conversation."""

    __tablename__ = "messages"

    type: Mapped[str] = mapped_column(String(6), default="Secure")
    sender_id: Mapped[str | None] = mapped_column(Guid)
    contact_id: Mapped[str | None] = mapped_column(Guid)
    account_id: Mapped[str | None] = mapped_column(Guid)
    matter_id: Mapped[str | None] = mapped_column(Guid)
    subject: Mapped[str | None] = mapped_column(PlainText)
    body: Mapped[str | None] = mapped_column(PlainText)
    sent_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    sent_by_contact: Mapped[bool] = mapped_column(default=False)
    conversation_id: Mapped[str] = mapped_column(Guid, default=new_id)
    external_conversation_id: Mapped[str | None] = mapped_column(PlainText)
    firm_text_phone_number: Mapped[str | None] = mapped_column(PlainText)
    firm_location_name: Mapped[str | None] = mapped_column(PlainText)
    user_name: Mapped[str | None] = mapped_column(PlainText)
    user_email: Mapped[str | None] = mapped_column(PlainText)

    links = {
        "sender": to_one("User", "sender_id"),
        "contact": to_one("Contact", "contact_id"),
        "account": to_one("Account", "account_id"),
        "matter": to_one("Matter", "matter_id"),
        **AUTHORS,
    }
    listed_by = ("sent_at",)

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("sender_id", "users"),
            refers("contact_id", "contacts"),
            refers("account_id", "accounts"),
            refers("matter_id", "matters"),
            Index("ix_messages_conversation", "firm_id", "conversation_id", "sent_at", **live()),
            Index("ix_messages_updated_at", "firm_id", "updated_at", **live()),
        )
