"""Lookup values: what can be chosen in the firm's lists, the standard ones and those of its own fields."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, FirmRow, live, refers, to_one
from app.models.types import Guid, PlainText


class LookupValue(FirmRow):
    """A value to choose, such as an office, a program or a kind of charge.

    It is in one of the standard tables (`app/models/lookup_tables.py`), or it is an option of one of the firm's
    own fields. What records have chosen stays: a value is switched off rather than deleted.
    """

    __tablename__ = "lookup_values"

    lookup_id: Mapped[int]
    """A small number that the firm's lookups have besides their ids."""
    table_name: Mapped[str | None] = mapped_column(String(40))
    """The standard table; null where the value is an option of a custom field."""
    custom_field_id: Mapped[str | None] = mapped_column(Guid)
    name: Mapped[str] = mapped_column(PlainText)
    position: Mapped[int] = mapped_column(default=0)
    """Its place in the list of a custom field's options."""
    is_active: Mapped[bool] = mapped_column(default=True)
    """Whether it can still be chosen."""
    external_id: Mapped[str | None] = mapped_column(PlainText)
    """What another system knows it by."""

    links = {"custom_field": to_one("CustomField", "custom_field_id"), **AUTHORS}
    listed_by = ("position", "lookup_id")

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("custom_field_id", "custom_fields"),
            Index("uq_lookup_values_number", "firm_id", "lookup_id", unique=True),
            Index(
                "uq_lookup_values_name",
                "firm_id",
                "table_name",
                "name",
                unique=True,
                **live("table_name IS NOT NULL"),
            ),
            Index(
                "uq_lookup_values_option",
                "firm_id",
                "custom_field_id",
                "name",
                unique=True,
                **live("custom_field_id IS NOT NULL"),
            ),
            Index(
                "uq_lookup_values_external_id",
                "firm_id",
                "table_name",
                "external_id",
                unique=True,
                **live("external_id IS NOT NULL"),
            ),
        )
