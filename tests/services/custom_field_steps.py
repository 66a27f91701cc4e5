"""Steps of the tests of custom fields: to define one, and to write a matter that has values in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import InvalidBody
from app.models import CustomField, CustomFieldValue, Matter
from app.services import custom_fields, matters, records
from app.services.custom_values import COLUMNS, VALUES
from app.services.scoping import owned
from tests.firms import Workplace

Values = dict[str, Any]
MOMENT = dt.datetime(2026, 4, 12, 7, tzinfo=dt.UTC)
SAMPLES: Values = {
    "TextBox": "17-cv-0042",
    "TextEditor": "<p>Sealed</p>",
    "DropDownList": "Southern District",
    "Number": Decimal("0"),
    "Currency": Decimal("1250.5"),
    "Date": MOMENT,
    "DateTime": MOMENT,
    "Checkbox": True,
}
OPTIONS = "Northern District,Southern District"


def define(session: Session, place: Workplace, **values: Any) -> CustomField:
    given = {"object_type": "Matter", "name": "Court", "value_type": "TextBox", **values}
    if given["value_type"] == "DropDownList":
        given.setdefault("dropdown_list_values", OPTIONS)
    return records.create(session, place, CustomField, custom_fields.RULES, given)


def redefine(session: Session, place: Workplace, field: CustomField, **values: Any) -> None:
    given = {"name": field.name, "value_type": field.value_type, **values}
    given.setdefault("dropdown_list_values", field.dropdown_list_values)
    records.replace(session, place, field, custom_fields.RULES, given)


def open_matter(session: Session, place: Workplace, *given: Values) -> Matter:
    values = {"name": "Acme v. Bolt", "status": "Open", VALUES: list(given)}
    return records.create(session, place, Matter, matters.RULES, values)


def fill_in(session: Session, place: Workplace, matter: Matter, *given: Values) -> None:
    values = {"name": matter.name, "status": matter.status, VALUES: list(given)}
    records.replace(session, place, matter, matters.RULES, values)


def value_of(field: CustomField, **columns: Any) -> Values:
    """As the doors load it: every column is there."""
    empty = {**dict.fromkeys(COLUMNS.values()), "value_boolean": False}
    return {**empty, "custom_field_id": field.id, **columns}


def stored(session: Session, place: Workplace, matter: Matter) -> list[CustomFieldValue]:
    mine = owned(CustomFieldValue, place).where(CustomFieldValue.matter_id == matter.id)
    return list(session.scalars(mine.order_by(CustomFieldValue.created_at)))


def refused(write: Callable[[], Any]) -> dict[str, list[str]]:
    with pytest.raises(InvalidBody) as caught:
        write()
    return caught.value.fields
