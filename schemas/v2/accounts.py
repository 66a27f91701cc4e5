"""Accounts, and the contacts in them."""

from schemas import rules
from schemas.base import Shape
from schemas.fields import (
    Choice,
    Email,
    Flag,
    Guid,
    Moment,
    Names,
    Owned,
    OwnedList,
    References,
    Text,
)
from schemas.fields.texts import NAME_LENGTH
from schemas.rules import NamesSomebody
from schemas.v2.custom_fields import custom_field_values
from schemas.v2.references import UserReference, to_account


class Contact(Shape):
    """A person in an account. One of them is its primary contact."""

    id = Guid()
    account_ref = to_account(dump_only=True)
    is_primary_contact = Flag(attribute="is_primary", dump_only=True)
    display_name = Text(dump_only=True, doc="Made from the name.")
    first_name = Text(max_length=NAME_LENGTH)
    middle_name = Text(max_length=NAME_LENGTH)
    last_name = Text(max_length=NAME_LENGTH)
    phone_mobile = Text()
    phone_home = Text()
    phone_fax = Text()
    phone_work = Text()
    email = Email()
    notes = Text(doc="Plain text or HTML.")
    custom_field_values = custom_field_values()
    status = Choice("Active", "Archived", dump_only=True, doc="The status of the contact's account.")


class NewContact(Contact):
    """A contact written by itself, and not with its account."""

    account_ref = to_account(required=True)


class Account(NamesSomebody):
    """A client of the firm: a person, or a company with the people in it."""

    id = Guid()
    display_name = Text(dump_only=True, doc="The company's name, or the primary contact's.")
    number = rules.number()
    company_name = Text(max_length=NAME_LENGTH, doc="Only where the account is a company.")
    address_street_1 = Text()
    address_street_2 = Text()
    address_city = Text()
    address_state = Text()
    address_country = Text()
    address_zip_code = Text()
    tags = Names(link="tags")
    company_custom_field_values = custom_field_values()
    assigned_to_users = References(UserReference, link="assigned_users")
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
    notes = Text()
    primary_contact = Owned(Contact, link="primary_contact")
    other_contacts = OwnedList(Contact, link="other_contacts")
    external_unique_id = rules.external_unique_id()
