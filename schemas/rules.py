"""What the doors share beyond the kinds of properties."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import ValidationError, validates_schema

from schemas.base import Shape
from schemas.fields import Number

NO_CUSTOM_FIELD: Final = "There is no such custom field."

CUSTOM_VALUE_TYPES: Final = (
    "TextBox",
    "Date",
    "DateTime",
    "Number",
    "Currency",
    "TextEditor",
    "DropDownList",
    "Checkbox",
    "Contact",
)
"""The kinds of values that a firm's own fields can have."""

RATE_NAMES: Final = {
    "ItemRate": "Item Price",
    "UserRate": "User Hourly Rate",
    "ProjectRate": "Matter Hourly Rate",
    "FlatRate": "Flat Rate",
    "Contingency": "Contingency",
    "PresetProjectRate": "Preset Matter Rate",
}
"""How a matter is charged: the stored word, which v1 prints, and the label that v2 prints."""


def hours(**kwargs: Any) -> Number:
    """Hours worked: at most four digits before the point, so that hours times rate fits the total."""
    return Number(8, 4, minimum=0, required=True, **kwargs)


class NamesSomebody(Shape):
    """A shape of an account that is written: it has a company name or a primary contact."""

    @validates_schema
    def require_somebody(self, data: dict[str, Any], **kwargs: Any) -> None:
        if not (data.get("company_name") or "").strip() and not data.get("primary_contact"):
            message = "An account needs at least one contact or a company name."
            raise ValidationError(message, field_name="primary_contact")
