"""The fields that a firm adds to its records. Documented here; firms cannot add fields yet."""

from schemas.fields import (
    Choice,
    Flag,
    Guid,
    Moment,
    Number,
    Property,
    Reference,
    References,
    Text,
    Whole,
    always,
)
from schemas.rules import CUSTOM_VALUE_TYPES, NO_CUSTOM_FIELD
from schemas.v1.camel import CamelShape
from schemas.v1.references import ContactRef, UserRef


class CustomFieldDTO_Detail(CamelShape):  # noqa: N801 - the component's published name
    is_include_in_list = Flag()
    is_export_to_ledes = Flag()
    help_text = Text()
    tooltip = Text()
    object_type = Choice("Account", "Project", "Contact", "User", "Address", required=True)
    row_index = Whole()
    created_date = Moment(dump_only=True)
    last_modified_date = Moment(dump_only=True)
    created_by = Reference(UserRef)
    last_modified_by = Reference(UserRef)
    guid = Guid()
    value_type = Choice(*CUSTOM_VALUE_TYPES, required=True)
    name = Text(required=True)
    is_deleted = Flag(dump_only=True)
    is_required = Flag()
    is_default = Flag()
    drop_down_list_values = Text()


class CustomFieldValueDTO(CamelShape):
    value_string = Text()
    value_number = Number(16, 4)
    value_date_time = Moment()
    value_date_string = Text(dump_only=True)
    value_boolean = Flag(load_default=False)
    custom_field_guid = Guid(required=True)
    value_contact = Reference(ContactRef)


class CustomFieldValueDTO_Detail(CamelShape):  # noqa: N801 - the component's published name
    guid = Guid()
    value_string = Text()
    value_number = Number(16, 4)
    value_date_time = Moment()
    value_boolean = Flag(load_default=False)
    value_contact_guid = Guid()
    value_contact = Reference(ContactRef)
    custom_field = Reference(CustomFieldDTO_Detail, required=True)


def no_custom_fields(shape: type[CamelShape] = CustomFieldValueDTO_Detail) -> Property:
    """The values of a record's custom fields, of which there are none."""
    return always(References(shape), [], refuses=NO_CUSTOM_FIELD)
