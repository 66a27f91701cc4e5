"""What a firm charges for."""

from __future__ import annotations

import decimal
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import FirmRow, live
from app.models.types import ExactDecimal, PlainText


class Item(FirmRow):
    """A service or product on the firm's price list."""

    __tablename__ = "items"

    name: Mapped[str] = mapped_column(PlainText)
    code: Mapped[str | None] = mapped_column(PlainText)
    description: Mapped[str | None] = mapped_column(PlainText)
    rate: Mapped[decimal.Decimal | None] = mapped_column(ExactDecimal(12, 4))

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (Index("ix_items_name", "firm_id", "name", "id", **live()),)
