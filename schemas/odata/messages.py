"""Messages between the firm and its clients: texts, and secure messages in the client portal."""

from schemas.base import Shape
from schemas.fields import Choice, Flag, Guid, Moment, Navigates, Text


class Message(Shape):
    id = Guid()
    type = Choice("Text", "Secure")
    subject = Text()
    body = Text()
    sent_at = Moment()
    sent_by_contact = Flag()
    conversation_id = Guid()
    sender_id = Guid()
    contact_id = Guid()
    account_id = Guid()
    matter_id = Guid()
    created_at = Moment()
    updated_at = Moment()
    sender = Navigates(link="sender", to="User")
    contact = Navigates(link="contact", to="Contact")
    account = Navigates(link="account", to="Account")
    matter = Navigates(link="matter", to="Matter")
