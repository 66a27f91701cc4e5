"""Messages between the firm and its clients: texts, and secure messages in the client portal."""

from schemas.fields import Choice, Flag, Guid, Moment, Navigates, Text
from schemas.odata.entity import Entity, made


class Message(Entity):
    id = Guid()
    type = Choice("Text", "Secure", load_default="Secure")
    subject = Text()
    body = Text()
    sent_at = Moment()
    sent_by_contact = Flag(load_default=False)
    conversation_id = Guid()
    sender_id = Guid()
    contact_id = Guid()
    account_id = Guid()
    matter_id = Guid()
    created_at = made()
    updated_at = made()
    sender = Navigates(link="sender", to="User")
    contact = Navigates(link="contact", to="Contact")
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
