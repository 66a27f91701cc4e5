"""Events: what is on the calendar."""

from schemas.base import Shape
from schemas.fields import Flag, Guid, Moment, Names, References, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.rules import external_id
from schemas.v2.references import ContactReference, UserReference, to_account_of_matter, to_matter


class Event(Shape):
    """A hearing, a meeting, or another appointment."""

    id = Guid()
    account_ref = to_account_of_matter()
    matter_ref = to_matter()
    subject = Text(required=True, blank=False, max_length=NAME_LENGTH)
    location = Text()
    notes = Text(attribute="description")
    is_all_day = Flag(required=True)
    start_date_time = Moment(attribute="starts_at", required=True)
    end_date_time = Moment(attribute="ends_at", required=True)
    tags = Names(link="tags")
    assigned_to_users = References(UserReference, link="assigned_users")
    assigned_to_contacts = References(ContactReference, link="assigned_contacts")
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
    external_id = external_id()
