"""What emails, calls and notes have of their own, and the reminders of any activity."""

from marshmallow import validate

from schemas.fields import Choice, Guid, Moment, Number, Owned, OwnedList, Text, Whole
from schemas.v1.camel import CamelShape

DIRECTIONS = ("Inbound", "Outbound")


class MailAddress(CamelShape):
    """Who sent or received an email, as read from its lines of addresses."""

    display_name = Text(dump_only=True)
    user = Text(attribute="mailbox", dump_only=True, doc="What stands before the @.")
    host = Text(dump_only=True)
    address = Text(dump_only=True)


class EmailProperties(CamelShape):
    """What emails have. The lines of addresses are written as RFC 5322 has them."""

    date = Moment(attribute="email_date", shows="date", doc="When it was sent.")
    sender = Text(attribute="from_line", data_key="from", doc='Such as "Jo Doe" <jo@example.com>.')
    from_address = Owned(MailAddress, link="sender", dump_only=True)
    from_address_email = Text(attribute="sender.address", dump_only=True)
    from_address_display_name = Text(attribute="sender.display_name", dump_only=True)
    external_message_id = Text(doc="What another program calls it.")
    external_thread_id = Text(doc="What another program calls its conversation.")
    to = Text(attribute="to_line", doc="Addresses with commas between.")
    to_address_collection = OwnedList(MailAddress, link="recipients", dump_only=True)
    cc = Text(attribute="cc_line")
    cc_address_collection = OwnedList(MailAddress, link="copied", dump_only=True)
    bcc = Text(attribute="bcc_line")
    bcc_address_collection = OwnedList(MailAddress, link="blind_copied", dump_only=True)


class CallProperties(CamelShape):
    call_duration = Number(12, 4, minimum=0, attribute="duration")
    call_date_time = Moment(attribute="call_date", shows="date")
    call_type = Choice(*DIRECTIONS, attribute="direction", shows="call_direction")


class NoteProperties(CamelShape):
    note_date_time = Moment(attribute="note_date", shows="date")


class ActivityReminderDTO(CamelShape):
    """How long before an activity somebody is to be told of it, and how."""

    guid = Guid(attribute="id", dump_only=True)
    notification_type = Choice("Popup", "Email", "SMS", required=True)
    time_type = Choice("Day", "Hour", "Minute", required=True)
    time = Whole(required=True, validate=validate.Range(min=0), doc="How many of them before.")
