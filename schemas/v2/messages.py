"""Messages between the firm and its clients: texts, and secure messages in the client portal."""

from schemas.base import Shape
from schemas.fields import Choice, Flag, Guid, Moment, Reference, Text
from schemas.v2.references import ContactReference, UserReference


class Message(Shape):
    """One message of a conversation."""

    id = Guid()
    sender = Reference(UserReference, attribute="sender_id", link="sender")
    contact_id = Guid(doc="Whom it went to, or came from.")
    contact = Reference(ContactReference, attribute="contact_id", link="contact", instead_of="contact_id")
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
    type = Choice("Text", "Secure", load_default="Secure")
    matter_id = Guid()
    account_id = Guid()
    subject = Text()
    body = Text()
    sent_date = Moment(attribute="sent_at", doc="Left out, now.")
    conversation_id = Guid(doc="Left out, a new conversation.")
    external_conversation_id = Text()
    firm_text_phone_number = Text()
    firm_location_name = Text()
    user_name = Text()
    user_email = Text()
    sent_by_contact = Flag(load_default=False)
