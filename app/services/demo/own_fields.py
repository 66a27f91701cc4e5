"""The fields that the demo firm added to its companies, contacts and matters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.models.custom_fields import COMPANY, CONTACT, MATTER
from app.services.demo.brief import Brief, Row
from app.services.demo.plan import OPENING_DAY, midnight

COURTS = (
    "Multnomah County Circuit Court",
    "Marion County Circuit Court",
    "Clark County Superior Court",
    "Northern District",
    "Southern District",
)
INDUSTRIES = ("Construction", "Health care", "Hospitality", "Manufacturing", "Retail", "Software")
LANGUAGES = ("English", "Spanish", "Vietnamese", "Russian", "Mandarin")


class Field(NamedTuple):
    """A field.

    Args:
        chance: how many of its kind of record have a value, of 1.
        options: what a drop-down list offers.
    """

    object_type: str
    name: str
    value_type: str
    chance: float
    options: tuple[str, ...] = ()
    help_text: str | None = None


FIELDS = (
    Field(COMPANY, "Industry", "DropDownList", 0.9, INDUSTRIES),
    Field(COMPANY, "Number of employees", "Number", 0.6),
    Field(
        COMPANY, "Billing guidelines", "TextEditor", 0.3, help_text="What the client asks of our invoices."
    ),
    Field(COMPANY, "Annual report due", "Date", 0.5),
    Field(CONTACT, "Preferred language", "DropDownList", 0.3, LANGUAGES),
    Field(CONTACT, "Do not text", "Checkbox", 0.15),
    Field(CONTACT, "Date of birth", "Date", 0.25),
    Field(CONTACT, "Emergency contact", "TextBox", 0.1),
)
MATTER_FIELDS = (
    Field(MATTER, "Conflict checked", "Checkbox", 0.7, help_text="Before the engagement letter is sent."),
    Field(MATTER, "Referred by", "TextBox", 0.2),
    Field(MATTER, "Value of the matter", "Currency", 0.25),
)
COURT_FIELDS = (
    Field(MATTER, "Court", "DropDownList", 0.8, COURTS),
    Field(MATTER, "Case number", "TextBox", 0.75, help_text="As the court writes it."),
    Field(MATTER, "Judge", "TextBox", 0.4),
    Field(MATTER, "Opposing counsel", "Contact", 0.9),
    Field(MATTER, "Incident date", "Date", 0.5),
    Field(MATTER, "Trial date", "DateTime", 0.2),
    Field(MATTER, "Damages claimed", "Currency", 0.4),
    Field(MATTER, "Number of parties", "Number", 0.3),
    Field(MATTER, "Summary of facts", "TextEditor", 0.15),
)
ALL = (*FIELDS, *MATTER_FIELDS, *COURT_FIELDS)


def field_id(brief: Brief, field: Field) -> str:
    return brief.id(f"custom field {field.object_type} {field.name}", 0)


def custom_fields(brief: Brief) -> Iterator[Row]:
    for position, field in enumerate(ALL):
        yield {
            "id": field_id(brief, field),
            "object_type": field.object_type,
            "name": field.name,
            "value_type": field.value_type,
            "help_text": field.help_text,
            "row_index": position,
            "is_in_lists": field.name in ("Court", "Case number", "Industry"),
            "created_at": midnight(OPENING_DAY),
        }
