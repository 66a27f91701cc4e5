"""Files: what is known of an uploaded document. Its content is a download of its own."""

from schemas.base import Shape
from schemas.fields import Guid, Moment, Reference, Text, Whole
from schemas.fields.texts import NAME_LENGTH
from schemas.v2.references import ActivityReference, to_account_of_matter, to_matter


class File(Shape):
    """A document that somebody uploaded."""

    id = Guid()
    account_ref = to_account_of_matter()
    matter_ref = to_matter()
    activity_ref = Reference(ActivityReference, attribute="activity_id", link="activity")
    description = Text()
    file_name = Text(required=True, blank=False, max_length=NAME_LENGTH)
    size = Whole(bits=64, dump_only=True, doc="In bytes.")
    content_type = Text(dump_only=True)
    created_at = Moment(dump_only=True)
    updated_at = Moment(dump_only=True)
