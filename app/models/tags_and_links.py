"""What hangs on other records: tags, and who is assigned to, follows or is billed for what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FirmRow, joining
from app.models.types import PlainText


class Tag(FirmRow):
    """A label for accounts, matters or activities; a tag for one kind is not a tag for another."""

    __tablename__ = "tags"

    tag_for: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(PlainText)

    listed_by = ("name",)

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (Index("uq_tags_name", "firm_id", "tag_for", "name", unique=True),)


account_tags = joining("account_tags", "account_id", "accounts", "tag_id", "tags")
account_assignees = joining("account_assignees", "account_id", "accounts", "user_id", "users")
account_followers = joining("account_followers", "account_id", "accounts", "user_id", "users")
account_recipients = joining("account_recipients", "account_id", "accounts", "contact_id", "contacts")
matter_tags = joining("matter_tags", "matter_id", "matters", "tag_id", "tags")
matter_assignees = joining("matter_assignees", "matter_id", "matters", "user_id", "users")
matter_followers = joining("matter_followers", "matter_id", "matters", "user_id", "users")
matter_recipients = joining("matter_recipients", "matter_id", "matters", "contact_id", "contacts")
matter_exclusions = joining("matter_exclusions", "matter_id", "matters", "user_id", "users")
"""Whom a matter is kept from; it has no effect on those with the right to all cases."""
activity_tags = joining("activity_tags", "activity_id", "activities", "tag_id", "tags")
activity_assignees = joining("activity_assignees", "activity_id", "activities", "user_id", "users")
activity_contacts = joining("activity_contacts", "activity_id", "activities", "contact_id", "contacts")
