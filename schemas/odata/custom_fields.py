"""The fields that a firm adds to its records, and what a record has in them."""

from marshmallow import validate

from schemas.fields import Choice, Flag, Guid, Moment, Navigates, Number, Text, Whole
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.entity import Entity, made, tied
from schemas.rules import CUSTOM_VALUE_TYPES

OURS = ("Assignment", "Charge", "Income", "Litigation", "Party", "Service")
OBJECT_TYPES = ("Account", "Contact", "Matter", *OURS, "User", "Address")
DEFINED_HERE = validate.OneOf(OBJECT_TYPES[:-2], error=f"Must be one of: {', '.join(OBJECT_TYPES[:-2])}.")


class CustomField(Entity):
    """A field that the firm defined for a kind of record."""

    fixed = ("object_type",)

    id = Guid()
    object_type = Choice(*OBJECT_TYPES, required=True, validate=DEFINED_HERE)
    name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    value_type = Choice(*CUSTOM_VALUE_TYPES, required=True)
    dropdown_list_values = Text()
    help_text = Text()
    tooltip = Text()
    row_index = Whole(dump_only=True)
    created_at = made()
    updated_at = made()


class CustomFieldValue(Entity):
    """What a record has in a field; of the keys of records, only its own is not null."""

    id = tied()
    custom_field_id = Guid(required=True)
    account_id = tied()
    contact_id = tied()
    matter_id = tied()
    assignment_id = tied()
    charge_id = tied()
    income_id = tied()
    litigation_id = tied()
    party_id = tied()
    service_id = tied()
    value_string = Text()
    value_number = Number(16, 4)
    value_date_time = Moment()
    value_boolean = Flag(load_default=False)
    value_contact_id = Guid()
    created_at = made()
    updated_at = made()
    custom_field = Navigates(link="custom_field", to="CustomField")
    value_contact = Navigates(link="value_contact", to="Contact")
