"""Emails, as they were sent and received."""

from marshmallow import missing

from schemas.base import Shape
from schemas.fields import Email as Address
from schemas.fields import Guid, Moment, Names, Owned, OwnedList, References, Text, always
from schemas.fields.texts import NAME_LENGTH
from schemas.v2.references import FileReference, to_account_of_matter, to_matter


class EmailAddress(Shape):
    """Who sent or received an email."""

    address = Address(required=True, blank=False)
    display_name = Text(max_length=NAME_LENGTH)


class Email(Shape):
    """An email by itself."""

    id = Guid()
    subject = Text(required=True)
    cc = OwnedList(EmailAddress, link="copied")
    to = OwnedList(EmailAddress, link="recipients")
    sender = Owned(EmailAddress, link="sender", data_key="from")
    body_text = Text(attribute="description", required=True, doc="The body as plain text.")
    body_html = Text(doc="The body as HTML, as it was sent; a list of emails leaves it out.")
    external_message_id = Text(doc="What another program calls it, such as Exchange.")
    external_thread_id = Text(doc="What another program calls its conversation, such as Gmail.")
    account_ref = to_account_of_matter()
    matter_ref = to_matter()
    date = Moment()
    tags = Names(link="tags")
    # The contract has it read-only, so a body without it must not take the files away.
    attachments = References(
        FileReference,
        link="files",
        load_default=missing,
        doc="Files that were uploaded before. Left out, they stay as they are.",
    )
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)


class EmailInList(Email):
    """An email in a list: HTML bodies would make it long."""

    class Meta(Email.Meta):
        fields = tuple(Email().fields)  # in the same order

    body_html = always(Text(), None)
