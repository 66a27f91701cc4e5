"""The fields that a firm adds to its companies, contacts and matters, and what a record has in them."""

from schemas.base import Shape
from schemas.fields import Choice, Flag, Guid, Moment, Number, OwnedList, Reference, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.rules import CUSTOM_VALUE_TYPES
from schemas.v2.references import ContactReference


class CustomField(Shape):
    """A field that the firm defined; the address says for which kind of record."""

    id = Guid()
    label = Text(attribute="name", required=True, blank=False, max_length=NAME_LENGTH)
    value_type = Choice(*CUSTOM_VALUE_TYPES, required=True)
    dropdown_list_values = Text(doc="What a DropDownList offers, with commas between.")
    help_text = Text(doc="Shown below the input.")
    tooltip = Text(doc="Shown behind a question mark beside the name.")


class CustomFieldRef(Shape):
    id = Guid(required=True)
    label = Text(attribute="name")
    value_type = Choice(*CUSTOM_VALUE_TYPES)


class CustomFieldValue(Shape):
    """What a record has in one of the firm's fields. Which value counts depends on the field's type."""

    custom_field_ref = Reference(
        CustomFieldRef, attribute="custom_field_id", link="custom_field", required=True
    )
    value_boolean = Flag(load_default=False, doc="For a Checkbox.")
    contact_ref = Reference(
        ContactReference, attribute="value_contact_id", link="value_contact", doc="For a Contact."
    )
    value_date_time = Moment(doc="For a Date or DateTime.")
    value_number = Number(16, 4, doc="For a Number or Currency.")
    value_string = Text(doc="For a TextBox, TextEditor or DropDownList.")


def custom_field_values() -> OwnedList:
    """What the record has in the firm's fields."""
    return OwnedList(CustomFieldValue, link="custom_field_values")
