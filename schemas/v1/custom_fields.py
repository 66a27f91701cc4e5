"""The fields that a firm adds to its companies, contacts and matters, and what a record has in them."""

from __future__ import annotations

from schemas.fields import (
    Choice,
    Flag,
    Guid,
    Moment,
    Number,
    OwnedList,
    Reference,
    Renamed,
    Text,
    Whole,
    always,
)
from schemas.rules import CUSTOM_VALUE_TYPES
from schemas.v1.camel import CamelShape
from schemas.v1.references import ContactRef, to_author

OBJECT_TYPES = {
    "Account": "Account",
    "Matter": "Project",
    "Contact": "Contact",
    "User": "User",
    "Address": "Address",
}
"""The kinds of records that have fields: the stored word, and what v1 calls it."""


def object_type() -> Renamed:
    return Renamed(OBJECT_TYPES, enum=tuple(OBJECT_TYPES.values()), required=True)


class CustomFieldDTO(CamelShape):
    """A field that the firm defined, in a list."""

    guid = Guid(attribute="id")
    object_type = object_type()
    value_type = Choice(*CUSTOM_VALUE_TYPES, required=True)
    name = Text(required=True)
    is_deleted = always(Flag(), False)
    is_required = always(Flag(), False)
    is_default = Flag(load_default=False)
    drop_down_list_values = Text(
        attribute="dropdown_list_values", doc="What a DropDownList offers, with commas between."
    )


class CustomFieldDTO_Detail(CustomFieldDTO):  # noqa: N801 - the component's published name
    """A field that the firm defined, as a value shows it."""

    is_include_in_list = Flag(attribute="is_in_lists", load_default=False)
    is_export_to_ledes = Flag(attribute="is_exported_to_ledes", load_default=False)
    help_text = Text()
    tooltip = Text()
    object_type = object_type()
    row_index = Whole(doc="Its place among the fields.")
    created_date = Moment(attribute="created_at", dump_only=True)
    last_modified_date = Moment(attribute="updated_at", dump_only=True)
    created_by = to_author("created")
    last_modified_by = to_author("updated")


class CustomFieldValueDTO(CamelShape):
    """What a record in a list has in a field. Which value counts depends on the field's type."""

    value_string = Text(doc="For a TextBox, TextEditor or DropDownList.")
    value_number = Number(16, 4, doc="For a Number or Currency.")
    value_date_time = Moment(doc="For a Date or DateTime.")
    value_date_string = Text(attribute="value_day", dump_only=True)
    value_boolean = Flag(load_default=False, doc="For a Checkbox.")
    custom_field_guid = Guid(attribute="custom_field_id", required=True)
    value_contact = Reference(
        ContactRef, attribute="value_contact_id", link="value_contact", doc="For a Contact."
    )


class CustomFieldValueDTO_Detail(CamelShape):  # noqa: N801 - the component's published name
    """The same, of a record by itself."""

    guid = Guid(
        attribute="id", dump_only=True, doc="A record has one value in a field; the field tells which."
    )
    value_string = Text(doc="For a TextBox, TextEditor or DropDownList.")
    value_number = Number(16, 4, doc="For a Number or Currency.")
    value_date_time = Moment(doc="For a Date or DateTime.")
    value_boolean = Flag(load_default=False, doc="For a Checkbox.")
    value_contact_guid = Guid(attribute="value_contact_id", doc="For a Contact.")
    value_contact = Reference(
        ContactRef, attribute="value_contact_id", link="value_contact", instead_of="value_contact_guid"
    )
    custom_field = Reference(
        CustomFieldDTO_Detail, attribute="custom_field_id", link="custom_field", required=True
    )


def custom_field_values(shape: type[CamelShape] = CustomFieldValueDTO_Detail) -> OwnedList:
    """What the record has in the firm's fields."""
    return OwnedList(shape, link="custom_field_values")
