"""Values of the fields that a firm adds to its records. Documented here; firms cannot add fields yet."""

from schemas.base import Shape
from schemas.fields import Choice, Flag, Guid, Moment, Number, Property, Reference, References, Text, always
from schemas.rules import CUSTOM_VALUE_TYPES, NO_CUSTOM_FIELD
from schemas.v2.references import ContactReference


class CustomFieldRef(Shape):
    id = Guid(required=True)
    label = Text()
    value_type = Choice(*CUSTOM_VALUE_TYPES)


class CustomFieldValue(Shape):
    custom_field_ref = Reference(CustomFieldRef, required=True)
    value_boolean = Flag(load_default=False, doc="For a Checkbox.")
    contact_ref = Reference(ContactReference, doc="For a Contact.")
    value_date_time = Moment(doc="For a Date or DateTime.")
    value_number = Number(16, 4, doc="For a Number or Currency.")
    value_string = Text(doc="For a TextBox, TextEditor or DropDownList.")


def no_custom_fields() -> Property:
    """The values of a record's custom fields, of which there are none."""
    return always(References(CustomFieldValue), [], refuses=NO_CUSTOM_FIELD)
