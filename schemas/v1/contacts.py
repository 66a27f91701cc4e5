"""Contacts: the people in accounts."""

from schemas.fields import Choice, Email, Flag, Guid, Reference, Text, always
from schemas.fields.texts import NAME_LENGTH
from schemas.v1.camel import CamelShape
from schemas.v1.custom_fields import CustomFieldValueDTO, custom_field_values
from schemas.v1.not_built import PortalDTO, no_such


class ContactDTO(CamelShape):
    """A contact in a list."""

    custom_field_values = custom_field_values(CustomFieldValueDTO)
    email = Email()
    mobile = Text(attribute="phone_mobile")
    home = Text(attribute="phone_home")
    office = Text(attribute="phone_work")
    ext = Text(attribute="phone_extension")
    fax = Text(attribute="phone_fax")
    salutation = Text()
    position = Text()
    prefix = Text()
    is_deleted = always(Flag(), False)
    first_name = Text(max_length=NAME_LENGTH)
    last_name = Text(max_length=NAME_LENGTH)
    middle_name = Text(max_length=NAME_LENGTH)
    account_name = Text(attribute="account.display_name", dump_only=True)
    display_name = Text(dump_only=True, doc="Made from the name.")
    guid = Guid(attribute="id")


class ContactDTO_Detail(ContactDTO):  # noqa: N801 - the component's published name
    """A contact by itself, or in its account."""

    custom_field_values = custom_field_values()
    notes = Text()
    photo_guid = no_such("photo")
    type = always(
        Choice("Contact", "Lead"), "Contact", refuses="Leads are not supported; the type must be Contact."
    )
    portal = always(Reference(PortalDTO), None, refuses="There is no such portal.")
    name = Text(attribute="display_name", dump_only=True)
