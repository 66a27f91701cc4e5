"""The fields that a firm adds to its records, and what a record has in them."""

from schemas.base import Shape
from schemas.fields import Choice, Flag, Guid, Moment, Navigates, Number, Text, Whole
from schemas.rules import CUSTOM_VALUE_TYPES


class CustomField(Shape):
    """A field that the firm defined for a kind of record."""

    id = Guid()
    object_type = Choice("Account", "Contact", "Matter", "User", "Address")
    name = Text()
    value_type = Choice(*CUSTOM_VALUE_TYPES)
    dropdown_list_values = Text()
    help_text = Text()
    tooltip = Text()
    row_index = Whole()
    created_at = Moment()
    updated_at = Moment()


class CustomFieldValue(Shape):
    """What an account, a contact or a matter has in a field; the other two keys are null."""

    id = Guid()
    custom_field_id = Guid()
    account_id = Guid()
    contact_id = Guid()
    matter_id = Guid()
    value_string = Text()
    value_number = Number(16, 4)
    value_date_time = Moment()
    value_boolean = Flag()
    value_contact_id = Guid()
    created_at = Moment()
    updated_at = Moment()
    custom_field = Navigates(link="custom_field", to="CustomField")
    value_contact = Navigates(link="value_contact", to="Contact")
