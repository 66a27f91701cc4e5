"""Accounts, and the contacts in them."""

from marshmallow import ValidationError

from schemas.fields import ENTITIES, Choice, Email, Flag, Guid, Navigates, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.odata.entity import Entity, Values, made
from schemas.odata.work import WorkedFor
from schemas.rules import NamesSomebody, external_unique_id, number


class Account(NamesSomebody, WorkedFor):
    """A client of the firm."""

    id = Guid()
    number = number()
    display_name = Text(dump_only=True)
    company_name = Text(max_length=NAME_LENGTH)
    status = Choice("Active", "Archived", load_default="Active")
    address_street_1 = Text()
    address_street_2 = Text()
    address_city = Text()
    address_state = Text()
    address_country = Text()
    address_zip_code = Text()
    notes = Text()
    external_unique_id = external_unique_id()
    created_at = made()
    updated_at = made()
    primary_contact = Navigates(link="primary_contact", to="Contact", takes=ENTITIES)
    contacts = Navigates(link="contacts", to="Contact", many=True, takes=ENTITIES)
    matters = Navigates(link="matters", to="Matter", many=True)
    balance = Navigates(link="balance", to="AccountBalance")

    def arrange(self, values: Values) -> None:
        """The rules know the primary contact and the others; `contacts` has them all.

        Raises:
            ValidationError: two are to be the primary contact.
        """
        if "contacts" not in values:
            return
        contacts = values.pop("contacts")
        flagged = [contact for contact in contacts if contact.pop("is_primary", False)]
        if "primary_contact" in values:
            key = values["primary_contact"].get("id", "")
            flagged = [contact for contact in flagged if contact.get("id") != key]
            contacts = [contact for contact in contacts if contact.get("id") != key]
        elif flagged:
            values["primary_contact"] = flagged.pop(0)
            contacts = [contact for contact in contacts if contact is not values["primary_contact"]]
        if flagged:
            raise ValidationError("Only one contact is the primary contact.", field_name="contacts")
        values["other_contacts"] = contacts

    def in_its_words(self, name: str) -> str:
        return name.replace("other_contacts", "contacts", 1)

    def check(self, values: Values) -> None:
        self.require_somebody(values)


class Contact(Entity):
    """A person in an account."""

    fixed = ("account_id",)

    id = Guid()
    account_id = Guid()
    is_primary = Flag()
    display_name = Text(dump_only=True)
    first_name = Text(max_length=NAME_LENGTH)
    middle_name = Text(max_length=NAME_LENGTH)
    last_name = Text(max_length=NAME_LENGTH)
    phone_mobile = Text()
    phone_home = Text()
    phone_work = Text()
    phone_fax = Text()
    email = Email()
    notes = Text()
    status = Choice("Active", "Archived", dump_only=True)
    created_at = made()
    updated_at = made()
    account = Navigates(link="account", to="Account")
    relationships = Navigates(link="relationships", to="Relationship", many=True)
    custom_field_values = Navigates(
        link="custom_field_values", to="CustomFieldValue", many=True, takes=ENTITIES
    )
