"""Firms and the people who work in them."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, FirmRow, known_elsewhere, listed_through, now, refers, to_one, to_row_of
from app.models.roles import ADMINISTRATOR, LONGEST_NAME, MEMBER
from app.models.tags_and_links import account_assignees, activity_assignees, matter_assignees
from app.models.types import ExactDecimal, Guid, PlainText, UtcDateTime

__all__ = ["ADMINISTRATOR", "MEMBER", "Counter", "Firm", "User"]


class Firm(Base):
    """A law firm: the owner of every other row."""

    __tablename__ = "firms"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(PlainText)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=now)
    approves_apps: Mapped[bool] = mapped_column(default=False)
    """Whether every app is let in without a request; else its administrator decides on each."""
    is_demo: Mapped[bool] = mapped_column(default=False)
    """Made-up data, for trying things out: every app may be connected to it."""
    not_enabled: Mapped[str | None] = mapped_column(PlainText)
    """The groups of premium operations that are switched off, with spaces between."""


class User(FirmRow):
    """Somebody who works at the firm, and signs in with an email address and a password."""

    __tablename__ = "users"

    email: Mapped[str] = mapped_column(PlainText)
    login: Mapped[str | None] = mapped_column(PlainText, unique=True)
    """The address in lower case, by which the sign-in finds the user; null once the user is deleted."""
    password_hash: Mapped[str] = mapped_column(PlainText)
    role: Mapped[str] = mapped_column(String(LONGEST_NAME), default=MEMBER)
    """The name of a built-in role, or of one in `roles`."""
    restrictions: Mapped[str | None] = mapped_column(PlainText)
    """Those of this user, besides the role's, with spaces between."""
    office_id: Mapped[str | None] = mapped_column(Guid)
    program_id: Mapped[str | None] = mapped_column(Guid)
    is_active: Mapped[bool] = mapped_column(default=True)
    first_name: Mapped[str | None] = mapped_column(PlainText)
    middle_name: Mapped[str | None] = mapped_column(PlainText)
    last_name: Mapped[str | None] = mapped_column(PlainText)
    display_name: Mapped[str] = mapped_column(PlainText, default="")
    hourly_rate: Mapped[decimal.Decimal | None] = mapped_column(ExactDecimal(12, 4))
    time_zone_id: Mapped[str | None] = mapped_column(PlainText)
    last_login_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    external_unique_id: Mapped[str | None] = mapped_column(PlainText)

    totp_secret: Mapped[str | None] = mapped_column(PlainText)
    """The shared secret of the second factor, encrypted with a key that comes from SECRET_KEY."""
    totp_confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    """When the user first typed a right code; until then the second factor is not asked for."""
    totp_last_step: Mapped[int | None] = mapped_column(BigInteger)
    """The time step of the last code that was accepted, so that none works twice (RFC 6238 section 5.2)."""

    listed_by = ("display_name",)
    links = {
        "office": to_one("LookupValue", "office_id"),
        "program": to_one("LookupValue", "program_id"),
        "time_entries": to_row_of("TimeEntry", "billed_by_user_id"),
        "accounts": listed_through("Account", account_assignees),
        "matters": listed_through("Matter", matter_assignees),
        "activities": listed_through("Activity", activity_assignees),
    }

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("office_id", "lookup_values"),
            refers("program_id", "lookup_values"),
            Index("ix_users_display_name", "firm_id", "display_name"),
            known_elsewhere("users", "external_unique_id", unique=True),
        )


class Counter(Base):
    """The last number that a firm has given out in one series."""

    __tablename__ = "counters"

    firm_id: Mapped[int] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
