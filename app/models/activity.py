"""Work done on matters."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Index, case, literal
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, FirmRow, live, refers, to_one
from app.models.types import ExactDecimal, Guid, PlainText, UtcDateTime


def billing_status(entry: FromClause) -> ColumnElement[str]:
    """Where the entry stands on its way to an invoice."""
    return case(
        (entry.c.is_billed, literal("Billed")),
        (entry.c.is_billable, literal("Billable")),
        else_=literal("NotBillable"),
    )


class TimeEntry(FirmRow):
    """Hours that somebody worked on a matter."""

    __tablename__ = "time_entries"

    is_billable: Mapped[bool] = mapped_column(default=True)
    is_billed: Mapped[bool] = mapped_column(default=False)
    date: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    hours: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(12, 4))
    rate: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(12, 4))
    total: Mapped[decimal.Decimal] = mapped_column(ExactDecimal(14, 2))
    """Hours times rate, to the cent; kept by the rules so that it can be summed and sorted."""
    description: Mapped[str | None] = mapped_column(PlainText)
    account_id: Mapped[str] = mapped_column(Guid)
    matter_id: Mapped[str] = mapped_column(Guid)
    billed_by_user_id: Mapped[str] = mapped_column(Guid)
    item_id: Mapped[str | None] = mapped_column(Guid)
    task_code: Mapped[str | None] = mapped_column(PlainText)
    private_notes: Mapped[str | None] = mapped_column(PlainText)

    links = {
        "account": to_one("Account", "account_id"),
        "matter": to_one("Matter", "matter_id"),
        "billed_by_user": to_one("User", "billed_by_user_id"),
        "item": to_one("Item", "item_id"),
        **AUTHORS,
    }
    computed = {"status": billing_status}

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("account_id", "accounts"),
            refers("matter_id", "matters"),
            refers("billed_by_user_id", "users"),
            refers("item_id", "items"),
            Index("ix_time_entries_date", "firm_id", cls.date.desc(), "id", **live()),
            Index("ix_time_entries_matter", "firm_id", "matter_id", **live()),
            Index("ix_time_entries_account", "firm_id", "account_id", **live()),
            Index("ix_time_entries_updated_at", "firm_id", "updated_at", **live()),
            Index("ix_time_entries_user", "firm_id", "billed_by_user_id", **live()),
        )
