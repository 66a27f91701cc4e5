"""Contacts: the people in clients."""

from schemas.fields import Choice, Email, Flag, Guid, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.praxis.references import made, to_client
from schemas.v1.camel import CamelShape


class Contact(CamelShape):
    """A person at a client; a new one without a client becomes a client."""

    id = Guid()
    name = Text(attribute="display_name", dump_only=True, doc="Made from the names.")
    first_name = Text(max_length=NAME_LENGTH)
    middle_name = Text(max_length=NAME_LENGTH)
    last_name = Text(max_length=NAME_LENGTH)
    company = Text(
        attribute="company_name",
        shows="account.company_name",
        max_length=NAME_LENGTH,
        doc="The company that the client is. It can be set where the contact is the client's primary one.",
    )
    position = Text()
    email = Email()
    phone = Text(attribute="phone_work")
    mobile = Text(attribute="phone_mobile")
    home_phone = Text(attribute="phone_home")
    fax = Text(attribute="phone_fax")
    notes = Text()
    client_id = Guid(attribute="account_id", doc="Left out, a new client is made of the contact.")
    client = to_client()
    is_primary = Flag(dump_only=True, doc="Whether it is the one to write to.")
    status = Choice("Active", "Archived", dump_only=True)
    created_at = made("created_at")
    updated_at = made("updated_at")
