"""Call logs: telephone calls with clients and others."""

from schemas.base import Shape
from schemas.fields import Choice, Guid, Moment, Names, Number, References, Text
from schemas.fields.texts import NAME_LENGTH
from schemas.v2.references import UserReference, to_account_of_matter, to_matter


class CallLog(Shape):
    """A call that was made or taken."""

    id = Guid()
    account_ref = to_account_of_matter()
    matter_ref = to_matter()
    subject = Text(required=True, blank=False, max_length=NAME_LENGTH)
    duration = Number(12, 4, minimum=0, doc="In the client's own unit.")
    notes = Text(attribute="description")
    date = Moment()
    call_direction = Choice("Inbound", "Outbound")
    assigned_to_users = References(UserReference, link="assigned_users")
    tags = Names(link="tags")
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
