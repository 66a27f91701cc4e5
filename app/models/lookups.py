"""Lookup values: what can be chosen in the firm's lists, the standard ones and those of its own fields."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Index, String, case, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import AUTHORS, Base, FirmRow, live, refers, to_one
from app.models.lookup_tables import TITLES
from app.models.types import Guid, PlainText


def type_name(value: FromClause) -> ColumnElement[str]:
    """What people call the list that the value is in."""
    field = Base.metadata.tables["custom_fields"].alias()
    of_field = (
        select(field.c.name)
        .where(field.c.firm_id == value.c.firm_id, field.c.id == value.c.custom_field_id)
        .correlate_except(field)
        .scalar_subquery()
    )
    return func.coalesce(case(TITLES, value=value.c.table_name), of_field, type_=PlainText())


def is_custom(value: FromClause) -> ColumnElement[bool]:
    """Whether it is an option of a field that the firm defined."""
    return value.c.custom_field_id.is_not(None)


def _unique(name: str, *columns: str) -> Index:
    """What is there once in a list; a null counts as nothing."""
    given = " AND ".join(f"{column} IS NOT NULL" for column in columns if column != "name")
    return Index(f"uq_lookup_values_{name}", "firm_id", *columns, unique=True, **live(given))


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
    computed = {"type_name": type_name, "is_custom": is_custom}

    @classmethod
    def constraints(cls) -> tuple[Any, ...]:
        return (
            refers("custom_field_id", "custom_fields"),
            Index("uq_lookup_values_number", "firm_id", "lookup_id", unique=True),
            _unique("name", "table_name", "name"),
            _unique("option", "custom_field_id", "name"),
            _unique("external_id", "table_name", "external_id"),
        )
